/** ARML (Shi, Hoffman, Saenko, Darrell and Xu, NeurIPS 2020, eq. 8 and algorithm 1): auxiliary weights whose mixture of auxiliary gradients comes
 *  nearest to the main gradient, min |g_0 - sum_i w_i g_i|^2, by one projected gradient step for each training step; a step uses the weights from before
 *  it. Differs: the weights are >= 0 with a sum of at most the number of auxiliaries (budget = fixed demands that sum, as published, and leaves a
 *  single auxiliary at 1 forever); the step is divided by the auxiliaries' squared lengths, so that the scale of the losses does not matter; no
 *  Langevin noise is added to the parameters. */
import { gramianMethod } from './kinds.ts';
import { diagonal, dot, filled, sum } from './linalg.ts';
import type { Params } from '../contract/params.ts';
import { choiceOf, numberOf } from './reading.ts';

interface ArmlState {
  readonly perTask: { readonly weight: readonly number[] };
}

export const arml = gramianMethod<ArmlState>({
  id: 'arml',
  title: 'Auxiliary task reweighting',
  paper: 'Shi, Hoffman, Saenko, Darrell and Xu, "Auxiliary task reweighting for minimum-data learning", NeurIPS 2020, eq. 8 and algorithm 1',
  summary: 'Weights the auxiliaries so that together they pull like the main gradient. Auxiliaries that pull elsewhere fade out.',
  whenToUse: 'Several auxiliaries and few labels of the main task.',
  formula: 'w <- project(w - rate grad |g_0 - sum_i w_i g_i|^2 / sum_i |g_i|^2)',
  traps: [
    'The weight that the plan gives an auxiliary is evened out as far as the budget allows.',
    'With few main labels the main gradient that it imitates is itself noisy.',
    'An auxiliary with a longer gradient gets a smaller weight at equal worth.',
    'With budget fixed a single auxiliary keeps weight 1: the method does nothing.',
  ],
  cost: '1 forward pass, 1 backward pass for each task',
  params: {
    learningRate: { kind: 'number', default: 0.05, min: 0, max: 0.5, help: 'Step length; at 0.5 a single auxiliary jumps to the optimum of the batch.' },
    budget: {
      kind: 'choice',
      default: 'at-most',
      choices: ['at-most', 'fixed'],
      help: 'Sum of the auxiliary weights: at most their number, or exactly that as published.',
    },
  },
  claims: ['non-negative', 'scale-invariant-direction', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  init: (taskCount) => ({ perTask: { weight: filled(taskCount, 1) } }),
  update: (state, seen, params) => {
    const { weight } = state.perTask;
    const { gramian } = seen;
    const weights = [1, ...project(weight.slice(1), params)]; // tasks may have joined or left since the last projection
    const squares = sum(diagonal(gramian).slice(1));
    if (!(squares > 0)) return { weights, state };
    const mixture = weights.map((value, task) => (task === 0 ? -1 : value)); // the mixture of auxiliaries minus the main gradient
    const stepped = weights.slice(1).map((value, i) => value - (2 * numberOf(params, 'learningRate') * dot(gramian[i + 1] ?? [], mixture)) / squares);
    return { weights, state: { perTask: { weight: [1, ...project(stepped, params)] } } };
  },
});

/** The nearest weights >= 0 within the budget (Duchi et al., ICML 2008, figure 1). */
function project(values: readonly number[], params: Params): number[] {
  const budget = values.length;
  const clipped = values.map((value) => Math.max(0, value));
  if (choiceOf(params, 'budget') === 'at-most' && sum(clipped) <= budget) return clipped;
  const sorted = [...values].sort((a, b) => b - a);
  let total = 0;
  let shift = 0;
  sorted.forEach((value, i) => {
    total += value;
    const candidate = (total - budget) / (i + 1);
    if (value > candidate) shift = candidate;
  });
  return values.map((value) => Math.max(0, value - shift));
}
