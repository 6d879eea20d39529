/** Runs one step with the weights of schedules and method together: lambda_i(t) from the schedules, factors f_i from the method.
 *  Methods over losses see the plain losses and their factors are multiplied with lambda; methods that look at gradients see those of lambda_i * loss_i,
 *  so that a conflict counts as much as the task does. A task with lambda 0 is no part of the step: with none left the main task has factor 1 exactly.
 *  A task that is not balanced keeps factor 1, whatever the method does with the others; bounds hold the method's factor. */
import { lookInterval, usesRepresentation } from '../methods/gramianOptions.ts';
import { asking, managedTasks, type Asking } from './asking.ts';
import type { Directions } from './diagnostics.ts';
import { canUseFormula } from './needs.ts';
import type { StepOutcome } from './stepEngine.ts';
import type { WeighingInput, WeightingState } from './weighingInput.ts';

export interface WeighedStep {
  readonly losses: readonly number[];
  readonly weights: readonly number[]; // of each loss in the direction that was taken
  readonly gradientSquares: Float32Array;
  readonly weighting: WeightingState;
  readonly directions: Directions | null; // when a look was wanted
}

export function weighedStep(input: WeighingInput): WeighedStep {
  const { method, params, tasks } = input;
  const ask = asking(input);
  switch (method.needs) {
    case 'gramian':
      return usesRepresentation(params) ? representationStep(input, ask) : gramianStep(input, ask);
    case 'look-ahead':
      return lookAheadStep(input, ask);
    case 'losses':
    case 'branches':
      if (method.timing === 'before') return plainStep(input, ask);
      return canUseFormula(method, tasks) && ask.managed.every(Boolean) ? formulaStep(input, ask) : twoPassStep(input, ask);
    default:
      return method.needs satisfies never;
  }
}

/** Factors that are known before the step. */
function plainStep(input: WeighingInput, ask: Asking): WeighedStep {
  const { factors } = ask.method(input.weighting.method, ask.unknownLosses());
  const look = lookIfWanted(input);
  const outcome = checkedStep(input, factors);
  return result(input, outcome, factors, ask.afterwards(ask.method(input.weighting.method, outcome.losses).state, outcome.losses), look);
}

/** Factors from the step's own losses, computed by the engine between the forward and the backward pass. */
function formulaStep(input: WeighingInput, ask: Asking): WeighedStep {
  const { engine, method, params, weighting, batch, lambdas, scalars, check } = input;
  const look = lookIfWanted(input);
  const outcome = engine.stepByFormula(batch, lambdas, method.formulaOfLosses?.inputs(weighting.method, params) ?? [], scalars);
  check(outcome.losses, outcome.gradientSquares);
  ask.checkFactors(outcome.weights);
  return result(input, outcome, outcome.weights, ask.afterwards(ask.method(weighting.method, outcome.losses).state, outcome.losses), look);
}

/** The same where not all tasks take part: one forward pass for the losses, then the step. */
function twoPassStep(input: WeighingInput, ask: Asking): WeighedStep {
  const losses = input.engine.losses(input.batch);
  input.check(losses, null);
  const { factors, state } = ask.method(input.weighting.method, losses);
  const look = lookIfWanted(input);
  const outcome = checkedStep(input, factors);
  return result(input, outcome, factors, ask.afterwards(state, outcome.losses), look);
}

/** Every task's gradient on the trunk, then the step along their mixture; in between, when the method looks only now and then, the last factors. */
function gramianStep(input: WeighingInput, ask: Asking): WeighedStep {
  const { engine, batch, lambdas, scalars, check, wantsLook } = input;
  const kept = keptFactors(input, ask);
  if (kept !== null) return gatedStep(input, kept, input.weighting.method);
  const { losses, gramian } = engine.observe(batch, lambdas);
  check(losses, null);
  const { factors, state } = ask.method(input.weighting.method, losses, { gramian });
  const { gradientSquares } = engine.apply(factors, scalars);
  check(losses, gradientSquares);
  // The gradients were those of lambda * loss; of a task with lambda 0 nothing is known.
  const look = wantsLook ? gramian.map((row, i) => row.map((value, j) => value / ((lambdas[i] ?? 0) * (lambdas[j] ?? 0)))) : null;
  return result(input, { losses, gradientSquares }, factors, state, look);
}

/** The gradients at the features that all tasks share, then one backward pass through the trunk. */
function representationStep(input: WeighingInput, ask: Asking): WeighedStep {
  const kept = keptFactors(input, ask);
  if (kept !== null) return gatedStep(input, kept, input.weighting.method);
  const { losses, gramian } = input.engine.look(input.batch, input.lambdas, 'representation');
  input.check(losses, null);
  const { factors, state } = ask.method(input.weighting.method, losses, { gramian });
  return gatedStep(input, factors, state);
}

/** Factors from the method's state; before the step, in every k-th one, a look at where the main loss on held-out rows is going. */
function lookAheadStep(input: WeighingInput, ask: Asking): WeighedStep {
  const { engine, params, weighting, batch, lambdas, scalars, step, heldOut } = input;
  const { factors } = ask.method(weighting.method, ask.unknownLosses());
  const every = params['every'];
  const isDue = step % (typeof every === 'number' ? every : 1) === 0 && ask.managed.some((isManaged, k) => isManaged && k > 0);
  const seen = isDue && heldOut !== null ? engine.lookAhead(batch, product(factors, lambdas), scalars.learningRate, heldOut()) : null;
  const look = lookIfWanted(input);
  const outcome = checkedStep(input, factors);
  if (seen === null) return result(input, outcome, factors, weighting.method, look);
  const lookAhead = { ...seen, plus: product(seen.plus, lambdas), minus: product(seen.minus, lambdas) };
  return result(input, outcome, factors, ask.method(weighting.method, outcome.losses, { lookAhead }).state, look);
}

/** The last factors, while they may stay in force: between two looks, as long as the same tasks take part. */
function keptFactors({ method, params, step, weighting: { last } }: WeighingInput, { managed }: Asking): readonly number[] | null {
  if (last === null || step % lookInterval(method, params) === 0) return null;
  return last.managed.every((value, k) => value === managed[k]) ? last.factors : null;
}

/** A step whose trunk follows the factors, while each head follows its own task. */
function gatedStep(input: WeighingInput, factors: readonly number[], state: unknown): WeighedStep {
  const look = lookIfWanted(input);
  const outcome = input.engine.step(input.batch, input.lambdas, input.scalars, factors);
  input.check(outcome.losses, outcome.gradientSquares);
  return result(input, outcome, factors, state, look);
}

function checkedStep(input: WeighingInput, factors: readonly number[]): StepOutcome {
  const outcome = input.engine.step(input.batch, product(factors, input.lambdas), input.scalars);
  input.check(outcome.losses, outcome.gradientSquares);
  return outcome;
}

/** The inner products of the plain losses' gradients where the step begins. */
function lookIfWanted({ engine, batch, lambdas, wantsLook }: WeighingInput): Directions['gramian'] | null {
  if (!wantsLook) return null;
  return engine.look(
    batch,
    lambdas.map(() => 1),
    'trunk',
  ).gramian;
}

function result(input: WeighingInput, outcome: StepOutcome, factors: readonly number[], state: unknown, look: Directions['gramian'] | null): WeighedStep {
  const { lambdas, tasks, method } = input;
  const weights = product(factors, lambdas);
  return {
    losses: outcome.losses,
    gradientSquares: outcome.gradientSquares,
    weights,
    weighting: { method: state, last: method.needs === 'gramian' ? { factors, managed: managedTasks(lambdas, tasks) } : null },
    directions: look === null ? null : { gramian: look, weights },
  };
}

function product(factors: readonly number[], lambdas: readonly number[]): number[] {
  return factors.map((factor, k) => factor * (lambdas[k] ?? 0));
}
