/** The desktop app's main process: a list of setup calls. */
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, crashReporter, dialog, nativeTheme, protocol, session, shell } from 'electron';
import type { Settings } from '../contract/calls.ts';
import { createClient } from '../contract/client.ts';
import { bundledNode } from '../runtime/bundledNode.js';
import { auxlabHome } from '../runtime/home.ts';
import { readServedFiles } from '../serve/servedFiles.ts';
import { associations } from './associate.ts';
import { scheme } from './channels.ts';
import { hostCalls } from './hostCalls.ts';
import { connectWindows, type Connection } from './ipc.ts';
import { startLabProcess } from './labProcess.ts';
import { setMenu } from './menu.ts';
import { openedFiles, pathsAmong } from './openedFiles.ts';
import { presence } from './presence.ts';
import { answerRequests } from './protocol.ts';
import { quitGuard, quitQuestion } from './quitGuard.ts';
import { refreshReports } from './reportFrames.ts';
import { lockContents, lockSession } from './security.ts';
import { trainingWatch } from './trainingWatch.ts';
import { openWindow } from './windows.ts';

const built = join(__dirname, '..'); // out/: this file is out/main/main.cjs
const packageFolder = join(built, '..');
const home = auxlabHome(process.env, process.platform);

crashReporter.start({ uploadToServer: false }); // dumps stay on this computer, for people who report a fault
// One window for each data directory: the instance lock belongs to this folder.
app.setPath('userData', join(home, 'window'));
protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }]);
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
lockContents();

let connection: Connection | null = null;
const opened = openedFiles((paths) => connection?.tell({ name: 'opened', paths: [...paths] }));
app.on('open-file', (event, path) => {
  event.preventDefault();
  opened.add([path]);
});

if (!app.requestSingleInstanceLock()) app.quit();
else
  void app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      dialog.showErrorBox('Auxlab cannot start', error instanceof Error ? error.message : String(error));
      app.exit(1);
    });

async function start(): Promise<void> {
  const node = bundledNode(packageFolder);
  if (node === null) throw new Error(`No Node came with the package in ${packageFolder}. Run "npm ci" there.`);
  mkdirSync(join(home, 'window'), { recursive: true });
  const files = await readServedFiles(join(built, 'renderer'));
  const lab = startLabProcess({ node, entry: join(packageFolder, 'src-main', 'lab', 'process.ts'), environment: process.env });
  const client = createClient(lab);
  lockSession(session.defaultSession);
  protocol.handle(scheme, answerRequests(files, client));

  const isShell = ({ webContents }: BrowserWindow): boolean => shellIds.has(webContents.id); // not the hidden page that is printed
  const shellIds = new Set<number>();
  const windows = (): readonly BrowserWindow[] => BrowserWindow.getAllWindows().filter(isShell);
  const guard = quitGuard({
    isTraining: () => training.state().training.length > 0,
    ask: async () => {
      const [window] = windows();
      const { answers, buttons, message, detail } = quitQuestion;
      const box = { type: 'question' as const, message, detail, buttons: [...buttons], defaultId: 0, cancelId: 2, noLink: true };
      const { response } = await (window === undefined ? dialog.showMessageBox(box) : dialog.showMessageBox(window, box));
      return answers[response] ?? 'stay';
    },
    pause: async () => {
      for (const id of training.state().training) await client.call('experiments.pause', { id }).catch(() => undefined); // a lab that is down trains nothing
    },
    hide: () => windows().forEach((window) => window.hide()),
    quit: () => app.quit(),
  });
  const open = (): BrowserWindow => {
    const window = openWindow(
      { preload: join(built, 'preload', 'preload.cjs'), state: join(home, 'window', 'place.json') },
      () => windows().length > 1 || guard.mayEnd(),
    );
    const { id } = window.webContents;
    shellIds.add(id);
    window.once('closed', () => shellIds.delete(id));
    return window;
  };
  const reveal = (): void => {
    guard.shown();
    const window = windows()[0] ?? open();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };

  let settings: Settings | null = null;
  const readSettings = async (): Promise<void> => {
    settings = await client.call('settings.get', {}).catch(() => null); // the page says what is wrong with the store
    nativeTheme.themeSource = settings?.appearance ?? 'system';
  };
  const outside = presence(windows, () => settings ?? { notifyAtEnd: true, keepAwake: true }, reveal);
  const training = trainingWatch(
    client,
    (state) => {
      outside.show(state);
      if (state.training.length === 0) guard.trainingEnded();
    },
    (end) => outside.ended(end),
  );
  const experimentFiles = associations({
    platform: process.platform,
    environment: process.env,
    userFolder: homedir(),
    command: app.isPackaged ? [process.execPath] : [process.execPath, packageFolder],
  });
  connection = connectWindows(lab, hostCalls(home, opened, client, experimentFiles), windows);
  const { tell, stop: disconnect } = connection;
  const reports = refreshReports(windows);
  lab.on((event) => {
    reports.onEvent(event);
    training.onEvent(event);
    if (event.name === 'settings.changed' || (event.name === 'lab.state' && event.state === 'running')) void readSettings();
  });
  void readSettings(); // the window does not wait for the lab
  setMenu({ platform: process.platform, isPackaged: app.isPackaged, send: (id) => tell({ name: 'command', id }), openLogs: () => void shell.openPath(home) });
  opened.add(pathsAmong(process.argv.slice(1), process.cwd()).filter((path) => path !== packageFolder));
  open();

  app.on('second-instance', (_event, words, folder) => {
    reveal();
    opened.add(pathsAmong(words.slice(1), folder).filter((path) => path !== packageFolder));
  });
  app.on('activate', reveal);
  app.on('before-quit', (event) => {
    if (!guard.mayEnd()) event.preventDefault();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', () => {
    disconnect();
    reports.stop();
    outside.stop();
    lab.stop();
  });
}
