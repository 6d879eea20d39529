/** The one typed client of the lab: windows and tests use it over any transport. What comes back is checked before it is believed. */
import * as v from 'valibot';
import { calls, type CallInput, type CallName, type CallOutput, type LabEvent } from './calls.ts';
import { fromWire, LabError } from './errors.ts';
import { checkEvent, Reply } from './wire.ts';

/** Carries messages, knows nothing of them. */
export interface Transport {
  /** @returns a Reply */
  call(name: string, input: unknown): Promise<unknown>;
  /** @returns a function that stops the listening */
  on(listener: (event: unknown) => void): () => void;
}

export interface Client {
  /** @throws LabError with the lab's own code and sentence, or 'internal' when the answer is not in the contract */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  on(listener: (event: LabEvent) => void): () => void;
}

export function createClient(transport: Transport): Client {
  return {
    async call(name, input) {
      const reply = v.safeParse(Reply, await transport.call(name, input));
      if (!reply.success) throw new LabError('internal', `The answer to ${name} is not a reply. ${v.summarize(reply.issues)}`);
      if (!reply.output.ok) throw fromWire(reply.output.error);
      return parseOutput(name, reply.output.value);
    },
    on: (listener) => transport.on((event) => listener(checkEvent(event))),
  };
}

function parseOutput<N extends CallName>(name: N, value: unknown): CallOutput<N> {
  const output = v.safeParse<(typeof calls)[CallName]['output']>(calls[name].output, value);
  if (!output.success) throw new LabError('internal', `The answer to ${name} is not in the contract. ${v.summarize(output.issues)}`);
  return output.output;
}
