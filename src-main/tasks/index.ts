/** Opens tasks: a target of the data meets the loss and the options of the plan. */
import type { EncodedTarget } from '../vocabulary/labels.ts';
import { classification } from './classification.ts';
import { regression } from './regression.ts';
import type { Task, TaskOptions } from './task.ts';

/** The task of a target.  @param trainRows the rows that balanced class weights are counted over */
export function openTask(target: EncodedTarget, options: TaskOptions, trainRows: ArrayLike<number>): Task {
  switch (target.kind) {
    case 'classification':
      return classification.open(target, options, trainRows);
    case 'regression':
      return regression.open(target, options, trainRows);
    default:
      return target satisfies never;
  }
}
