/** The options that tests of tasks start from. */
import type { TaskOptions } from '../../src-main/tasks/task.ts';

export const plain: TaskOptions = { loss: 'cross-entropy', lossParams: {}, labelSmoothing: 0, classWeights: 'none' };
