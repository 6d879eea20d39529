import * as v from 'valibot';
import { expect, test } from 'vitest';
import { TrainingPlan } from '../../../src-main/contract/plan.ts';
import type { RunJob, TaskJob } from '../../../src-main/engine/protocol.ts';
import { fromCheckpoint, initialTrainingState, toCheckpoint } from '../../../src-main/engine/training/trainingState.ts';
import { fixed } from '../../../src-main/methods/fixed.ts';

const task: TaskJob = {
  id: 'main',
  target: 'mpg',
  kind: 'regression',
  loss: 'huber',
  lossParams: { delta: 0.7 },
  labelSmoothing: 0,
  classWeights: 'none',
  metric: 'rmse',
  depth: 'end',
  weight: 1,
  schedule: { id: 'constant' },
  balanced: true,
  bounds: null,
};
const job: RunJob = {
  runId: 'e-baseline-1',
  arm: 'baseline',
  seed: 1,
  datasetFolder: '/d',
  roles: { mpg: 'target', weight: 'input' },
  excludedInputs: ['mpg'],
  split: { kind: 'random', train: 0.7, validation: 0.15, test: 0.15, seed: 1 },
  trainFraction: 1,
  heldOut: false,
  network: { id: 'mlp', params: { layers: 2 } },
  tasks: [task, { ...task, id: 'cyl', target: 'cylinders', loss: 'mse', lossParams: {}, weight: 0.3, schedule: { id: 'curriculum', from: 1, to: 3 } }],
  method: { id: 'fixed', params: {} },
  training: v.parse(TrainingPlan, {
    epochs: 3,
    optimizer: { id: 'momentum', learningRate: 0.01, nesterov: true },
    learningRateSchedule: { id: 'cosine', warmUp: 1 },
  }),
  engine: { backend: 'auto', mode: 'captured', threads: 1 },
  runtimeFolder: null,
  checkpointFile: '/c',
  checkpointEveryMs: 1000,
};

const { meta, arrays } = toCheckpoint(job, initialTrainingState(job, fixed, {}), new Map([['now', new Map()]]));
const resumed = (digest: string, other: RunJob = job): number =>
  fromCheckpoint(other, { meta: { ...(meta as object), job: digest }, arrays }, new Map()).state.step;

test('a checkpoint that the first version wrote still knows its run', () => {
  const digest = 'bc04d64ab76c25203ac13443325b75c595b51bbdb20eb30867d74e5a36a4fe77'; // that version's own, for this job
  expect(resumed(digest)).toBe(0);
  expect(resumed((meta as { job: string }).job)).toBe(0);
  expect(resumed(digest, { ...job, graphFile: '/g', weightsFile: '/w', datasetFolder: '/other' })).toBe(0); // where files lie says nothing of a run
  expect(() => resumed(digest, { ...job, seed: 2 })).toThrow(/other settings/);
  expect(() => resumed(digest, { ...job, tasks: [{ ...task, lossParams: { delta: 0.8 } }, ...job.tasks.slice(1)] })).toThrow(/other settings/);
});
