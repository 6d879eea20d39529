/** A client in the process of its desk. What passes is what passes over a wire, and is checked as there, so that both get the same. */
import { createClient, type Client } from '../../contract/client.ts';
import { asWritten } from '../../contract/figures.ts';
import type { Desk } from './desk.ts';

export function deskClient(desk: Pick<Desk, 'answer' | 'on'>): Client {
  return createClient({
    call: async (name, input) => asWritten(await desk.answer(asWritten({ name, input }))),
    on: (listener) => desk.on((event) => listener(asWritten(event))),
  });
}
