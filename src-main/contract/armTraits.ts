/** By what arms with the same tasks and the same method differ, in a few words each. Pure. */
import type { ComparedArm } from './armIdentity.ts';
import { scheduleTrait, taskTraits, type ComparedTask, type TaskTrait } from './task.ts';

export interface PlacedTask {
  readonly key: string; // the same in every arm that has a task here
  readonly words: string; // 'for parity', 'at block2'
  readonly task: ComparedTask;
}

export interface PlacedArm {
  readonly method: ComparedArm['method'];
  readonly tasks: readonly PlacedTask[];
}

const isFirst = ({ isToldFirst }: TaskTrait): boolean => isToldFirst === true;
const inOrderOfTelling = [...taskTraits.filter(isFirst), ...taskTraits.filter((trait) => !isFirst(trait))];

/** @param family arms with the same tasks at the same places, kinds of schedule and method
 *  @returns tells an arm of it: ['weight 0.3', 'curriculum from 1 to 3', 'gradnorm alpha=1.5'].
 *  Kinds of schedule and method are always told, the rest where it differs. */
export function traitsOf(family: readonly PlacedArm[]): (arm: PlacedArm) => string[] {
  const told = inOrderOfTelling.map((trait) => {
    const words = difference(trait, family);
    return trait === scheduleTrait ? (arm: PlacedArm) => scheduleParts(arm, words(arm)) : words;
  });
  const params = [...new Set(family.flatMap(({ method }) => Object.keys(method.params)))].filter(
    (name) => new Set(family.map(({ method }) => method.params[name])).size > 1,
  );
  return (arm) => [...told.flatMap((words) => words(arm)), ...methodParts(arm, params)];
}

/** Told once for all tasks where no arm tells its own tasks apart by it, else once a task that differs.
 *  @returns tells nothing where no two arms differ by it */
function difference(trait: TaskTrait, family: readonly PlacedArm[]): (arm: PlacedArm) => string[] {
  const values = new Map<string, Set<string>>();
  for (const { key, task } of family.flatMap(({ tasks }) => tasks)) values.set(key, new Set([...(values.get(key) ?? []), ...valueOf(trait, task)]));
  const places = new Set([...values].filter(([, all]) => all.size > 1).map(([key]) => key));
  if (places.size === 0) return () => [];
  const isUniform = family.every(({ tasks }) => new Set(tasks.flatMap(({ task }) => valueOf(trait, task))).size < 2);
  return ({ tasks }) => {
    const told = isUniform
      ? new Set(tasks.map(({ task }) => trait.words(task)))
      : tasks.filter(({ key, task }) => places.has(key) && trait.words(task) !== '').map(({ task, words }) => `${trait.words(task)} ${words}`);
    return [...told].filter((words) => words !== '');
  };
}

function valueOf(trait: TaskTrait, task: ComparedTask): string[] {
  const value = trait.of(task);
  return value === undefined ? [] : [JSON.stringify(value)];
}

/** What tells the arm's schedules from those of the family, and of its kinds those that this does not name: arms of other families have others. */
function scheduleParts(arm: PlacedArm, told: readonly string[]): string[] {
  const isTold = (id: string): boolean =>
    arm.tasks.some(({ task }) => task.schedule.id === id && told.some((words) => words.startsWith(scheduleTrait.words(task))));
  return [...told, ...scheduleIds(arm).filter((id) => !isTold(id))];
}

/** The kinds that are not constant, each once. */
export function scheduleIds({ tasks }: PlacedArm): string[] {
  return [...new Set(tasks.map(({ task }) => task.schedule.id))].filter((id) => id !== 'constant');
}

function methodParts({ method: { id, params } }: PlacedArm, differing: readonly string[]): string[] {
  const told = differing.flatMap((name) => (params[name] === undefined ? [] : [`${name}=${String(params[name])}`]));
  const words = [...(id === 'fixed' ? [] : [id]), ...told];
  return words.length === 0 ? [] : [words.join(' ')];
}
