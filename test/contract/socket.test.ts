import { describe, expect, test } from 'vitest';
import { socketTransport, type Socket } from '../../src-main/contract/socket.ts';

/** A WebSocket that does what the test says. */
class FakeSocket implements Socket {
  readyState = 0;
  readonly sent: unknown[] = [];
  readonly #listeners = new Map<string, ((event: { readonly data: unknown }) => void)[]>();

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.end('close');
  }

  addEventListener(name: string, listener: (event: { readonly data: unknown }) => void): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
  }

  open(): void {
    this.readyState = 1;
    this.#tell('open');
  }

  end(how: 'close' | 'error'): void {
    this.readyState = 3;
    this.#tell(how);
  }

  receive(data: unknown): void {
    this.#tell('message', typeof data === 'string' ? data : JSON.stringify(data));
  }

  #tell(name: string, data: unknown = null): void {
    for (const listener of this.#listeners.get(name) ?? []) listener({ data });
  }
}

function start() {
  const sockets: FakeSocket[] = [];
  const pauses: number[] = [];
  let again = (): void => {};
  const open = (): FakeSocket => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket;
  };
  const transport = socketTransport(open, (ms, act) => {
    pauses.push(ms);
    again = act;
  });
  const told: unknown[] = [];
  const off = transport.on((event) => void told.push(event));
  const last = (): FakeSocket => sockets.at(-1) ?? new FakeSocket();
  return { transport, sockets, pauses, told, off, last, reconnect: () => again() };
}

const state = (name: string): unknown => expect.objectContaining({ name: 'lab.state', state: name });

describe('calls', () => {
  test('wait while the socket opens, are sent at once when it is open, and each gets its own answer', async () => {
    const { transport, last, told } = start();
    const first = transport.call('lab.about', {});
    expect(last().sent).toEqual([]);
    last().open();
    const second = transport.call('queue.list', {});
    expect(last().sent).toEqual([
      { id: 1, call: { name: 'lab.about', input: {} } },
      { id: 2, call: { name: 'queue.list', input: {} } },
    ]);
    last().receive({ id: 2, reply: { ok: true, value: 'two' } });
    last().receive({ id: 1, reply: { ok: true, value: 'one' } });
    expect(await Promise.all([first, second])).toEqual([
      { ok: true, value: 'one' },
      { ok: true, value: 'two' },
    ]);
    expect(told).toEqual([]); // a first connection is no news
  });

  test('that were sent are refused when the socket breaks, and those that were not are sent by the next one, once', async () => {
    const { transport, last, reconnect, sockets } = start();
    last().open();
    const sent = transport.call('lab.about', {});
    last().end('close');
    expect(await sent).toMatchObject({ ok: false, error: { code: 'engine-lost' } });
    const kept = transport.call('queue.list', {});
    reconnect();
    expect(sockets).toHaveLength(2);
    last().open();
    last().end('error');
    expect(await kept).toMatchObject({ ok: false, error: { code: 'engine-lost' } }); // it was sent this time
    reconnect();
    last().open();
    expect(sockets.map((socket) => socket.sent.length)).toEqual([1, 1, 0]);
  });
});

describe('the connection', () => {
  test('is opened anew after longer and longer pauses, and called ended after five that failed', () => {
    const { last, reconnect, pauses, told } = start();
    for (let failure = 0; failure < 7; failure++) {
      last().end('error');
      last().end('close'); // browsers tell both
      reconnect();
    }
    expect(pauses).toEqual([250, 500, 1000, 2000, 5000, 5000, 5000]);
    expect(told).toEqual([...Array.from({ length: 5 }, () => state('restarting')), state('ended'), state('ended')]);
    expect(told.at(-1)).toMatchObject({ message: expect.stringMatching(/^Auxlab does not answer\./) });
    expect(told[0]).toMatchObject({ message: 'The connection to Auxlab broke. It is being opened again; training goes on there.' });
    last().open();
    expect(told.at(-1)).toEqual(state('running'));
    last().end('close');
    expect([pauses.at(-1), told.at(-1)]).toEqual([250, state('restarting')]); // it counts from the beginning
  });
});

test('events reach whoever listens; what the contract does not have is passed over', () => {
  const { last, told, off } = start();
  last().open();
  const event = { name: 'queue.changed' };
  for (const message of [{ event }, { event: { name: 'odd' } }, { id: 1 }, 'no JSON', { event, more: 1 }]) last().receive(message);
  expect(told).toEqual([event]);
  off();
  last().receive({ event });
  expect(told).toEqual([event]);
});
