/** Runs one step with the weights of schedules and method together: lambda_i(t) from the schedules, w_i from the method.
 *  Methods over losses see the plain losses and their weights are multiplied with lambda; methods over the Gramian see the gradients of lambda_i * loss_i,
 *  so that a conflict counts as much as the task does. A task with lambda 0 is no part of the step: with none left the main task has weight 1 exactly. */
import { LabError } from '../contract/errors.ts';
import type { Params } from '../contract/params.ts';
import { Stream } from '../contract/random.ts';
import type { Method, Seen } from '../methods/method.ts';
import type { ScalarName } from './optimizers.ts';
import type { Batch, StepEngine } from './stepEngine.ts';

export interface WeighedStep {
  readonly losses: readonly number[];
  readonly weights: readonly number[]; // of each loss in the direction that was taken
  readonly gradientSquares: Float32Array;
  readonly methodState: unknown;
}

export interface WeighingInput {
  readonly engine: StepEngine;
  readonly method: Method;
  readonly params: Params;
  readonly methodState: unknown;
  readonly seed: number;
  readonly step: number;
  readonly epoch: number;
  readonly epochLosses: readonly (readonly number[])[];
  readonly lambdas: readonly number[]; // 1 for the main task
  readonly batch: Batch;
  readonly scalars: Readonly<Record<ScalarName, number>>;
  /** Called with the losses as soon as they are known and before anything else happens with them; throws to stop the run. */
  readonly check: (losses: readonly number[], gradientSquares: Float32Array | null) => void;
}

export function weighedStep(input: WeighingInput): WeighedStep {
  const { engine, method, params, lambdas, batch, scalars, check } = input;
  const random = (): (() => number) => {
    const stream = new Stream(input.seed, 'method', input.step);
    return () => stream.uniform();
  };
  const active = lambdas.map((lambda, k) => k === 0 || lambda > 0);
  const seen = (losses: readonly number[], more: Partial<Seen> = {}): Seen => ({
    step: input.step,
    epoch: input.epoch,
    losses,
    active,
    epochLosses: input.epochLosses,
    ...more,
  });
  const ask = (state: unknown, what: Seen): { readonly weights: readonly number[]; readonly state: unknown } => {
    const update = method.update(state, what, params, random());
    const wrong = update.weights.findIndex((weight) => !Number.isFinite(weight));
    if (wrong >= 0) throw new LabError('run-failed', `Method ${method.id} gave task ${wrong} a weight that is not a number at step ${input.step}.`);
    return update;
  };

  if (method.needs === 'gramian') {
    const { losses, gramian } = engine.observe(batch, lambdas);
    check(losses, null);
    const update = ask(input.methodState, seen(losses, { gramian }));
    const { gradientSquares } = engine.apply(update.weights, scalars);
    check(losses, gradientSquares);
    return { losses, weights: product(update.weights, lambdas), gradientSquares, methodState: learnAfter(update.state, losses, gramian) };
  }
  const before = method.timing === 'now' ? engine.losses(batch) : null;
  if (before !== null) check(before, null);
  const first = ask(input.methodState, seen(before ?? lambdas.map(() => NaN)));
  const weights = product(first.weights, lambdas);
  const { losses, gradientSquares } = engine.step(batch, weights, scalars);
  check(losses, gradientSquares);
  const state = before === null ? ask(input.methodState, seen(losses)).state : first.state;
  return { losses, weights, gradientSquares, methodState: learnAfter(state, losses) };

  function learnAfter(state: unknown, losses: readonly number[], gramian?: Seen['gramian']): unknown {
    if (method.needsLossesAfter !== true) return state;
    return ask(state, seen(losses, { lossesAfter: engine.losses(batch), ...(gramian === undefined ? {} : { gramian }) })).state;
  }
}

function product(weights: readonly number[], lambdas: readonly number[]): number[] {
  return weights.map((weight, k) => weight * (lambdas[k] ?? 0));
}
