/** The native menu as data: roles where the platform has its own words and places, and the commands of the one list, each sending its id to the page. */
import type { MenuItemConstructorOptions } from 'electron';
import { commandEntries, type CommandEntry } from '../contract/commands.ts';

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  readonly send: (id: string) => void;
  readonly openLogs: () => void;
}

type Items = MenuItemConstructorOptions[];
const line = { type: 'separator' } as const;

export function menuTemplate({ platform, isPackaged, send, openLogs }: MenuOptions): Items {
  const isMac = platform === 'darwin';
  const entries: readonly CommandEntry[] = commandEntries;
  const items = (menu: CommandEntry['menu']): Items => entries.filter((entry) => entry.menu === menu).map((entry) => item(entry, send));
  const recent: Items = isMac || platform === 'win32' ? [{ role: 'recentDocuments', submenu: [{ role: 'clearRecentDocuments' }] }] : [];
  // On a Mac the menu sees keys before the page does, so undo there is the text's own; elsewhere the page decides which undo is meant.
  const undo: Items = isMac ? [{ role: 'undo' }, { role: 'redo' }] : [];
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { label: '&File', submenu: [...items('file'), ...recent, line, { role: isMac ? 'close' : 'quit' }] },
    {
      label: '&Edit',
      submenu: [...undo, ...items('edit'), line, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
    },
    {
      label: '&View',
      submenu: [
        ...items('view'),
        line,
        ...items('go'),
        line,
        { role: 'reload' },
        ...(isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
    { label: 'E&xperiment', submenu: items('experiment') },
    { role: 'windowMenu' },
    { role: 'help', submenu: [...items('help'), { label: 'Open the data folder', click: openLogs }, ...(isMac ? [] : [line, { role: 'about' } as const])] },
  ];
}

function item({ id, title, keys }: CommandEntry, send: (id: string) => void): MenuItemConstructorOptions {
  const accelerator = keys === undefined || keys === '?' ? undefined : keys.replace('Mod', 'CmdOrCtrl');
  return {
    id,
    label: title.replaceAll('&', '&&'),
    click: () => send(id),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }), // shown only: the page's own shortcuts act
  };
}
