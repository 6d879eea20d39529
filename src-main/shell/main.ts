/** The desktop app's main process: a list of setup calls. */
import { join } from 'node:path';
import { app, BrowserWindow, dialog, protocol, session } from 'electron';
import { createClient } from '../contract/client.ts';
import { auxlabHome } from '../runtime/home.ts';
import { listServedFiles } from '../serve/servedFiles.ts';
import { scheme } from './channels.ts';
import { findNode } from './findNode.ts';
import { connectWindows } from './ipc.ts';
import { startLabProcess } from './labProcess.ts';
import { setMenu } from './menu.ts';
import { answerRequests } from './protocol.ts';
import { refreshReports } from './reportFrames.ts';
import { lockContents, lockSession } from './security.ts';
import { openWindow } from './windows.ts';

const built = join(__dirname, '..'); // out/: this file is out/main/main.cjs
const packageFolder = join(built, '..');

// One window for each data directory: the instance lock belongs to this folder.
app.setPath('userData', join(auxlabHome(process.env, process.platform), 'window'));
protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }]);
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
lockContents();

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
  const node = findNode(packageFolder, process.platform);
  if (node === null) throw new Error(`No Node came with the package in ${packageFolder}. Run "npm ci" there.`);
  const files = await listServedFiles(join(built, 'renderer'));
  const windows = (): readonly BrowserWindow[] => BrowserWindow.getAllWindows();
  const open = (): BrowserWindow => openWindow(join(built, 'preload', 'preload.cjs'));

  const lab = startLabProcess({ node, entry: join(packageFolder, 'src-main', 'lab', 'process.ts'), environment: process.env });
  lockSession(session.defaultSession);
  protocol.handle(scheme, answerRequests(files, createClient(lab)));
  const disconnect = connectWindows(lab, windows);
  const reports = refreshReports(windows);
  lab.on(reports.onEvent);
  setMenu(process.platform, app.isPackaged);
  open();

  app.on('second-instance', () => {
    const window = windows()[0] ?? open();
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('activate', () => {
    if (windows().length === 0) open();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', () => {
    disconnect();
    reports.stop();
    lab.stop();
  });
}
