/** A loss of the vocabulary as tasks use it: on the tensors of a batch, and on the number of a row. */
import type { Ops, Tensor } from '../networks/ops.ts';
import { plain } from '../vocabulary/arithmetic.ts';
import { lossOf } from '../vocabulary/losses/index.ts';
import type { TaskOptions } from './task.ts';

export interface TaskLoss {
  ofRows(ops: Ops, values: Tensor): Tensor;
  ofRow(value: number): number;
}

export function openLoss({ loss, lossParams }: Pick<TaskOptions, 'loss' | 'lossParams'>): TaskLoss {
  const entry = lossOf(loss);
  return {
    ofRows: (ops, values) => entry.of(ops, values, lossParams),
    ofRow: (value) => entry.of(plain, value, lossParams),
  };
}
