/** A lab on a folder of its own, with a small table as data and workers that speak the protocol without training. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lab } from '../../src-main/contract/lab.ts';
import type { PlanInput } from '../../src-main/contract/plan.ts';
import { createLab, type LabOptions } from '../../src-main/lab/lab.ts';
import { nodeWorkers } from '../../src-main/lab/nodeWorker.ts';
import type { Limits } from '../../src-main/lab/workerLink.ts';
import type { StartWorker } from '../../src-main/lab/workerProcess.ts';

const fakeWorker = fileURLToPath(new URL('fakeWorker.ts', import.meta.url));

export const shortLimits: Limits = { pauseMs: 400, politeMs: 200, firstWordMs: 20_000, silenceMs: 800 };

/** @param behaviour what goes wrong, as fakeWorker.ts has it */
export function fakeWorkers(behaviour = '', stepMs = 1): StartWorker {
  const start = nodeWorkers(fakeWorker);
  return (environment) => start({ ...environment, FAKE_BEHAVIOUR: behaviour, FAKE_STEP_MS: String(stepMs) });
}

export function openFakeLab(home: string, behaviour = '', options: Partial<LabOptions> & { readonly stepMs?: number } = {}): Lab {
  const { stepMs = 1, ...rest } = options;
  return createLab({
    home,
    startWorker: fakeWorkers(behaviour, stepMs),
    chooseRuntime: () => Promise.resolve({ folder: null, isGpu: false, note: null }),
    machine: () => ({ cores: 2, availableMiB: 8000 }),
    limits: shortLimits,
    ...rest,
  });
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
    format: 'auxlab-plan/1',
    data: { source },
    main: { target: 'species' },
    arms: [{ auxiliaries: [{ target: 'region' }] }],
    repeats: 2,
    training: { epochs: 2, batch: 8, maxSteps: 20 },
    ...part,
  };
}
