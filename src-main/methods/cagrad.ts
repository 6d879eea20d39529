/** CAGrad (Liu, Liu, Jin, Stone and Liu, NeurIPS 2021, eq. 3 and 5): the direction within c |gmean| of the mean gradient that improves the worst task
 *  most, d = gmean + c |gmean| g_w / |g_w| with w minimising <g_w, gmean> + c |gmean| |g_w| on the simplex. Not rescaled by 1 / (1 + c^2), not
 *  multiplied by K. Solved exactly: |g_w| = min over t of (|g_w|^2 / t + t) / 2 makes it a quadratic problem for each t, and the right t, at which
 *  |g_w(t)| = t, is found by bisection of a monotone function. Where g_w vanishes no direction improves all tasks and the weights are 0. */
import { noState } from './activeTasks.ts';
import { gramianMethod } from './kinds.ts';
import { at, diagonal, filled, form, liftDiagonal, mapMatrix, sum, times } from './linalg.ts';
import type { Matrix } from './linalg.ts';
import { minimiseOnSimplex } from './quadratic.ts';
import { numberOf } from './reading.ts';

const ridge = 1e-12; // of the trace
const vanishing = 1e-5; // of the root of the trace

export const cagrad = gramianMethod({
  id: 'cagrad',
  title: 'Conflict-averse gradient descent',
  paper: 'Liu, Liu, Jin, Stone and Liu, "Conflict-averse gradient descent for multi-task learning", NeurIPS 2021, eq. 3 and 5',
  summary: 'Follows the mean gradient, bent within a ball towards the task that improves least. A larger c bends more.',
  whenToUse: 'Several tasks that all matter and conflict; for comparison with the literature.',
  formula: 'd = gmean + c |gmean| g_w / |g_w|,  w = argmin over the simplex of <g_w, gmean> + c |gmean| |g_w|',
  traps: [
    'An auxiliary whose gradient is 0 stops all training, as under MGDA.',
    'Packages differ by the factors 1 / (1 + c^2) and K: the same name with another learning rate.',
    'It is symmetric: the main task gives way to the worst one.',
  ],
  cost: '1 forward pass, 1 backward pass for each task',
  params: {
    c: {
      kind: 'number',
      default: 0.4,
      min: 0,
      max: 10,
      help: 'Radius of the ball around the mean gradient; 0 is the mean. Converges to the mean loss below 1.',
    },
  },
  claims: ['non-negative', 'scale-invariant-direction', 'permutation-equivariant', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  init: () => noState,
  update: (state, seen, params) => ({ weights: weigh(seen.gramian, numberOf(params, 'c')), state }),
});

function weigh(gramian: Matrix, c: number): number[] {
  const count = gramian.length;
  const trace = sum(diagonal(gramian));
  const even = filled(count, 1 / count);
  if (!(trace > 0) || c === 0) return even;
  const scaled = liftDiagonal(
    mapMatrix(gramian, (value) => value / trace),
    ridge,
  );
  const length = (weights: readonly number[]): number => Math.sqrt(Math.max(0, form(weights, scaled, weights)));
  const radius = c * length(even);
  const towardsMean = times(scaled, even);
  const best = (t: number): number[] =>
    minimiseOnSimplex(
      mapMatrix(scaled, (value) => (radius * value) / t),
      towardsMean,
    );
  let [low, high] = [1e-9, 1]; // every |g_w| is below 1, the root of the scaled trace
  for (let halving = 0; halving < 40 && high - low > 1e-11 * high; halving++) {
    const middle = Math.sqrt(low * high);
    if (length(best(middle)) > middle) low = middle;
    else high = middle;
  }
  const mixture = best(high);
  const mixed = length(mixture);
  if (mixed < vanishing) return filled(count, 0);
  return even.map((share, i) => share + (radius / mixed) * at(mixture, i));
}
