import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JobOptions } from '../support/engineRuns.ts';
import { runInProcess, sampleJob } from '../support/engineRuns.ts';
import { expectSameAfterKills, heads, lstm, mlp } from '../support/kills.ts';
import { withMethods, withNetworks, withSamples } from '../support/entriesThere.ts';
import { enoughEpochs, needsTensorFlow } from '../support/tensorFlow.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { optimizers } from '../../src-main/vocabulary/optimizers/index.ts';

const folder = temporaryFolders();

describe('a run that was killed with SIGKILL at random steps ends with the same weights and points as one that was not', withSamples(mlp.sample), () => {
  for (const { id } of optimizers) {
    test(`mlp with ${id}`, () => expectSameAfterKills(folder(), id, { ...mlp, training: { epochs: enoughEpochs(80), optimizer: { id } } }, 1));
  }
  test('mini-inception with two heads, primary-pcgrad and adam', { ...needsTensorFlow, ...withNetworks(heads.network), ...withMethods('primary-pcgrad') }, () =>
    expectSameAfterKills(folder(), 'heads', { ...heads, method: 'primary-pcgrad', training: { epochs: 3, batch: 32 } }, 1),
  );
  test('lstm with momentum', { ...needsTensorFlow, ...withSamples(lstm.sample), ...withNetworks(lstm.network) }, () =>
    expectSameAfterKills(folder(), 'lstm', { ...lstm, training: { epochs: 20, batch: 16, optimizer: { id: 'momentum' } } }, 1),
  );
  test('forkmerge, in the middle of a round as well', withMethods('forkmerge'), () =>
    expectSameAfterKills(folder(), 'forkmerge', { ...mlp, method: 'forkmerge', methodParams: { epochs: 2 }, training: { epochs: enoughEpochs(40) } }, 3),
  );
  test('auto-lambda', withMethods('auto-lambda'), () =>
    expectSameAfterKills(folder(), 'auto-lambda', { ...mlp, method: 'auto-lambda', training: { epochs: enoughEpochs(40) } }, 1),
  );
  test('pcgrad with factors kept between looks', withMethods('pcgrad'), () =>
    expectSameAfterKills(folder(), 'pcgrad', { ...mlp, method: 'pcgrad', methodParams: { every: 3 }, training: { epochs: enoughEpochs(60) } }, 1),
  );
  test('a gated auxiliary with uncertainty weighting and early stopping', withMethods('uncertainty'), () =>
    expectSameAfterKills(
      folder(),
      'gated',
      {
        ...mlp,
        method: 'uncertainty',
        auxiliaries: [{ target: 'parity', schedule: { id: 'gated', start: 0.1, grow: 1.5, shrink: 0.5, min: 0.01, max: 1 } }],
        training: { epochs: enoughEpochs(80), earlyStopping: { patience: 30 } },
      },
      2,
    ),
  );
});

test('a paused run writes its checkpoint, ends, and goes on where it stopped', withSamples(mlp.sample), async () => {
  const home = folder();
  const options: JobOptions = { ...mlp, training: { epochs: enoughEpochs(60) } };
  const whole = await runInProcess(await sampleJob(home, 'whole', options));
  const job = await sampleJob(home, 'paused', options);
  const first = await runInProcess(job, { pauseAt: 100 });
  expect(first.result).toBeNull();
  const second = await runInProcess(job, { points: first.points });
  expect(second.resumedAtStep).toBeGreaterThanOrEqual(100);
  expect(second.result?.finalWeightsSha256).toBe(whole.result?.finalWeightsSha256);
  expect([...second.points].sort()).toEqual([...whole.points].sort());
});

test('a checkpoint with a wrong bit is refused by name and not trained on', withSamples(mlp.sample), async () => {
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

test('a checkpoint of a run with other settings is refused', withSamples(mlp.sample), async () => {
  const home = folder();
  const job = await sampleJob(home, 'other', { ...mlp, training: { epochs: 60 } });
  await runInProcess(job, { pauseAt: 50 });
  await expect(runInProcess({ ...job, seed: 99 })).rejects.toThrow('belongs to a run with other settings');
});

test('a loss that is no longer finite stops the run in that step, by name', withSamples(mlp.sample), async () => {
  const home = folder();
  const job = await sampleJob(home, 'diverging', { ...mlp, training: { epochs: 5, optimizer: { id: 'sgd', learningRate: 1e30 } } });
  await expect(runInProcess(job)).rejects.toThrow(
    /^The (loss of the main task became (NaN|Infinity)|gradient of .+ is no longer finite) at step [12] \(epoch 0, seed 3\)\./,
  );
});

test('a checkpoint that cannot be written stops the run with a sentence and leaves no half of a file', withSamples(mlp.sample), async () => {
  const home = folder();
  const job = await sampleJob(home, 'full', { ...mlp, training: { epochs: 200 }, checkpointEveryMs: 5 });
  writeFileSync(path.join(home, 'occupied'), '');
  const blocked = { ...job, checkpointFile: path.join(home, 'occupied', 'x.ckpt') }; // its folder is a file
  await expect(runInProcess(blocked)).rejects.toThrow(`The checkpoint ${blocked.checkpointFile} could not be written`);
});
