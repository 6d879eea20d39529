/** What a run computes with: the model, the tasks' losses, the sizes of its batches. The same for every engine. */
import type { Ops, Tensor } from '../../networks/ops.ts';
import type { ParameterSpec } from '../../networks/layer.ts';
import type { Model } from './model.ts';
import type { Lookup } from './computation.ts';

/** A task's loss as a tensor function: output [B, O], labels [B, O], row weights [B] -> scalar. */
export type LossFunction = (ops: Ops, output: Tensor, labels: Tensor, rowWeights: Tensor) => Tensor;

export interface Program {
  readonly model: Model;
  readonly losses: readonly LossFunction[]; // one a task
  readonly labelGroups: readonly number[]; // tasks of one group have the same labels and row weights, which are handed over once
  readonly batch: number;
  readonly evaluationBatch: number;
  readonly heldOutBatch: number | null; // rows of a batch of held-out rows; null: the method needs none
  readonly clipNorm: number | null;
  readonly l2: number; // coupled weight decay: added to the gradient of kernels as l2 * kernel
}

export type ParameterTensors = ReadonlyMap<string, Tensor>;

/** The model's parameters, trained ones and states, out of an engine's state. */
export function parametersIn(state: Lookup, { model }: Program): ParameterTensors {
  return new Map(model.parameters.map(({ path }) => [path, state(path)]));
}

/** The trained parameters that the tasks share. */
export function trunkOf({ model }: Program): readonly ParameterSpec[] {
  return model.trainable.filter(({ path }) => model.trunkPaths.has(path));
}

/** The trained parameters of the heads. */
export function headsOf({ model }: Program): readonly ParameterSpec[] {
  return model.trainable.filter(({ path }) => !model.trunkPaths.has(path));
}
