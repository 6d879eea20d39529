import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Stream } from '../../src-main/contract/random.ts';
import type { JobOptions } from '../support/engineRuns.ts';
import { runInProcess, sampleJob } from '../support/engineRuns.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();

const mlp: JobOptions = { sample: 'digits', network: 'mlp', main: 'digit', auxiliaries: [{ target: 'parity' }] };
const heads: JobOptions = {
  sample: 'fashion-mnist',
  network: 'mini-inception',
  main: 'label',
  auxiliaries: [
    { target: 'label', depth: 'a' },
    { target: 'label', depth: 'c' },
  ],
  trainFraction: 0.03,
  split: { kind: 'stratified', train: 0.98, validation: 0.01, test: 0.01 }, // evaluation shall not take longer than the steps
};
const lstm: JobOptions = { sample: 'japanese-vowels', network: 'lstm', main: 'class' };

/** Runs once undisturbed and once with SIGKILL at random steps, and compares everything that is left of both. */
async function expectSameAfterKills(name: string, options: JobOptions, kills: number): Promise<void> {
  const home = folder();
  const whole = await runInProcess(await sampleJob(home, 'whole', options));
  const job = await sampleJob(home, 'killed', { ...options, checkpointEveryMs: 20 });
  const random = new Stream(11, `kills/${name}`);
  const killAfter =
    (from: number) =>
    ({ step, totalSteps }: { step: number; totalSteps: number }): boolean =>
      step >= from + (totalSteps - from) * target;
  let target = 0.1 + 0.3 * random.uniform(); // share of the way to the end at which the next kill comes
  const points = new Map<string, number>();
  let [killed, resumedAt] = [0, 0];
  let outcome = await runInProcess(job, { points, kill: killAfter(0) });
  while (outcome.result === null) {
    killed += 1;
    target = 0.1 + 0.3 * random.uniform();
    outcome = await runInProcess(job, { points, ...(killed < kills && { kill: killAfter(outcome.lastStep) }) });
    resumedAt = Math.max(resumedAt, outcome.resumedAtStep);
  }
  expect(killed, 'the run was killed at least once').toBeGreaterThan(0);
  expect(resumedAt, 'it went on from a checkpoint').toBeGreaterThan(0);
  expect(outcome.result.finalWeightsSha256).toBe(whole.result?.finalWeightsSha256);
  expect(outcome.result.test).toEqual(whole.result?.test);
  expect(outcome.result.validation).toEqual(whole.result?.validation);
  expect([...points].sort()).toEqual([...whole.points].sort());
}

describe('a run that was killed with SIGKILL at random steps ends with the same weights and points as one that was not', () => {
  for (const id of ['sgd', 'momentum', 'adam', 'adamw', 'rmsprop', 'adagrad'] as const) {
    test(`mlp with ${id}`, () => expectSameAfterKills(id, { ...mlp, training: { epochs: 80, optimizer: { id } } }, 1));
  }
  test('mini-inception with two heads, primary-pcgrad and adam', () =>
    expectSameAfterKills('heads', { ...heads, method: 'primary-pcgrad', training: { epochs: 3, batch: 32 } }, 1));
  test('lstm with momentum', () => expectSameAfterKills('lstm', { ...lstm, training: { epochs: 20, batch: 16, optimizer: { id: 'momentum' } } }, 1));
  test('a gated auxiliary with uncertainty weighting and early stopping', () =>
    expectSameAfterKills(
      'gated',
      {
        ...mlp,
        method: 'uncertainty',
        auxiliaries: [{ target: 'parity', schedule: { id: 'gated', start: 0.1, grow: 1.5, shrink: 0.5, min: 0.01, max: 1 } }],
        training: { epochs: 80, earlyStopping: { patience: 30 } },
      },
      2,
    ));
});

test('a paused run writes its checkpoint, ends, and goes on where it stopped', async () => {
  const home = folder();
  const options: JobOptions = { ...mlp, training: { epochs: 60 } };
  const whole = await runInProcess(await sampleJob(home, 'whole', options));
  const job = await sampleJob(home, 'paused', options);
  const first = await runInProcess(job, { pauseAt: 100 });
  expect(first.result).toBeNull();
  const second = await runInProcess(job, { points: first.points });
  expect(second.resumedAtStep).toBeGreaterThanOrEqual(100);
  expect(second.result?.finalWeightsSha256).toBe(whole.result?.finalWeightsSha256);
  expect([...second.points].sort()).toEqual([...whole.points].sort());
});

test('a checkpoint with a wrong bit is refused by name and not trained on', async () => {
  const home = folder();
  const job = await sampleJob(home, 'damaged', { ...mlp, training: { epochs: 60 } });
  await runInProcess(job, { pauseAt: 50 });
  const content = readFileSync(job.checkpointFile);
  content[content.length >> 1] = (content[content.length >> 1] ?? 0) ^ 4;
  writeFileSync(job.checkpointFile, content);
  await expect(runInProcess(job)).rejects.toThrow(
    `The checkpoint ${job.checkpointFile} is damaged (its SHA-256 does not match). Delete it to start this run again.`,
  );
});

test('a checkpoint of a run with other settings is refused', async () => {
  const home = folder();
  const job = await sampleJob(home, 'other', { ...mlp, training: { epochs: 60 } });
  await runInProcess(job, { pauseAt: 50 });
  await expect(runInProcess({ ...job, seed: 99 })).rejects.toThrow('belongs to a run with other settings');
});

test('a loss that is no longer finite stops the run in that step, by name', async () => {
  const home = folder();
  const job = await sampleJob(home, 'diverging', { ...mlp, training: { epochs: 5, optimizer: { id: 'sgd', learningRate: 1e30 } } });
  await expect(runInProcess(job)).rejects.toThrow(
    /^The (loss of the main task became (NaN|Infinity)|gradient of .+ is no longer finite) at step [12] \(epoch 0, seed 3\)\./,
  );
});

test('a checkpoint that cannot be written stops the run with a sentence and leaves no half of a file', async () => {
  const home = folder();
  const job = await sampleJob(home, 'full', { ...mlp, training: { epochs: 200 }, checkpointEveryMs: 5 });
  writeFileSync(path.join(home, 'occupied'), '');
  const blocked = { ...job, checkpointFile: path.join(home, 'occupied', 'x.ckpt') }; // its folder is a file
  await expect(runInProcess(blocked)).rejects.toThrow(`The checkpoint ${blocked.checkpointFile} could not be written`);
});
