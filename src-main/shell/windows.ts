/** Opens the one window. What it may do is decided here and in security.ts. */
import { BrowserWindow, nativeTheme } from 'electron';
import { windowAddress } from './channels.ts';

/** The page's own background (styles/theme.css), so that nothing flashes before it is drawn. */
const background = { light: '#f0f1ee', dark: '#101417' };

/** @param preload absolute path of preload.cjs */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 760,
    minHeight: 520,
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
      spellcheck: false,
      navigateOnDragDrop: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') void window.loadURL(windowAddress); // the page keeps nothing of its own: it draws the store again
  });
  void window.loadURL(windowAddress);
  return window;
}
