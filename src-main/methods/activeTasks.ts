/** Lets a method see only the tasks that take part at present. Written once for all methods: a method's file knows nothing of inactive tasks, while
 *  its state keeps one entry for every task, so that a task that comes back finds its own numbers again. */
import type { Params } from '../contract/params.ts';
import type { Known, MethodUpdate, Random, Seen, SeenAfter, SeenAhead, SeenGradients, Weights } from './method.ts';

/** The state that every method keeps: lists with one entry a task, matrices with one a pair of tasks, and plain numbers that belong to no task. */
export interface TaskState {
  readonly perTask: Readonly<Record<string, readonly number[]>>;
  readonly perPair?: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly shared?: Readonly<Record<string, number>>;
}

/** The state of methods that remember nothing. */
export type NoState = { readonly perTask: Record<never, readonly number[]> };
export const noState: NoState = { perTask: {} };

/** What is shown in any call. */
type Shown = Known & Partial<Pick<Seen, 'losses'> & Pick<SeenAfter, 'lossesAfter'> & Pick<SeenGradients, 'gramian'> & Pick<SeenAhead, 'lookAhead'>>;
type Call<State, Given, Answer> = (state: State, given: Given, params: Params, random: Random) => Answer;

/** A call for weights: inactive tasks get weight 0. When the main task is alone its weight is exactly 1. */
export function weightsOverActive<State extends TaskState, Given extends Known>(id: string, call: Call<State, Given, Weights>): Call<State, Given, Weights> {
  const ask = updateOverActive<State, Given>(id, (state, given, params, random) => ({ weights: call(state, given, params, random), state }));
  return (state, given, params, random) => ask(state, given, params, random).weights;
}

/** A call for the next state: that of inactive tasks stays as it is, and all of it when the main task is alone. */
export function stateOverActive<State extends TaskState, Given extends Known>(id: string, call: Call<State, Given, State>): Call<State, Given, State> {
  const ask = updateOverActive<State, Given>(id, (state, given, params, random) => ({ weights: [], state: call(state, given, params, random) }));
  return (state, given, params, random) => ask(state, given, params, random).state;
}

/** A call for both.
 *  @param id of the method, for errors     @throws RangeError when a list does not have one entry a task */
export function updateOverActive<State extends TaskState, Given extends Known>(
  id: string,
  call: Call<State, Given, MethodUpdate<State>>,
): Call<State, Given, MethodUpdate<State>> {
  return (state, given, params, random) => {
    const { taskCount } = given;
    const tasks = Array.from({ length: taskCount }, (_, task) => task);
    checkShapes(id, given);
    const active = tasks.filter((task) => task === 0 || given.active?.[task] !== false);
    if (active.length === 1) return { weights: tasks.map((task) => (task === 0 ? 1 : 0)), state };
    if (active.length === taskCount) return call(state, given, params, random);
    const inner = call(pickState(state, active), pickGiven(given, active), params, random);
    return { weights: back(new Array<number>(taskCount).fill(0), inner.weights, active), state: scatter(inner.state, state, active) };
  };
}

function checkShapes(id: string, { taskCount, active, losses, lossesAfter, gramian }: Shown): void {
  const wrong = (what: string, length: number): RangeError =>
    new RangeError(`Method ${id}: ${what} has ${length} ${length === 1 ? 'entry' : 'entries'} for ${taskCount} tasks.`);
  if (taskCount === 0) throw new RangeError(`Method ${id}: there is no task.`);
  const lists = { active, losses, lossesAfter };
  for (const [name, list] of Object.entries(lists)) if (list !== undefined && list.length !== taskCount) throw wrong(name, list.length);
  for (const row of gramian ?? []) if (row.length !== taskCount) throw wrong('a row of the Gramian', row.length);
  if (gramian !== undefined && gramian.length !== taskCount) throw wrong('the Gramian', gramian.length);
}

function pick<T>(values: readonly T[], indexes: readonly number[]): T[] {
  return indexes.flatMap((i) => {
    const value = values[i];
    return value === undefined ? [] : [value];
  });
}

function pickGiven<Given extends Known>(given: Given, active: readonly number[]): Given {
  const { active: _, losses, gramian, lossesAfter, lookAhead, ...rest }: Shown = given;
  const picked: Shown = {
    ...rest,
    taskCount: active.length,
    epochLosses: given.epochLosses.map((of) => pick(of, active)),
    ...(losses === undefined ? {} : { losses: pick(losses, active) }),
    ...(gramian === undefined ? {} : { gramian: pick(gramian, active).map((row) => pick(row, active)) }),
    ...(lossesAfter === undefined ? {} : { lossesAfter: pick(lossesAfter, active) }),
    ...(lookAhead === undefined ? {} : { lookAhead: { ...lookAhead, plus: pick(lookAhead.plus, active), minus: pick(lookAhead.minus, active) } }),
  };
  return picked as Given; // the same keys with shorter lists: TypeScript cannot follow a generic through its parts
}

function pickState<State extends TaskState>(state: State, active: readonly number[]): State {
  const picked: TaskState = {
    ...state,
    perTask: mapRecord(state.perTask, (values) => pick(values, active)),
    ...(state.perPair === undefined ? {} : { perPair: mapRecord(state.perPair, (rows) => pick(rows, active).map((row) => pick(row, active))) }),
  };
  return picked as State; // as in pickGiven
}

/** Puts the active tasks' state back to its places; the inactive ones keep theirs. */
function scatter<State extends TaskState>(inner: State, old: State, active: readonly number[]): State {
  const { perTask, perPair } = inner;
  const state: TaskState = {
    ...inner,
    perTask: mapRecord(perTask, (values, name) => back(old.perTask[name] ?? [], values, active)),
    ...(perPair === undefined
      ? {}
      : {
          perPair: mapRecord(perPair, (rows, name) => {
            const full = old.perPair?.[name] ?? [];
            return full.map((row, task) => (active.includes(task) ? back(row, rows[active.indexOf(task)] ?? [], active) : row));
          }),
        }),
  };
  return state as State; // as in pickGiven
}

/** @param values of the active tasks     @param kept of all tasks, for the others */
function back<T>(kept: readonly T[], values: readonly T[], active: readonly number[]): T[] {
  return kept.map((value, task) => values[active.indexOf(task)] ?? value);
}

function mapRecord<T>(record: Readonly<Record<string, T>>, change: (value: T, name: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
}
