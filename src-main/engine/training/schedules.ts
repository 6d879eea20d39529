/** How learning rates and auxiliary weights change over a run. Times are in epochs and may be fractions. */
import type { LearningRatePlan } from '../../contract/plan.ts';
import type { SchedulePlan } from '../../contract/task.ts';
import type { DeepReadonly } from '../../contract/readonly.ts';
import { ownValues } from '../../vocabulary/params.ts';
import { rateScheduleOf } from '../../vocabulary/rateSchedules/index.ts';
import { weightScheduleOf } from '../../vocabulary/weightSchedules/index.ts';
import type { Gate } from '../../vocabulary/weightSchedules/weightSchedule.ts';

const leastShare = 1e-3; // of a warm-up: the first step is small, not void

/** The learning rate as a share of the plan's.
 *  @param time epochs since the start, step / stepsPerEpoch     @param epochs planned length of the run */
export function learningRateShare(plan: DeepReadonly<LearningRatePlan>, time: number, epochs: number): number {
  const { warmUp = 0 } = plan;
  if (time < warmUp) return Math.max(time / warmUp, leastShare);
  const schedule = rateScheduleOf(plan.id);
  return schedule.share(ownValues(schedule.params, plan), time, epochs);
}

export const openGate: Gate = { factor: 1, lastMetric: null };

export function initialGate({ id, ...params }: DeepReadonly<SchedulePlan>): Gate {
  return weightScheduleOf(id).gate?.initial(params) ?? openGate;
}

/** The share of its full weight that an auxiliary task has at a time. */
export function weightShare({ id, ...params }: DeepReadonly<SchedulePlan>, time: number, gate: Gate): number {
  return weightScheduleOf(id).share(params, time, gate);
}

/** Whether a schedule can take a task's weight to 0 for a while. */
export function canRest({ id, ...params }: DeepReadonly<SchedulePlan>): boolean {
  return weightScheduleOf(id).canRest(params);
}

/** The memory of a schedule after an epoch.  @param metric this epoch's, signed so that larger is better */
export function moveGate({ id, ...params }: DeepReadonly<SchedulePlan>, gate: Gate, metric: number): Gate {
  return weightScheduleOf(id).gate?.next(params, gate, metric) ?? gate;
}
