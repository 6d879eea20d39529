/** Opens the one window. What it may do is decided here and in security.ts. */
import { BrowserWindow, nativeTheme, screen } from 'electron';
import { windowAddress } from './channels.ts';
import { fittingState, readWindowState, smallest, writeWindowState } from './windowState.ts';

/** The page's own background (styles/theme.css), so that nothing flashes before it is drawn. */
const background = { light: '#f0f1ee', dark: '#101417' };

export interface WindowFiles {
  readonly preload: string; // absolute path of preload.cjs
  readonly state: string; // where its place is kept
}

/** @param mayClose asked before it closes; false keeps it open */
export function openWindow({ preload, state: stateFile }: WindowFiles, mayClose: () => boolean): BrowserWindow {
  const { isMaximized, ...bounds } = fittingState(
    readWindowState(stateFile),
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Auxlab',
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  if (isMaximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.on('close', (event) => {
    writeWindowState(stateFile, { ...window.getNormalBounds(), isMaximized: window.isMaximized() });
    if (!mayClose()) event.preventDefault();
  });
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') void window.loadURL(windowAddress); // the page keeps nothing of its own: it draws the store again
  });
  void window.loadURL(windowAddress);
  return window;
}
