/** What a task of a kind must offer: targets of a batch as numbers, a loss on tensors, metrics in plain numbers. */
import type { Metrics } from '../contract/results.ts';
import type { Ops, Tensor } from '../networks/ops.ts';
import type { EncodedTarget } from '../vocabulary/labels.ts';
import type { LossId } from '../vocabulary/losses/index.ts';
import type { Params } from '../vocabulary/params.ts';

/** What a task needs to know of its plan; the engine's TaskJob is one. */
export interface TaskOptions {
  readonly loss: LossId;
  readonly lossParams: Params; // all of the loss
  readonly labelSmoothing: number; // from 0 to below 1
  readonly classWeights: 'none' | 'balanced';
}

/** Where the targets of a batch are written. Entries behind the last row stay 0 and cost nothing, so a short batch can fill a larger buffer. */
export interface BatchTargets {
  readonly labels: Float32Array; // [B, outputs]
  readonly rowWeights: Float32Array; // [B], sums to 1, or to 0 for a batch without a label
}

/** A task of one run: its target, its options and the class weights of its training rows. */
export interface Task {
  readonly outputs: number; // numbers that a head gives for each row
  /** Writes the targets of these rows; a row below 0 is padding. A row without a label gets zeros and weight 0. */
  fill(rows: ArrayLike<number>, out: BatchTargets): void;
  /** Sum over the batch of rowWeights * loss of the row: the (weighted) mean over labelled rows, 0 when there is none.
   *  @param output [B, outputs] of the head     @param labels [B, outputs]     @param rowWeights [B]     @returns a scalar */
  loss(ops: Ops, output: Tensor, labels: Tensor, rowWeights: Tensor): Tensor;
  /** Metrics of these rows, those without a label left out. `loss` is what `loss` gives for all of them as one batch.
   *  @param outputs [rows.length, outputs] of the head, row-major     @returns {} when no row has a label */
  metrics(rows: ArrayLike<number>, outputs: Float32Array): Metrics;
  /** Share of each class's rows that are right, null for a class without a row. Classification only. */
  classRecall?(rows: ArrayLike<number>, outputs: Float32Array): readonly (number | null)[];
}

export interface TaskKind<Target extends EncodedTarget> {
  readonly id: Target['kind'];
  /** @param trainRows the rows that balanced class weights are counted over */
  open(target: Target, options: TaskOptions, trainRows: ArrayLike<number>): Task;
}
