/** By what arms with the same tasks and the same method differ, in a few words each. Pure. */
import { classWeightsOf, lossParamsOf, smoothingOf, type ComparedArm, type ComparedTask } from './armIdentity.ts';
import { scheduleText } from '../vocabulary/weightSchedules/index.ts';

export interface PlacedTask {
  readonly key: string; // the same in every arm that has a task here
  readonly words: string; // 'for parity', 'at block2'
  readonly task: ComparedTask;
}

export interface PlacedArm {
  readonly method: ComparedArm['method'];
  readonly tasks: readonly PlacedTask[];
}

interface Trait {
  readonly of: (task: ComparedTask) => unknown; // undefined: the task has none of it
  readonly words: (task: ComparedTask) => string; // '': as usual
}

const weight: Trait = { of: (task) => task.weight, words: (task) => `weight ${task.weight}` };
const schedule: Trait = {
  of: (task) => Object.entries(task.schedule).sort(),
  words: (task) => (task.schedule.id === 'constant' ? '' : scheduleText(task.schedule)),
};
const further: readonly Trait[] = [
  { of: (task) => task.loss, words: (task) => (task.loss === undefined ? '' : `${task.loss} loss`) },
  { of: lossParamsOf, words: lossParamWords },
  { of: smoothingOf, words: (task) => ((smoothingOf(task) ?? 0) === 0 ? '' : `label smoothing ${task.labelSmoothing}`) },
  { of: classWeightsOf, words: (task) => ((classWeightsOf(task) ?? 'none') === 'none' ? '' : `${task.classWeights} classes`) },
  { of: (task) => task.balanced, words: (task) => (task.balanced ? '' : 'frozen weight') },
  { of: (task) => task.bounds ?? null, words: ({ bounds }) => (bounds === undefined || bounds === null ? '' : `bounds ${bounds.min} to ${bounds.max}`) },
];

/** 'huber delta 2' */
function lossParamWords(task: ComparedTask): string {
  const values = lossParamsOf(task);
  return values === undefined ? '' : `${task.loss ?? ''} ${values.map(([name, value]) => `${name} ${String(value)}`).join(', ')}`;
}

/** @param family arms with the same tasks at the same places, kinds of schedule and method
 *  @returns tells an arm of it: ['weight 0.3', 'curriculum from 1 to 3', 'gradnorm alpha=1.5'].
 *  Kinds of schedule and method are always told, the rest where it differs. */
export function traitsOf(family: readonly PlacedArm[]): (arm: PlacedArm) => string[] {
  const [weights, schedules, ...others] = [weight, schedule, ...further].map((trait) => difference(trait, family));
  const params = [...new Set(family.flatMap(({ method }) => Object.keys(method.params)))].filter(
    (name) => new Set(family.map(({ method }) => method.params[name])).size > 1,
  );
  return (arm) => [
    ...(weights?.(arm) ?? []),
    ...scheduleParts(arm, schedules?.(arm) ?? []),
    ...others.flatMap((told) => told?.(arm) ?? []),
    ...methodParts(arm, params),
  ];
}

/** Told once for all tasks where no arm tells its own tasks apart by it, else once a task that differs.  @returns null where no two arms differ by it */
function difference(trait: Trait, family: readonly PlacedArm[]): ((arm: PlacedArm) => string[]) | null {
  const values = new Map<string, Set<string>>();
  for (const { key, task } of family.flatMap(({ tasks }) => tasks)) values.set(key, new Set([...(values.get(key) ?? []), ...valueOf(trait, task)]));
  const places = new Set([...values].filter(([, all]) => all.size > 1).map(([key]) => key));
  if (places.size === 0) return null;
  const isUniform = family.every(({ tasks }) => new Set(tasks.flatMap(({ task }) => valueOf(trait, task))).size < 2);
  return ({ tasks }) => {
    const told = isUniform
      ? new Set(tasks.map(({ task }) => trait.words(task)))
      : tasks.filter(({ key, task }) => places.has(key) && trait.words(task) !== '').map(({ task, words }) => `${trait.words(task)} ${words}`);
    return [...told].filter((words) => words !== '');
  };
}

function valueOf(trait: Trait, task: ComparedTask): string[] {
  const value = trait.of(task);
  return value === undefined ? [] : [JSON.stringify(value)];
}

/** What tells the arm's schedules from those of the family, and of its kinds those that this does not name: arms of other families have others. */
function scheduleParts(arm: PlacedArm, told: readonly string[]): string[] {
  const isTold = (id: string): boolean => arm.tasks.some(({ task }) => task.schedule.id === id && told.some((words) => words.startsWith(schedule.words(task))));
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
