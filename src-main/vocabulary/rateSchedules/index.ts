/** The schedules of the learning rate, in the order the user sees; the first is the usual one. */
import { entryById } from '../lookup.ts';
import { constant } from './constant.ts';
import { cosine } from './cosine.ts';
import { oneCycle } from './oneCycle.ts';
import type { RateSchedule } from './rateSchedule.ts';
import { step } from './step.ts';

export const rateSchedules = [
  constant, //
  cosine,
  step,
  oneCycle,
] as const;

export type RateScheduleEntry = (typeof rateSchedules)[number];
export type RateScheduleId = RateScheduleEntry['id'];

export function rateScheduleOf(id: RateScheduleId): RateSchedule<RateScheduleId> {
  return entryById<RateSchedule<RateScheduleId>>(rateSchedules, id);
}
