/** The bridge: carries messages between the page and the shell, and has no logic. Nothing of Electron is handed out. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '../contract/bridge.ts';
import { callChannel, eventChannel } from './channels.ts';

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke(callChannel, { name, input }),
  on: (listener) => {
    const heard = (_event: unknown, message: unknown): void => listener(message);
    ipcRenderer.on(eventChannel, heard);
    return () => void ipcRenderer.off(eventChannel, heard);
  },
  pathOf: (file) => pathOf(file as File), // the page hands over what it was given by a drop or a file field
};

/** Before Electron 32 a File carried its own path, and before 29 there is no other way. */
function pathOf(file: File & { readonly path?: string }): string {
  const utils = webUtils as typeof webUtils | undefined;
  return utils === undefined ? (file.path ?? '') : utils.getPathForFile(file);
}

contextBridge.exposeInMainWorld('auxlab', bridge);
