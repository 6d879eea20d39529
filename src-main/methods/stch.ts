/** Smooth Tchebycheff scalarization (Lin, Zhang, Yang, Liu, Wang and Zhang, ICML 2024, eq. 9): the gradient of mu log sum_i exp((L_i - z_i) / (K mu)),
 *  with preference 1/K for each task and the ideal point z = 0. On the losses themselves, not on their logarithms over a nadir as in the authors' code
 *  for neural networks, which is another objective under the same name. */
import { noState } from './activeTasks.ts';
import { softmaxOf, type WeightFormula } from './arithmetic.ts';
import { formulaMethod } from './kinds.ts';
import { numberOf } from './reading.ts';

const formula: WeightFormula = {
  inputs: (_, params) => [1 / numberOf(params, 'mu')],
  weights(arithmetic, losses, [sharpness]) {
    const each = arithmetic.number(1 / losses.length);
    const factor = arithmetic.multiply(sharpness ?? arithmetic.number(NaN), each); // the input is always there
    const scaled = losses.map((loss) => arithmetic.multiply(loss, factor));
    return softmaxOf(arithmetic, scaled).map((share) => arithmetic.multiply(share, each));
  },
};

export const stch = formulaMethod({
  id: 'stch',
  title: 'Smooth Tchebycheff scalarization',
  paper: 'Lin, Zhang, Yang, Liu, Wang and Zhang, "Smooth Tchebycheff scalarization for multi-objective optimization", ICML 2024, eq. 9',
  summary: 'Works mostly on the task with the largest loss, more softly the larger mu is. It seeks the best worst case over all tasks.',
  whenToUse: 'When the worst task counts most and all losses are on one scale; seldom right when only the main task counts.',
  formula: 'L = mu log sum_i exp(L_i / (K mu)),  w_i = softmax_i(L_i / (K mu)) / K',
  traps: [
    'It protects the worst task, and that is usually the auxiliary.',
    'The weights add up to 1/K, as published: the step is shorter than with fixed weights.',
    'mu has the unit of the losses.',
  ],
  cost: '1 forward pass, 1 backward pass',
  params: {
    mu: {
      kind: 'number',
      default: 0.5,
      min: 0,
      exclusiveMin: true,
      max: 1e6,
      help: 'Smoothness; near 0 only the largest loss counts. The paper tries 0.01 to 1.',
    },
  },
  claims: ['non-negative', 'permutation-equivariant', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  formulaOfLosses: formula,
  init: () => noState,
  learn: (state) => state,
});
