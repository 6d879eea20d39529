/** Asks a method for its factors: shows it the tasks that take part and are not left alone, and holds its answer to what the plan allows. */
import { LabError } from '../../../contract/errors.ts';
import { Stream } from '../../../contract/random.ts';
import type { Known, Random, Weights } from '../../../methods/method.ts';
import type { WeighingInput } from './weighingInput.ts';

export interface Asking {
  /** Which tasks the method sees. */
  readonly managed: readonly boolean[];
  /** What it sees before the step. */
  readonly known: Known;
  /** The step's random numbers, the same in each call. */
  random(): Random;
  /** One factor a task: the method's weight within its bounds, 1 for a task that is left alone, 0 for one that takes no part.
   *  @throws LabError run-failed when a weight is not a number */
  factors(weights: Weights): readonly number[];
  checkWeights(weights: Weights): void;
}

type AskingInput = Pick<WeighingInput, 'method' | 'tasks' | 'seed' | 'step' | 'epoch' | 'epochLosses' | 'lambdas'>;

export function asking({ method, tasks, seed, step, epoch, epochLosses, lambdas }: AskingInput): Asking {
  const managed = managedTasks(lambdas, tasks);
  const checkWeights = (weights: Weights): void => {
    const wrong = weights.findIndex((weight) => !Number.isFinite(weight));
    if (wrong >= 0)
      throw new LabError('run-failed', `Method ${method.id} gave task "${tasks[wrong]?.id ?? ''}" a weight that is not a number at step ${step}.`);
  };
  const settled = (weight: number, k: number): number => {
    if (k === 0) return weight;
    if (managed[k] !== true) return (lambdas[k] ?? 0) > 0 ? 1 : 0;
    const bounds = tasks[k]?.bounds ?? null;
    return bounds === null ? weight : Math.min(bounds.max, Math.max(bounds.min, weight));
  };
  return {
    managed,
    known: { step, epoch, taskCount: tasks.length, active: managed, epochLosses },
    random() {
      const stream = new Stream(seed, 'method', step);
      return () => stream.uniform();
    },
    factors(weights) {
      checkWeights(weights);
      return weights.map(settled);
    },
    checkWeights,
  };
}

/** The tasks that a method balances: the main task, and those with a weight that are not left alone. */
export function managedTasks(lambdas: readonly number[], tasks: WeighingInput['tasks']): boolean[] {
  return lambdas.map((lambda, k) => k === 0 || (lambda > 0 && tasks[k]?.balanced === true));
}
