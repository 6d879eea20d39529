/** How this page reaches its lab: over the desktop's bridge when there is one, else over the socket of the server that gave it out. */
import type { Bridge } from '../../src-main/contract/bridge.ts';
import type { Settings } from '../../src-main/contract/calls.ts';
import type { Transport } from '../../src-main/contract/client.ts';
import { socketPath, socketTransport } from '../../src-main/contract/socket.ts';
import { uploadFiles } from '../../src-main/contract/upload.ts';
import type { FileDoor } from '../state/files.ts';

declare global {
  interface Window {
    readonly auxlab?: Bridge; // preload.ts puts it there
  }
}

export interface Connection {
  readonly transport: Transport;
  readonly door: FileDoor;
  /** Where an experiment's report stands, for a frame, in the look chosen in Settings. */
  reportAddress(id: string, appearance: Settings['appearance']): string;
}

export function connect(): Connection {
  const bridge = window.auxlab;
  return bridge === undefined ? served() : desktop(bridge);
}

function desktop(bridge: Bridge): Connection {
  return {
    transport: bridge,
    door: {
      needsContents: false,
      async sourceOf(files) {
        const path = files[0] === undefined ? '' : bridge.pathOf(files[0].file);
        if (path === '') throw new Error('The dropped item lies on no disk. Save it as a file first.');
        return path;
      },
    },
    reportAddress: (id) => `app://report/${id}`, // the shell tells Chromium the look, frames included
  };
}

function served(): Connection {
  const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${socketPath}`;
  return {
    transport: socketTransport(() => new WebSocket(address)),
    door: {
      needsContents: true,
      sourceOf: (files, onProgress, signal) =>
        uploadFiles(
          files.map(({ path, file }) => ({ path, content: file })),
          (target, request) => fetch(target, request as RequestInit), // the same three fields, named without the DOM's types
          (sent, total) => onProgress(total === 0 ? 1 : sent / total),
          signal,
        ),
    },
    reportAddress: (id, appearance) => `/report/${id}${appearance === 'system' ? '' : `?theme=${appearance}`}`,
  };
}
