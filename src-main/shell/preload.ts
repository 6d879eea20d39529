/** The bridge: carries messages between the page and the shell, and has no logic. Nothing of Electron is handed out. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Transport } from '../contract/client.ts';
import { callChannel, eventChannel } from './channels.ts';

const transport: Transport = {
  call: (name, input) => ipcRenderer.invoke(callChannel, { name, input }),
  on: (listener) => {
    const heard = (_event: unknown, message: unknown): void => listener(message);
    ipcRenderer.on(eventChannel, heard);
    return () => void ipcRenderer.off(eventChannel, heard);
  },
};

contextBridge.exposeInMainWorld('auxlab', transport);
