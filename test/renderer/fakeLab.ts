/** A transport whose lab is a list in memory: tests change the list and tell the window, or hold an answer back. */
import type { ExperimentPicture, ExperimentSummary, LabEvent } from '../../src-main/contract/calls.ts';
import type { Transport } from '../../src-main/contract/client.ts';
import { LabError, toWire } from '../../src-main/contract/errors.ts';

export interface FakeLab extends Transport {
  experiments: readonly ExperimentSummary[];
  trouble: string | null;
  readonly asked: string[];
  tell(event: LabEvent): void;
  listeners(): number;
}

export function fakeLab(experiments: readonly ExperimentSummary[] = []): FakeLab {
  const listeners = new Set<(event: unknown) => void>();
  const asked: string[] = [];
  const lab: FakeLab = {
    experiments,
    trouble: null,
    asked,
    tell: (event) => listeners.forEach((listener) => listener(event)),
    listeners: () => listeners.size,
    async call(name, input) {
      asked.push(name);
      if (lab.trouble !== null) return { ok: false, error: toWire(new LabError('store', lab.trouble)) };
      if (name === 'lab.about') return { ok: true, value: { version: '1.2.3', home: '/data/auxlab', host: 'desktop', platform: 'linux', node: 'v24.0.0' } };
      if (name === 'experiments.list') return { ok: true, value: lab.experiments };
      const { id } = input as { id: string }; // the window's own call
      const found = lab.experiments.find(({ experimentId }) => experimentId === id);
      return found === undefined
        ? { ok: false, error: toWire(new LabError('not-found', `No experiment begins with "${id}".`)) }
        : { ok: true, value: pictureOf(found) };
    },
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return lab;
}

export function summary(experimentId: string, part: Partial<ExperimentSummary> = {}): ExperimentSummary {
  return {
    experimentId,
    name: `Experiment ${experimentId}`,
    created: '2026-11-24T00:31:01.000Z',
    status: 'finished',
    verdict: 'helps',
    runs: 2,
    finishedRuns: 2,
    ...part,
  };
}

export function pictureOf({ experimentId, name, status, verdict }: ExperimentSummary): ExperimentPicture {
  const runs = [{ id: `${experimentId}-1`, seed: 1, status: 'finished', epochs: 2, steps: 20 } as const];
  return { experimentId, name, question: 'Does it help?', status, verdict, arms: [{ id: 'baseline', title: 'Baseline', role: 'baseline', runs }] };
}
