/** A lab on a folder of its own, with a small table as data and workers that speak the protocol without training. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lab } from '../../src-main/contract/lab.ts';
import type { PlanInput } from '../../src-main/contract/plan.ts';
import { createLab, type LabOptions } from '../../src-main/lab/lab.ts';
import { nodeWorkers } from '../../src-main/lab/process/nodeWorker.ts';
import type { Limits } from '../../src-main/lab/process/workerLink.ts';
import type { StartWorker } from '../../src-main/lab/process/workerProcess.ts';

const fakeWorker = fileURLToPath(new URL('fakeWorker.ts', import.meta.url));

/** No worker reaches these, however little of the machine it gets; a test of a limit brings a short one of its own. */
export const patientLimits: Limits = { pauseMs: 60_000, politeMs: 10_000, firstWordMs: 60_000, silenceMs: 60_000 };

export interface FakeTraining {
  readonly stepMs?: number | undefined;
  readonly held?: Held | undefined; // no run gets to its end before it is let go
}

export interface Held {
  readonly file: string;
  readonly letGo: () => void;
}

/** @param home a folder that is there */
export function holdRuns(home: string): Held {
  const file = join(home, 'hold');
  writeFileSync(file, '');
  return { file, letGo: () => rmSync(file) };
}

/** @param behaviour what goes wrong, as fakeWorker.ts has it */
export function fakeWorkers(behaviour = '', { stepMs = 1, held }: FakeTraining = {}): StartWorker {
  const start = nodeWorkers(fakeWorker);
  return (environment) => start({ ...environment, FAKE_BEHAVIOUR: behaviour, FAKE_STEP_MS: String(stepMs), FAKE_HOLD: held?.file ?? '' });
}

/** What every lab of the tests has: workers that train nothing on a machine of two cores.   @param behaviour what goes wrong, as fakeWorker.ts has it */
export function fakeMachine(behaviour: string, training: FakeTraining) {
  return {
    startWorker: fakeWorkers(behaviour, training),
    chooseRuntime: () => Promise.resolve({ folder: null, isGpu: false, note: null }),
    machine: () => ({ cores: 2, availableMiB: 8000 }),
    limits: patientLimits,
  } satisfies Partial<LabOptions>;
}

/** @param behaviour what goes wrong, as fakeWorker.ts has it */
export function openFakeLab(home: string, behaviour = '', { stepMs, held, ...options }: Partial<LabOptions> & FakeTraining = {}): Lab {
  return createLab({ home, ...fakeMachine(behaviour, { stepMs, held }), ...options });
}

/** 60 rows: two numbers, a class of two values, a class of three, a number that follows from both. */
export function writeFlowers(folder: string): string {
  const rows = Array.from({ length: 60 }, (_, i) => [i * 0.5, (i * 7) % 13, i % 2 === 0 ? 'red' : 'blue', ['a', 'b', 'c'][i % 3], (i * 31) % 17].join(','));
  const path = join(folder, 'flowers.csv');
  writeFileSync(path, ['length,width,species,region,height', ...rows, ''].join('\n'));
  return path;
}

export function flowersPlan(source: string, part: Partial<PlanInput> = {}): PlanInput {
  return {
    format: 'auxlab-plan/2',
    data: { source },
    main: { target: 'species' },
    arms: [{ auxiliaries: [{ target: 'region' }] }],
    repeats: 2,
    training: { epochs: 2, batch: 8, maxSteps: 20 },
    ...part,
  };
}
