/** Runs one step with the weights of schedules and method together: lambda_i(t) from the schedules, factors f_i from the method.
 *  Methods over losses see the plain losses and their factors are multiplied with lambda; methods that look at gradients see those of lambda_i * loss_i,
 *  so that a conflict counts as much as the task does. A task with lambda 0 is no part of the step: with none left the main task has factor 1 exactly.
 *  A task that is not balanced keeps factor 1, whatever the method does with the others; bounds hold the method's factor. */
import { lookInterval, usesRepresentation } from '../../../methods/gramianOptions.ts';
import type { FormulaMethod, GramianMethod, HindsightMethod, LookAheadMethod, PresetMethod } from '../../../methods/method.ts';
import { everyOf } from '../../../methods/reading.ts';
import { asking, managedTasks, type Asking } from './asking.ts';
import type { Directions } from './diagnostics.ts';
import { canUseFormula } from './needs.ts';
import type { StepOutcome } from '../../stepEngine.ts';
import type { WeighingInput, WeightingState } from './weighingInput.ts';

export interface WeighedStep {
  readonly losses: readonly number[];
  readonly weights: readonly number[]; // of each loss in the direction that was taken
  readonly gradientSquares: Float32Array;
  readonly weighting: WeightingState;
  readonly directions: Directions | null; // when a look was wanted
}

export async function weighedStep(input: WeighingInput): Promise<WeighedStep> {
  const { method, params, tasks } = input;
  const ask = asking(input);
  switch (method.kind) {
    case 'preset':
      return presetStep(input, method, ask);
    case 'formula':
    case 'hindsight':
      return canUseFormula(tasks) && ask.managed.every(Boolean) ? formulaStep(input, method, ask) : twoPassStep(input, method, ask);
    case 'gramian':
      return usesRepresentation(params) ? representationStep(input, method, ask) : gramianStep(input, method, ask);
    case 'look-ahead':
      return lookAheadStep(input, method, ask);
    case 'forking':
      return plainStep(input, ask);
    default:
      return method satisfies never;
  }
}

/** The plain sum. */
async function plainStep(input: WeighingInput, ask: Asking): Promise<WeighedStep> {
  const factors = ask.factors(input.lambdas.map(() => 1));
  const look = await lookIfWanted(input);
  return result(input, await checkedStep(input, factors), factors, input.weighting.method, look);
}

/** Factors that are known before the step. */
async function presetStep(input: WeighingInput, method: PresetMethod, ask: Asking): Promise<WeighedStep> {
  const { params, weighting } = input;
  const factors = ask.factors(method.weights(weighting.method, ask.known, params, ask.random()));
  const look = await lookIfWanted(input);
  const outcome = await checkedStep(input, factors);
  return result(input, outcome, factors, method.learn(weighting.method, { ...ask.known, losses: outcome.losses }, params, ask.random()), look);
}

/** Factors from the step's own losses, computed by the engine between the forward and the backward pass. */
async function formulaStep(input: WeighingInput, method: FormulaMethod | HindsightMethod, ask: Asking): Promise<WeighedStep> {
  const { engine, params, weighting, batch, lambdas, scalars, check } = input;
  const look = await lookIfWanted(input);
  const outcome = await engine.stepByFormula(batch, lambdas, method.formulaOfLosses.inputs(weighting.method, params), scalars);
  check(outcome.losses, outcome.gradientSquares);
  ask.checkWeights(outcome.weights);
  return result(input, outcome, outcome.weights, await learnt(input, method, ask, outcome.losses), look);
}

/** The same where not all tasks take part: one forward pass for the losses, then the step. */
async function twoPassStep(input: WeighingInput, method: FormulaMethod | HindsightMethod, ask: Asking): Promise<WeighedStep> {
  const losses = await input.engine.losses(input.batch);
  input.check(losses, null);
  const factors = ask.factors(method.weights(input.weighting.method, { ...ask.known, losses }, input.params, ask.random()));
  const look = await lookIfWanted(input);
  const outcome = await checkedStep(input, factors);
  const learntFrom = method.kind === 'formula' ? losses : outcome.losses; // statistics of the very losses that gave the weights; in hindsight those of the step
  return result(input, outcome, factors, await learnt(input, method, ask, learntFrom), look);
}

/** The state after a step with these losses; in hindsight it takes one more forward pass, in every k-th step. */
async function learnt(input: WeighingInput, method: FormulaMethod | HindsightMethod, ask: Asking, losses: readonly number[]): Promise<unknown> {
  const { engine, params, batch, step } = input;
  const state = input.weighting.method;
  const seen = { ...ask.known, losses };
  if (method.kind === 'formula') return method.learn(state, seen, params, ask.random());
  if ((step + 1) % everyOf(params) !== 0) return state;
  return method.learn(state, { ...seen, lossesAfter: await engine.losses(batch) }, params, ask.random());
}

/** Every task's gradient on the trunk, then the step along their mixture; in between, when the method looks only now and then, the last factors. */
async function gramianStep(input: WeighingInput, method: GramianMethod, ask: Asking): Promise<WeighedStep> {
  const { engine, params, weighting, batch, lambdas, scalars, check, wantsLook } = input;
  const kept = keptFactors(input, method, ask);
  if (kept !== null) return gatedStep(input, kept, weighting.method);
  const { losses, gramian } = await engine.observe(batch, lambdas);
  check(losses, null);
  const { weights, state } = method.update(weighting.method, { ...ask.known, losses, gramian }, params, ask.random());
  const factors = ask.factors(weights);
  const { gradientSquares } = await engine.apply(factors, scalars);
  check(losses, gradientSquares);
  // The gradients were those of lambda * loss; of a task with lambda 0 nothing is known.
  const look = wantsLook ? gramian.map((row, i) => row.map((value, j) => value / ((lambdas[i] ?? 0) * (lambdas[j] ?? 0)))) : null;
  return result(input, { losses, gradientSquares }, factors, state, look);
}

/** The gradients at the features that all tasks share, then one backward pass through the trunk. */
async function representationStep(input: WeighingInput, method: GramianMethod, ask: Asking): Promise<WeighedStep> {
  const { engine, params, weighting, batch, lambdas } = input;
  const kept = keptFactors(input, method, ask);
  if (kept !== null) return gatedStep(input, kept, weighting.method);
  const { losses, gramian } = await engine.look(batch, lambdas, 'representation');
  input.check(losses, null);
  const { weights, state } = method.update(weighting.method, { ...ask.known, losses, gramian }, params, ask.random());
  return gatedStep(input, ask.factors(weights), state);
}

/** Factors from the method's state; before the step, in every k-th one, a look at where the main loss on held-out rows is going. */
async function lookAheadStep(input: WeighingInput, method: LookAheadMethod, ask: Asking): Promise<WeighedStep> {
  const { engine, params, weighting, batch, lambdas, scalars, step, heldOut } = input;
  const factors = ask.factors(method.weights(weighting.method, ask.known, params, ask.random()));
  const isDue = step % everyOf(params) === 0 && ask.managed.some((isManaged, k) => isManaged && k > 0);
  const found = isDue && heldOut !== null ? await engine.lookAhead(batch, product(factors, lambdas), scalars.learningRate, heldOut()) : null;
  const look = await lookIfWanted(input);
  const outcome = await checkedStep(input, factors);
  if (found === null) return result(input, outcome, factors, weighting.method, look);
  const lookAhead = { ...found, plus: product(found.plus, lambdas), minus: product(found.minus, lambdas) };
  return result(input, outcome, factors, method.learn(weighting.method, { ...ask.known, losses: outcome.losses, lookAhead }, params, ask.random()), look);
}

/** The last factors, while they may stay in force: between two looks, as long as the same tasks take part. */
function keptFactors({ params, step, weighting: { last } }: WeighingInput, method: GramianMethod, { managed }: Asking): readonly number[] | null {
  if (last === null || step % lookInterval(method, params) === 0) return null;
  return last.managed.every((value, k) => value === managed[k]) ? last.factors : null;
}

/** A step whose trunk follows the factors, while each head follows its own task. */
async function gatedStep(input: WeighingInput, factors: readonly number[], state: unknown): Promise<WeighedStep> {
  const look = await lookIfWanted(input);
  const outcome = await input.engine.step(input.batch, input.lambdas, input.scalars, factors);
  input.check(outcome.losses, outcome.gradientSquares);
  return result(input, outcome, factors, state, look);
}

async function checkedStep(input: WeighingInput, factors: readonly number[]): Promise<StepOutcome> {
  const outcome = await input.engine.step(input.batch, product(factors, input.lambdas), input.scalars);
  input.check(outcome.losses, outcome.gradientSquares);
  return outcome;
}

/** The inner products of the plain losses' gradients where the step begins. */
async function lookIfWanted({ engine, batch, lambdas, wantsLook }: WeighingInput): Promise<Directions['gramian'] | null> {
  if (!wantsLook) return null;
  const { gramian } = await engine.look(
    batch,
    lambdas.map(() => 1),
    'trunk',
  );
  return gramian;
}

function result(input: WeighingInput, outcome: StepOutcome, factors: readonly number[], state: unknown, look: Directions['gramian'] | null): WeighedStep {
  const { lambdas, tasks, method } = input;
  const weights = product(factors, lambdas);
  return {
    losses: outcome.losses,
    gradientSquares: outcome.gradientSquares,
    weights,
    weighting: { method: state, last: method.kind === 'gramian' ? { factors, managed: managedTasks(lambdas, tasks) } : null },
    directions: look === null ? null : { gramian: look, weights },
  };
}

function product(factors: readonly number[], lambdas: readonly number[]): number[] {
  return factors.map((factor, k) => factor * (lambdas[k] ?? 0));
}
