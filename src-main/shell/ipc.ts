/** Ties the two channels to Electron. Every decision about a message is made in messages.ts; calls of the desktop's own are answered here, all others by the
 *  lab. */
import { ipcMain, type BrowserWindow } from 'electron';
import type { CallArguments, LabEvent } from '../contract/calls.ts';
import { replyOf, type CheckedCall, type Reply } from '../contract/wire.ts';
import { callChannel, eventChannel } from './channels.ts';
import { noteRecent, type HostCalls } from './hostCalls.ts';
import type { LabProcess } from './labProcess.ts';
import { answerMessages } from './messages.ts';

export interface Connection {
  /** Tells every window. */
  readonly tell: (event: LabEvent) => void;
  readonly stop: () => void;
}

/** @param windows the shell's own windows at the time of asking */
export function connectWindows(lab: LabProcess, host: HostCalls, windows: () => readonly BrowserWindow[]): Connection {
  const ask = async ({ name, input }: CheckedCall, window: BrowserWindow | undefined): Promise<Reply> => {
    switch (name) {
      case 'host.pick':
        return replyOf(() => host.pick(window, input as CallArguments<'host.pick'>)); // checked against this name's schema
      case 'host.takeOpened':
        return replyOf(() => host.takeOpened());
      case 'host.openFolder':
        return replyOf(() => host.openFolder(input as CallArguments<'host.openFolder'>)); // as above
      case 'host.association':
        return replyOf(() => host.association());
      case 'host.associate':
        return replyOf(() => host.associate(input as CallArguments<'host.associate'>)); // as above
      case 'report.export': {
        const { id, format } = input as CallArguments<'report.export'>; // as above
        return format === 'pdf' ? replyOf(() => host.pdf(id)) : lab.call(name, input);
      }
      case 'data.inspect': {
        const reply = await lab.call(name, input);
        if (reply.ok) noteRecent((input as CallArguments<'data.inspect'>).data.source); // as above
        return reply;
      }
      default:
        return lab.call(name, input);
    }
  };
  ipcMain.handle(callChannel, (event, message: unknown) => {
    const frame = event.senderFrame;
    const window = windows().find(({ webContents }) => webContents.id === event.sender.id);
    return answerMessages((call) => ask(call, window))(message, {
      address: frame?.url ?? '',
      isMainFrame: frame !== null && frame.parent === null,
      isOwnWindow: window !== undefined,
    });
  });
  const tell = (event: LabEvent): void => {
    for (const { webContents } of windows()) webContents.send(eventChannel, event);
  };
  const stopListening = lab.on(tell);
  return {
    tell,
    stop() {
      stopListening();
      ipcMain.removeHandler(callChannel);
    },
  };
}
