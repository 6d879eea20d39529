/** "curriculum:from=2,to=5" -> the schedule of an auxiliary weight. Pure. */
import { LabError } from '../../contract/errors.ts';
import type { SchedulePlan } from '../../contract/plan.ts';
import { scheduleSpecs } from '../../contract/trainingParams.ts';
import { readIdWithParams } from './values.ts';
import type * as v from 'valibot';

const required: Readonly<Partial<Record<string, readonly string[]>>> = { curriculum: ['from', 'to'], 'linear-decay': ['to'], 'cosine-decay': ['to'] };

/** @throws LabError bad-input naming the schedule and its parameter */
export function readSchedule(text: string): v.InferInput<typeof SchedulePlan> {
  const { id, params } = readIdWithParams('schedule', text, scheduleSpecs);
  const missing = (required[id] ?? []).filter((name) => !Object.hasOwn(params, name));
  if (missing.length > 0) {
    const example = id === 'curriculum' ? 'curriculum:from=2,to=5' : `${id}:to=5`;
    throw new LabError('bad-input', `Schedule ${id} needs ${missing.map((name) => `${name}=EPOCH`).join(' and ')}, for example --schedule ${example}.`);
  }
  const from = Number(params['from'] ?? 0);
  const to = Number(params['to'] ?? Infinity);
  if (from > to) throw new LabError('bad-input', `Schedule ${id}: from must not be later than to. Received: from=${from}, to=${to}.`);
  return { id, ...params } as v.InferInput<typeof SchedulePlan>; // scheduleSpecs has the ids, names and ranges of the plan's schema
}

/** "--schedule TARGET=ID:..." is for one auxiliary task, "--schedule ID:..." for all. */
export function readScheduleOption(text: string): { readonly target: string | null; readonly schedule: v.InferInput<typeof SchedulePlan> } {
  const colon = text.indexOf(':');
  const head = colon < 0 ? text : text.slice(0, colon);
  const equals = head.lastIndexOf('=');
  if (equals < 1) return { target: null, schedule: readSchedule(text) };
  return { target: text.slice(0, equals), schedule: readSchedule(text.slice(equals + 1)) };
}
