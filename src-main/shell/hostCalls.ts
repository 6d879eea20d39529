/** Answers the calls that only the desktop can: native dialogs, opened files, folders of the program, the report printed as PDF. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, shell, type OpenDialogOptions } from 'electron';
import type { CallArguments, CallOutput, MadeFile } from '../contract/calls.ts';
import type { Client } from '../contract/client.ts';
import { LabError } from '../contract/errors.ts';
import { isSample } from '../contract/samples.ts';
import type { Association, Associations } from './association.ts';
import { reportHost, scheme } from './channels.ts';
import type { OpenedFiles } from './openedFiles.ts';

export interface HostCalls {
  pick(window: BrowserWindow | undefined, input: CallArguments<'host.pick'>): Promise<CallOutput<'host.pick'>>;
  takeOpened(): CallOutput<'host.takeOpened'>;
  openFolder(input: CallArguments<'host.openFolder'>): Promise<CallOutput<'host.openFolder'>>;
  association(): Promise<Association>;
  associate(input: CallArguments<'host.associate'>): Promise<Association>;
  pdf(id: string): Promise<MadeFile>;
}

const dialogs: Readonly<Record<CallArguments<'host.pick'>['kind'], OpenDialogOptions>> = {
  file: { title: 'Open data', properties: ['openFile'] },
  folder: { title: 'Open a folder of images', properties: ['openDirectory'] },
  plan: { title: 'Open a plan', properties: ['openFile'], filters: [{ name: 'Plans', extensions: ['json', 'jsonc'] }] },
  bundle: { title: 'Import an experiment', properties: ['openFile'], filters: [{ name: 'Experiments', extensions: ['auxlab', 'zip'] }] },
};

/** @param home the data directory; only these folders in it are ever opened */
export function hostCalls(home: string, opened: OpenedFiles, lab: Pick<Client, 'call'>, files: Associations): HostCalls {
  const folders: Readonly<Record<CallArguments<'host.openFolder'>['folder'], string>> = {
    home,
    reports: join(home, 'reports'),
    runtimes: join(home, 'runtimes'),
  };
  return {
    async pick(window, { kind }) {
      const { canceled, filePaths } = await (window === undefined ? dialog.showOpenDialog(dialogs[kind]) : dialog.showOpenDialog(window, dialogs[kind]));
      return { path: canceled ? null : (filePaths[0] ?? null) };
    },
    takeOpened: () => ({ paths: opened.take() }),
    async openFolder({ folder }) {
      await mkdir(folders[folder], { recursive: true });
      const problem = await shell.openPath(folders[folder]);
      if (problem !== '') throw new LabError('bad-input', `${folders[folder]} cannot be opened: ${problem}`);
      return {};
    },
    association: () => files.state(),
    associate: ({ isOn }) => files.set(isOn),
    async pdf(id) {
      const { fileName } = await lab.call('report.export', { id, format: 'plan' }); // for the name alone: the page comes from the lab by its address
      const page = new BrowserWindow({
        show: false,
        webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false, webSecurity: true, webviewTag: false },
      });
      try {
        await page.loadURL(`${scheme}://${reportHost}/${id}`);
        const bytes = await page.webContents.printToPDF({ preferCSSPageSize: true, printBackground: true });
        return { fileName: fileName.replace(/plan\.json$/, 'pdf'), mediaType: 'application/pdf', encoding: 'base64', content: bytes.toString('base64') };
      } finally {
        page.destroy();
      }
    },
  };
}

/** A data set or bundle that was opened, for the system's own list of recent documents. */
export function noteRecent(path: string): void {
  if (!isSample(path)) app.addRecentDocument(path);
}
