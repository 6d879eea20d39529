/** The transport of a browser: calls and events over one WebSocket, opened anew when it breaks. Knows nothing of the DOM; the page hands its WebSocket in. */
import * as v from 'valibot';
import type { Transport } from './client.ts';
import type { LabEvent } from './events.ts';
import { FromLab, type Reply } from './wire.ts';
import { program } from './programName.ts';

export const socketPath = '/socket';

/** The part of a browser's WebSocket that is used. */
export interface Socket {
  readonly readyState: number; // 1: open
  send(text: string): void;
  close(): void;
  addEventListener(name: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(name: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

const openState = 1;
const pausesMs = [250, 500, 1000, 2000, 5000];

/** @param open makes a new socket: () => new WebSocket(...)
 *  @returns a transport; calls wait while the socket opens and are refused when it breaks before their answer */
export function socketTransport(open: () => Socket, wait: (ms: number, act: () => void) => void = (ms, act) => void setTimeout(act, ms)): Transport {
  const waiting = new Map<number, (reply: Reply) => void>();
  const unsent = new Map<number, string>();
  const listeners = new Set<(event: unknown) => void>();
  let socket: Socket | null = null;
  let nextId = 1;
  let failures = 0;

  const tell = (event: LabEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const connect = (): void => {
    const own = open();
    let isOver = false;
    socket = own;
    own.addEventListener('open', () => {
      if (failures > 0) tell({ name: 'lab.state', state: 'running', message: '' });
      failures = 0;
      for (const text of unsent.values()) own.send(text);
      unsent.clear();
    });
    own.addEventListener('message', ({ data }) => {
      const message = v.safeParse(FromLab, parsed(data));
      if (!message.success) return; // not in the contract: nothing to believe
      if ('event' in message.output) tell(message.output.event);
      else settle(message.output.id, message.output.reply);
    });
    const over = (): void => {
      if (isOver) return;
      isOver = true;
      if (socket === own) socket = null;
      lost();
    };
    own.addEventListener('close', over);
    own.addEventListener('error', over);
  };
  const settle = (id: number, reply: Reply): void => {
    waiting.get(id)?.(reply);
    waiting.delete(id);
  };
  const lost = (): void => {
    for (const id of [...waiting.keys()])
      if (!unsent.has(id))
        settle(id, {
          ok: false,
          error: { code: 'engine-lost', message: 'The connection to Auxlab broke before the answer came. What was started there goes on.' },
        });
    const state = failures >= pausesMs.length ? 'ended' : 'restarting';
    const message =
      state === 'ended'
        ? `Auxlab does not answer. If "${program} serve" was ended, start it again and open the address that it prints.`
        : 'The connection to Auxlab broke. It is being opened again; training goes on there.';
    tell({ name: 'lab.state', state, message });
    wait(pausesMs[Math.min(failures++, pausesMs.length - 1)] ?? 5000, connect);
  };

  connect();
  return {
    call(name, input) {
      return new Promise((resolve) => {
        const id = nextId++;
        const text = JSON.stringify({ id, call: { name, input } });
        waiting.set(id, resolve);
        if (socket?.readyState === openState) socket.send(text);
        else unsent.set(id, text);
      });
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function parsed(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : null;
  } catch {
    return null; // not JSON: refused by the schema
  }
}
