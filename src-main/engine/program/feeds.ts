/** What is handed to the computations of a step: declared by name and shape, taken apart on the side of the tensors, filled from a batch on the side of the
 *  numbers. */
import type { Ops, Tensor } from '../../networks/ops.ts';
import type { Batch, HeldOutBatch } from '../stepEngine.ts';
import { floats, type Lookup, type Specs, type TensorSpec } from './computation.ts';
import type { Program } from './program.ts';

/** Numbers by the declared names of a computation's feeds. */
export type Feeds = Record<string, Float32Array | Int32Array>;

/** The tensors of one training batch. */
export interface BatchTensors {
  readonly x: Tensor; // [B, ...input]
  readonly mask: Tensor | null; // [B, T]
  readonly labels: readonly Tensor[]; // a task each, [B, O]
  readonly rowWeights: readonly Tensor[]; // a task each, [B]
  readonly seeds: ReadonlyMap<string, Tensor>; // stream -> int32 [2]
}

/** Held-out rows, with the labels of the main task. */
export interface HeldOutTensors {
  readonly x: Tensor;
  readonly mask: Tensor | null;
  readonly labels: Tensor;
  readonly rowWeights: Tensor;
}

const name = { x: 'x', mask: 'mask', seeds: 'seeds' } as const;
const heldOut = { x: 'heldOut/x', mask: 'heldOut/mask', labels: 'heldOut/labels', rowWeights: 'heldOut/rowWeights' } as const;
const labelsOf = (group: number): string => `labels/${group}`;
const rowWeightsOf = (group: number): string => `rowWeights/${group}`;

export function inputSpecs({ model }: Program, rows: number): Specs {
  const { input } = model;
  return { [name.x]: floats(rows, ...input.shape), ...(input.kind === 'sequence' && { [name.mask]: floats(rows, input.shape[0]) }) };
}

export function inputTensors({ model }: Program, feeds: Lookup): Pick<BatchTensors, 'x' | 'mask'> {
  return { x: feeds(name.x), mask: model.input.kind === 'sequence' ? feeds(name.mask) : null };
}

export function inputValues(x: Float32Array, mask: Float32Array | null): Feeds {
  return mask === null ? { [name.x]: x } : { [name.x]: x, [name.mask]: mask };
}

/** Labels and row weights come once a group. */
export function batchSpecs(program: Program): Specs {
  const { model, batch } = program;
  const specs: Record<string, TensorSpec> = { ...inputSpecs(program, batch) };
  program.labelGroups.forEach((group, k) => {
    specs[labelsOf(group)] = floats(batch, model.tasks[k]?.outputs ?? 1);
    specs[rowWeightsOf(group)] = floats(batch);
  });
  if (model.streams.length > 0) specs[name.seeds] = { shape: [model.streams.length, 2], dtype: 'int32' };
  return specs;
}

export function batchTensors(program: Program, ops: Ops, feeds: Lookup): BatchTensors {
  const { streams } = program.model;
  const keys = streams.length === 0 ? [] : ops.unstack(feeds(name.seeds));
  return {
    ...inputTensors(program, feeds),
    labels: program.labelGroups.map((group) => feeds(labelsOf(group))),
    rowWeights: program.labelGroups.map((group) => feeds(rowWeightsOf(group))),
    seeds: new Map(streams.map((stream, position) => [stream, keys[position] as Tensor])), // as many keys as streams
  };
}

export function batchValues({ model, labelGroups }: Program, batch: Batch): Feeds {
  const feeds = inputValues(batch.x, batch.mask);
  labelGroups.forEach((group, k) => {
    if (labelGroups.indexOf(group) !== k) return;
    feeds[labelsOf(group)] = batch.labels[k] ?? missing(`labels of task ${k}`);
    feeds[rowWeightsOf(group)] = batch.rowWeights[k] ?? missing(`row weights of task ${k}`);
  });
  if (model.streams.length > 0)
    feeds[name.seeds] = Int32Array.from(model.streams.flatMap((stream) => [...(batch.seeds.get(stream) ?? missing(`seed of the stream "${stream}"`))]));
  return feeds;
}

export function heldOutSpecs({ model, heldOutBatch }: Program): Specs {
  const { input, tasks } = model;
  const rows = heldOutBatch ?? missing('size');
  return {
    [heldOut.x]: floats(rows, ...input.shape),
    ...(input.kind === 'sequence' && { [heldOut.mask]: floats(rows, input.shape[0]) }),
    [heldOut.labels]: floats(rows, tasks[0]?.outputs ?? 1),
    [heldOut.rowWeights]: floats(rows),
  };
}

export function heldOutTensors({ model }: Program, feeds: Lookup): HeldOutTensors {
  return {
    x: feeds(heldOut.x),
    mask: model.input.kind === 'sequence' ? feeds(heldOut.mask) : null,
    labels: feeds(heldOut.labels),
    rowWeights: feeds(heldOut.rowWeights),
  };
}

export function heldOutValues({ x, mask, labels, rowWeights }: HeldOutBatch): Feeds {
  return { [heldOut.x]: x, ...(mask !== null && { [heldOut.mask]: mask }), [heldOut.labels]: labels, [heldOut.rowWeights]: rowWeights };
}

function missing(what: string): never {
  throw new Error(`The batch has no ${what}.`);
}
