/** A desk with workers that train nothing, and a client that speaks to it as over a wire: everything passes through JSON. */
import type { LabEvent } from '../../src-main/contract/calls.ts';
import { createClient, type Client } from '../../src-main/contract/client.ts';
import { checkEvent } from '../../src-main/contract/wire.ts';
import { openDesk, type Desk, type DeskOptions } from '../../src-main/lab/desk/desk.ts';
import { fakeMachine, type FakeTraining } from './labHome.ts';

export interface FakeDesk {
  readonly desk: Desk;
  readonly client: Client;
  readonly events: LabEvent[];
  /** Waits for an event that was not there before. */
  readonly next: <N extends LabEvent['name']>(name: N, wanted?: (event: Extract<LabEvent, { name: N }>) => boolean) => Promise<Extract<LabEvent, { name: N }>>;
}

const overWire = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** @param behaviour what goes wrong, as fakeWorker.ts has it */
export function openFakeDesk(home: string, behaviour = '', { stepMs, held, ...options }: Partial<DeskOptions> & FakeTraining = {}): FakeDesk {
  const desk = openDesk({
    home,
    about: { version: '0.0.0', home, host: 'served', platform: process.platform, node: process.version },
    ...fakeMachine(behaviour, { stepMs, held }),
    ...options,
  });
  const events: LabEvent[] = [];
  const listeners = new Set<(event: LabEvent) => void>();
  desk.on((told) => {
    const event = checkEvent(overWire(told));
    events.push(event);
    for (const listener of listeners) listener(event);
  });
  const client = createClient({
    call: async (name, input) => overWire(await desk.answer({ name, input: overWire(input) })),
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  });
  return {
    desk,
    client,
    events,
    next: (name, wanted = () => true) =>
      new Promise((resolve) => {
        const listener = (event: LabEvent): void => {
          const found = event as Extract<LabEvent, { name: typeof name }>; // narrowed by the name below
          if (event.name !== name || !wanted(found)) return;
          listeners.delete(listener);
          resolve(found);
        };
        listeners.add(listener);
      }),
  };
}
