/** "curriculum:from=2,to=5" -> the schedule of an auxiliary weight. Pure. */
import { LabError } from '../../contract/errors.ts';
import type { SchedulePlan } from '../../contract/task.ts';
import { entryById, paramsById } from '../../vocabulary/lookup.ts';
import { ownValues } from '../../vocabulary/params.ts';
import { weightSchedules } from '../../vocabulary/weightSchedules/index.ts';
import type { WeightSchedule } from '../../vocabulary/weightSchedules/weightSchedule.ts';
import { readIdWithParams, splitTarget } from './values.ts';
import type * as v from 'valibot';

/** @throws LabError bad-input naming the schedule and its parameter */
export function readSchedule(text: string): v.InferInput<typeof SchedulePlan> {
  const { id, params } = readIdWithParams('schedule', text, paramsById(weightSchedules));
  const entry = entryById<WeightSchedule>(weightSchedules, id);
  const missing = Object.entries(entry.params).filter(([name, spec]) => spec.kind === 'number' && spec.required === true && !Object.hasOwn(params, name));
  if (missing.length > 0) {
    const example = entry.example === undefined ? id : `${id}:${entry.example}`;
    throw new LabError('bad-input', `Schedule ${id} needs ${missing.map(([name]) => `${name}=EPOCH`).join(' and ')}, for example --schedule ${example}.`);
  }
  const misfit = entry.misfit?.(ownValues(entry.params, params)) ?? null;
  if (misfit !== null) throw new LabError('bad-input', `Schedule ${id} ${misfit}.`);
  return { id, ...params } as v.InferInput<typeof SchedulePlan>; // the plan's schema is made of the same parameters
}

/** "--schedule TARGET=ID:..." is for one auxiliary task, "--schedule ID:..." for all. */
export function readScheduleOption(text: string): { readonly target: string | null; readonly schedule: v.InferInput<typeof SchedulePlan> } {
  const { target, rest } = splitTarget(text);
  return { target, schedule: readSchedule(rest) };
}
