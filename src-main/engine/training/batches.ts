/** Which rows a step trains on and what they look like. A pure function of (seed, step): nothing to save, the same in every arm. */
import { Stream, streamKey } from '../../contract/random.ts';
import type { TrainingPlan } from '../../contract/plan.ts';
import type { EncodedInputs } from '../../data/dataset.ts';
import { size } from '../../networks/layer.ts';
import type { Task } from '../../tasks/task.ts';
import { augmentImages } from './augment.ts';
import type { Batch, HeldOutBatch } from '../stepEngine.ts';

export interface BatchSource {
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  batch(step: number): Batch;
}

export interface HeldOutSource {
  readonly batchSize: number;
  batch(step: number): HeldOutBatch;
}

export interface BatchOptions {
  readonly seed: number;
  readonly inputs: EncodedInputs;
  readonly trainRows: Int32Array;
  readonly tasks: readonly Task[];
  readonly labelGroups: readonly number[];
  readonly streams: readonly string[]; // random streams of the model's layers
  readonly training: TrainingPlan;
}

/** Every epoch is a fresh permutation; its last batch is filled up with the epoch's first rows, so all batches have one size. */
export function createBatchSource(options: BatchOptions): BatchSource {
  const { inputs, trainRows, seed, training } = options;
  const rowCount = trainRows.length;
  const batchSize = Math.min(training.batch, rowCount);
  const stepsPerEpoch = Math.ceil(rowCount / batchSize);
  const rowSize = size(inputs.shape.shape);
  const rowsOf = shuffledRows(trainRows, batchSize, seed, 'order');

  return {
    batchSize,
    stepsPerEpoch,
    batch: (step) => {
      const rows = rowsOf(step);
      const x = new Float32Array(batchSize * rowSize);
      inputs.write(rows, x);
      if (training.augment !== undefined && inputs.shape.kind === 'image')
        augmentImages(x, inputs.shape.shape, training.augment, new Stream(seed, 'augment', step));
      const groups = new Map<number, { labels: Float32Array; rowWeights: Float32Array }>();
      options.labelGroups.forEach((group, k) => {
        if (groups.has(group)) return;
        const task = options.tasks[k];
        const targets = { labels: new Float32Array(batchSize * (task?.outputs ?? 1)), rowWeights: new Float32Array(batchSize) };
        task?.fill(rows, targets);
        groups.set(group, targets);
      });
      const targets = options.labelGroups.map((group) => groups.get(group) ?? { labels: new Float32Array(0), rowWeights: new Float32Array(0) });
      return {
        x,
        mask: stepMask(inputs, rows, batchSize),
        labels: targets.map(({ labels }) => labels),
        rowWeights: targets.map(({ rowWeights }) => rowWeights),
        seeds: new Map(options.streams.map((stream) => [stream, streamKey(seed, `layer/${stream}`, step)])),
      };
    },
  };
}

/** Batches of held-out rows, with the labels of the main task: fresh permutations of their own. */
export function createHeldOutSource(
  options: Pick<BatchOptions, 'seed' | 'inputs'> & { readonly rows: Int32Array; readonly task: Task; readonly batch: number },
): HeldOutSource {
  const { inputs, task, rows: all } = options;
  const batchSize = Math.min(options.batch, all.length);
  const rowsOf = shuffledRows(all, batchSize, options.seed, 'held-out-order');
  return {
    batchSize,
    batch: (step) => {
      const rows = rowsOf(step);
      const x = new Float32Array(batchSize * size(inputs.shape.shape));
      inputs.write(rows, x);
      const targets = { labels: new Float32Array(batchSize * task.outputs), rowWeights: new Float32Array(batchSize) };
      task.fill(rows, targets);
      return { x, mask: stepMask(inputs, rows, batchSize), ...targets };
    },
  };
}

/** The rows of a step: every epoch is a permutation, and its last batch is filled up with its first rows. */
function shuffledRows(all: Int32Array, batchSize: number, seed: number, purpose: string): (step: number) => Int32Array {
  const stepsPerEpoch = Math.ceil(all.length / batchSize);
  let order: { epoch: number; permutation: Int32Array } | null = null;
  return (step) => {
    const epoch = Math.floor(step / stepsPerEpoch);
    if (order?.epoch !== epoch) order = { epoch, permutation: new Stream(seed, purpose, epoch).permutation(all.length) };
    const { permutation } = order;
    const first = (step % stepsPerEpoch) * batchSize;
    return Int32Array.from({ length: batchSize }, (_, position) => all[permutation[(first + position) % all.length] ?? 0] ?? 0);
  };
}

/** 1 where a row of a sequence data set has a time step, 0 behind its end: [rows, T]; null for other inputs.
 *  @param count rows of the mask; those behind the given rows are 0 */
export function stepMask(inputs: EncodedInputs, rows: ArrayLike<number>, count: number): Float32Array | null {
  if (inputs.shape.kind !== 'sequence') return null;
  const [steps] = inputs.shape.shape;
  const mask = new Float32Array(count * steps);
  for (let position = 0; position < rows.length; position++) {
    const length = inputs.lengths?.[rows[position] ?? 0] ?? steps;
    mask.fill(1, position * steps, position * steps + length);
  }
  return mask;
}
