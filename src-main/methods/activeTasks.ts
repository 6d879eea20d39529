/** Lets a method see only the tasks that take part at present. Written once for all methods: a method's file knows nothing of inactive tasks, while
 *  its state keeps one entry for every task, so that a task that comes back finds its own numbers again. */
import { withGramianOptions } from './gramianOptions.ts';
import type { Method, MethodUpdate, Seen } from './method.ts';

/** The state that every method keeps: lists with one entry a task, matrices with one a pair of tasks, and plain numbers that belong to no task. */
export interface TaskState {
  readonly perTask: Readonly<Record<string, readonly number[]>>;
  readonly perPair?: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly shared?: Readonly<Record<string, number>>;
}

/** The state of methods that remember nothing. */
export type NoState = { readonly perTask: Record<never, readonly number[]> };
export const noState: NoState = { perTask: {} };

/** Wraps a method: inactive tasks are left out of what it sees and of its state, and get weight 0. When the main task is alone its weight is
 *  exactly 1 and the state stays. */
export function overActiveTasks<State extends TaskState>(method: Method<State>): Method<State> {
  const update: Method<State>['update'] = (state, seen, params, random) => {
    const taskCount = seen.losses.length;
    checkShapes(method, seen);
    const active = seen.losses.flatMap((_, task) => (task === 0 || seen.active?.[task] !== false ? [task] : []));
    if (active.length === 1) return { weights: seen.losses.map((_, task) => (task === 0 ? 1 : 0)), state };
    if (active.length === taskCount) return method.update(state, seen, params, random);
    const inner = method.update(pickState(state, active), pickSeen(seen, active), params, random);
    return scatter(inner, state, active, taskCount);
  };
  return withGramianOptions({ ...method, update });
}

function checkShapes<State>(method: Method<State>, seen: Seen): void {
  const taskCount = seen.losses.length;
  const wrong = (what: string, length: number): RangeError => new RangeError(`Method ${method.id}: ${what} has ${length} entries for ${taskCount} tasks.`);
  if (taskCount === 0) throw new RangeError(`Method ${method.id}: there is no task.`);
  if (seen.active !== undefined && seen.active.length !== taskCount) throw wrong('active', seen.active.length);
  if (seen.lossesAfter !== undefined && seen.lossesAfter.length !== taskCount) throw wrong('lossesAfter', seen.lossesAfter.length);
  for (const row of seen.gramian ?? []) if (row.length !== taskCount) throw wrong('a row of the Gramian', row.length);
  if (seen.gramian !== undefined && seen.gramian.length !== taskCount) throw wrong('the Gramian', seen.gramian.length);
}

function pick<T>(values: readonly T[], indexes: readonly number[]): T[] {
  return indexes.flatMap((i) => {
    const value = values[i];
    return value === undefined ? [] : [value];
  });
}

function pickSeen(seen: Seen, active: readonly number[]): Seen {
  const { active: _, gramian, lossesAfter, lookAhead, ...rest } = seen;
  return {
    ...rest,
    losses: pick(seen.losses, active),
    epochLosses: seen.epochLosses.map((losses) => pick(losses, active)),
    ...(gramian === undefined ? {} : { gramian: pick(gramian, active).map((row) => pick(row, active)) }),
    ...(lossesAfter === undefined ? {} : { lossesAfter: pick(lossesAfter, active) }),
    ...(lookAhead === undefined ? {} : { lookAhead: { ...lookAhead, plus: pick(lookAhead.plus, active), minus: pick(lookAhead.minus, active) } }),
  };
}

function pickState<State extends TaskState>(state: State, active: readonly number[]): State {
  const picked: TaskState = {
    ...state,
    perTask: mapRecord(state.perTask, (values) => pick(values, active)),
    ...(state.perPair === undefined ? {} : { perPair: mapRecord(state.perPair, (rows) => pick(rows, active).map((row) => pick(row, active))) }),
  };
  return picked as State; // the same keys with shorter lists: TypeScript cannot follow a mapped generic
}

/** Puts the active tasks' weights and state back to their places; the inactive ones keep their state and weigh 0. */
function scatter<State extends TaskState>(inner: MethodUpdate<State>, old: State, active: readonly number[], taskCount: number): MethodUpdate<State> {
  const back = <T>(kept: readonly T[], values: readonly T[]): T[] => kept.map((value, task) => values[active.indexOf(task)] ?? value);
  const { perTask, perPair } = inner.state;
  const state: TaskState = {
    ...inner.state,
    perTask: mapRecord(perTask, (values, name) => back(old.perTask[name] ?? [], values)),
    ...(perPair === undefined
      ? {}
      : {
          perPair: mapRecord(perPair, (rows, name) => {
            const full = old.perPair?.[name] ?? [];
            return full.map((row, task) => (active.includes(task) ? back(row, rows[active.indexOf(task)] ?? []) : row));
          }),
        }),
  };
  const weights = back(new Array<number>(taskCount).fill(0), inner.weights);
  return { weights, state: state as State }; // as in pickState
}

function mapRecord<T>(record: Readonly<Record<string, T>>, change: (value: T, name: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));
}
