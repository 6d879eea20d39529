/** Asks a method for its factors: shows it the tasks that take part and are not left alone, and holds its answer to what the plan allows. */
import { LabError } from '../contract/errors.ts';
import { Stream } from '../contract/random.ts';
import type { Seen } from '../methods/method.ts';
import type { WeighingInput } from './weighingInput.ts';

export interface Asking {
  /** Which tasks the method sees. */
  readonly managed: readonly boolean[];
  /** @returns one factor a task: the method's within its bounds, 1 for a task that is left alone, 0 for one that takes no part
   *  @throws LabError run-failed when a factor is not a number */
  method(state: unknown, losses: readonly number[], more?: Partial<Seen>): { readonly factors: readonly number[]; readonly state: unknown };
  /** The state after a method that wants to know the losses after the step was told them. */
  afterwards(state: unknown, losses: readonly number[]): unknown;
  /** Stands for losses that are not known yet. */
  unknownLosses(): readonly number[];
  checkFactors(factors: readonly number[]): void;
}

type AskingInput = Pick<WeighingInput, 'engine' | 'method' | 'params' | 'tasks' | 'seed' | 'step' | 'epoch' | 'epochLosses' | 'lambdas' | 'batch'>;

export function asking({ engine, method, params, tasks, seed, step, epoch, epochLosses, lambdas, batch }: AskingInput): Asking {
  const managed = managedTasks(lambdas, tasks);
  const every = params['every'];
  const checkFactors = (factors: readonly number[]): void => {
    const wrong = factors.findIndex((factor) => !Number.isFinite(factor));
    if (wrong >= 0)
      throw new LabError('run-failed', `Method ${method.id} gave task "${tasks[wrong]?.id ?? ''}" a weight that is not a number at step ${step}.`);
  };
  const ask: Asking['method'] = (state, losses, more = {}) => {
    const stream = new Stream(seed, 'method', step); // each call of a step draws the same numbers
    const update = method.update(state, { step, epoch, losses, active: managed, epochLosses, ...more }, params, () => stream.uniform());
    checkFactors(update.weights);
    return { factors: update.weights.map((factor, k) => settled(factor, k)), state: update.state };
  };
  const settled = (factor: number, k: number): number => {
    if (k === 0) return factor;
    if (managed[k] !== true) return (lambdas[k] ?? 0) > 0 ? 1 : 0;
    const bounds = tasks[k]?.bounds ?? null;
    return bounds === null ? factor : Math.min(bounds.max, Math.max(bounds.min, factor));
  };
  return {
    managed,
    method: ask,
    afterwards(state, losses) {
      if (method.needsLossesAfter !== true || (step + 1) % (typeof every === 'number' ? every : 1) !== 0) return state;
      return ask(state, losses, { lossesAfter: engine.losses(batch) }).state;
    },
    unknownLosses: () => lambdas.map(() => NaN),
    checkFactors,
  };
}

/** The tasks that a method balances: the main task, and those with a weight that are not left alone. */
export function managedTasks(lambdas: readonly number[], tasks: WeighingInput['tasks']): boolean[] {
  return lambdas.map((lambda, k) => k === 0 || (lambda > 0 && tasks[k]?.balanced === true));
}
