/** Jobs as the first version wrote them: every optimizer and learning-rate schedule with the settings of all, every task with the delta of a huber loss.
 *  A checkpoint of that version knows its run by the digest of such a job. */
import type { RunJob, TaskJob } from '../protocol.ts';

const optimizer = { id: '', learningRate: 0, momentum: 0.9, nesterov: false, beta1: 0.9, beta2: 0.999, rho: 0.9, epsilon: 1e-7, weightDecay: 0 };
const rate = { id: '', warmUp: 0, every: 10, factor: 0.1, floor: 0 };

/** @param job as this version has it; the order of keys is the first version's */
export function firstJob<Job extends Pick<RunJob, 'tasks' | 'training'>>(job: Job): object {
  const { training, tasks } = job;
  return {
    ...job,
    tasks: tasks.map(firstTask),
    training: {
      ...training,
      optimizer: { ...optimizer, ...training.optimizer },
      learningRateSchedule: { ...rate, ...training.learningRateSchedule },
    },
  };
}

function firstTask({ id, target, kind, loss, lossParams, ...rest }: TaskJob): object {
  return { id, target, kind, loss, huberDelta: lossParams['delta'] ?? 1, ...rest };
}
