/** A transport whose lab is memory: it answers every call of the contract, tests change its answers, break them or hold them back, and tell events. */
import * as v from 'valibot';
import { afterEach, beforeEach, vi } from 'vitest';
import { calls, isCallName, type LabEvent } from '../../src-main/contract/calls.ts';
import type { Transport } from '../../src-main/contract/client.ts';
import { LabError, toWire } from '../../src-main/contract/errors.ts';
import { usualAnswers, type Answers } from './usualAnswers.ts';

export interface FakeLab extends Transport {
  answers: Answers;
  trouble: LabError | null; // every call is refused with it
  readonly asked: { readonly name: string; readonly input: unknown }[];
  names(): readonly string[];
  tell(event: LabEvent): void;
  listeners(): number;
}

export function fakeLab(answers: Answers = {}): FakeLab {
  const listeners = new Set<(event: unknown) => void>();
  const asked: { name: string; input: unknown }[] = [];
  const lab: FakeLab = {
    answers: { ...usualAnswers, ...answers },
    trouble: null,
    asked,
    names: () => asked.map(({ name }) => name),
    tell: (event) => listeners.forEach((listener) => listener(event)),
    listeners: () => listeners.size,
    async call(name, input) {
      asked.push({ name, input });
      try {
        if (lab.trouble !== null) throw lab.trouble;
        if (!isCallName(name)) throw new LabError('bad-input', `There is no call "${name}".`);
        const given: unknown = v.parse(calls[name].input, JSON.parse(JSON.stringify(input)));
        const answer = lab.answers[name] as ((input: unknown) => unknown) | undefined; // name and answer belong together
        if (answer === undefined) throw new LabError('not-found', `The fake lab does not answer ${name}.`);
        return { ok: true, value: JSON.parse(JSON.stringify(await answer(given))) as unknown };
      } catch (error) {
        return { ok: false, error: toWire(error) };
      }
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return lab;
}

/** Lets time pass for the test file that calls it: what waits, debounced work for instance, is due to the millisecond and however busy the machine is.
 *  @returns lets that many milliseconds pass, and what came of them */
export function ownTime(): (ms?: number) => Promise<void> {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  return async (ms = 20) => void (await vi.advanceTimersByTimeAsync(ms));
}
