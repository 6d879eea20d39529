/** Names for arms that have none: what they train, and of the rest only what tells them from arms that train the same. Lab, window and command line
 *  name arms by this one function. Pure. */
import { taskKey, type ComparedArm } from './armIdentity.ts';
import { scheduleIds, traitsOf, type PlacedArm, type PlacedTask } from './armTraits.ts';
import { cutName } from './cutName.ts';
import type { ComparedTask } from './task.ts';

export interface NamedArm extends ComparedArm {
  readonly title?: string | undefined; // a person's own words stay as they are
}

export const baselineTitle = 'Baseline';

/** @param arms the auxiliary ones  @param main target of the main task
 *  @returns a name for each arm, at most 120 characters long where it is made here.
 *  Made names differ from each other, from given titles and from the baseline's. */
export function armTitles(arms: readonly NamedArm[], main: string): string[] {
  const placed = arms.map(({ method, tasks }): PlacedArm => ({ method, tasks: placedTasks(tasks, main) }));
  const families = new Map<string, PlacedArm[]>();
  for (const arm of placed) families.set(familyKey(arm), [...(families.get(familyKey(arm)) ?? []), arm]);
  const traits = new Map([...families].map(([key, family]) => [key, traitsOf(family)]));
  const taken = new Set(arms.flatMap(({ title }) => title ?? []).filter((title) => title !== ''));
  return placed.map((arm, at) => {
    const given = arms[at]?.title ?? '';
    if (given !== '') return given;
    const name = freeName(tasksText(arm, main), traits.get(familyKey(arm))?.(arm) ?? [], taken);
    taken.add(name);
    return name;
  });
}

/** Arms as results show them: titles that are equal, because a person gave one twice, are followed by the arm's id. */
export function toldApart<Arm extends { readonly id: string; readonly title: string }>(arms: readonly Arm[]): Arm[] {
  const counts = new Map<string, number>();
  for (const { title } of arms) counts.set(title, (counts.get(title) ?? 0) + 1);
  return arms.map((arm) => ((counts.get(arm.title) ?? 0) > 1 ? { ...arm, title: `${arm.title} (${arm.id})` } : arm));
}

function familyKey(arm: PlacedArm): string {
  return JSON.stringify([arm.tasks.map(({ key }) => key).sort(), scheduleIds(arm).sort(), arm.method.id]);
}

/** Tasks at one and the same place are numbered, by what they are and not by where the plan has them. */
function placedTasks(tasks: readonly ComparedTask[], main: string): PlacedTask[] {
  const keys = tasks.map(taskKey);
  const order = tasks.map((_, at) => at).sort((a, b) => ((keys[a] ?? '') < (keys[b] ?? '') ? -1 : 1));
  const counts = new Map<string, number>();
  const numbers = new Map<number, number>();
  for (const at of order) {
    const place = placeKey(tasks[at]);
    counts.set(place, (counts.get(place) ?? 0) + 1);
    numbers.set(at, counts.get(place) ?? 1);
  }
  return tasks.map((task, at) => {
    const number = numbers.get(at) ?? 1;
    const words = isHead(task, main) ? `at ${task.depth}` : `for ${placeText(task)}`;
    return { key: `${placeKey(task)} ${number}`, words: number === 1 ? words : `${words} no. ${number}`, task };
  });
}

function placeKey(task: ComparedTask | undefined): string {
  return JSON.stringify([task?.target, task?.depth]);
}

function isHead({ target, depth }: ComparedTask, main: string): boolean {
  return target === main && depth !== 'end';
}

function placeText({ target, depth }: ComparedTask): string {
  return depth === 'end' ? target : `${target} at ${depth}`;
}

/** 'heads at inception-1, inception-2 + group' */
function tasksText({ tasks }: PlacedArm, main: string): string {
  const heads = tasks.filter(({ task }) => isHead(task, main)).map(({ task }) => task.depth);
  const others = tasks.filter(({ task }) => !isHead(task, main)).map(({ task }) => placeText(task));
  if (tasks.length === 0) return 'no auxiliary task'; // all switched off, in a plan that is being written
  return [...(heads.length === 0 ? [] : [`${heads.length === 1 ? 'head' : 'heads'} at ${heads.join(', ')}`]), ...others].join(' + ');
}

/** With a number only where nothing else tells the name from the others: the same words from unusual column names, or after a cut. */
function freeName(tasks: string, traits: readonly string[], taken: ReadonlySet<string>): string {
  for (let count = 1; ; count++) {
    const name = cutName(tasks, count === 1 ? traits : [...traits, ordinal(count)]);
    if (!taken.has(name) && name.toLowerCase() !== baselineTitle.toLowerCase()) return name;
  }
}

function ordinal(count: number): string {
  const isTeen = count % 100 > 10 && count % 100 < 14;
  return `${count}${isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')}`;
}
