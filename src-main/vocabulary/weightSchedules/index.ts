/** The schedules of auxiliary weights, in the order the user sees; the first is the usual one. */
import { entryById } from '../lookup.ts';
import type { Params } from '../params.ts';
import { constant } from './constant.ts';
import { curriculum } from './curriculum.ts';
import { cosineDecay, linearDecay } from './decays.ts';
import { exponentialDecay } from './exponentialDecay.ts';
import { gated } from './gated.ts';
import type { WeightSchedule } from './weightSchedule.ts';

export const weightSchedules = [
  constant, //
  curriculum,
  linearDecay,
  cosineDecay,
  exponentialDecay,
  gated,
] as const;

export type WeightScheduleEntry = (typeof weightSchedules)[number];
export type WeightScheduleId = WeightScheduleEntry['id'];

/** In a few words: 'curriculum from 2 to 5'. */
export function scheduleText(schedule: { readonly id: WeightScheduleId } & Params): string {
  return weightScheduleOf(schedule.id).words(schedule);
}

export function weightScheduleOf(id: WeightScheduleId): WeightSchedule<WeightScheduleId> {
  return entryById<WeightSchedule<WeightScheduleId>>(weightSchedules, id);
}
