/** The task kinds, in the order the user sees. */
import type { EncodedTarget } from '../data/dataset.ts';
import { classification } from './classification.ts';
import { regression } from './regression.ts';
import type { Task, TaskKind, TaskOptions } from './task.ts';

/** What is known of a kind without a target. */
export type TaskKindInfo = Omit<TaskKind<EncodedTarget>, 'open'>;

export const taskKinds: Readonly<Record<EncodedTarget['kind'], TaskKindInfo>> = { classification, regression };

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
