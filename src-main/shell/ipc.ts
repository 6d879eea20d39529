/** Ties the two channels to Electron. Every decision is made in messages.ts. */
import { ipcMain, type BrowserWindow } from 'electron';
import { callChannel, eventChannel } from './channels.ts';
import type { LabProcess } from './labProcess.ts';
import { answerMessages } from './messages.ts';

/** @param windows the shell's own windows at the time of asking   @returns the stop */
export function connectWindows(lab: LabProcess, windows: () => readonly BrowserWindow[]): () => void {
  const answer = answerMessages(({ name, input }) => lab.call(name, input));
  ipcMain.handle(callChannel, (event, message: unknown) => {
    const frame = event.senderFrame;
    return answer(message, {
      address: frame?.url ?? '',
      isMainFrame: frame !== null && frame.parent === null,
      isOwnWindow: windows().some(({ webContents }) => webContents.id === event.sender.id),
    });
  });
  const stopListening = lab.on((event) => {
    for (const { webContents } of windows()) webContents.send(eventChannel, event);
  });
  return () => {
    stopListening();
    ipcMain.removeHandler(callChannel);
  };
}
