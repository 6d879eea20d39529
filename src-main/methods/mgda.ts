/** MGDA (Desideri, Comptes Rendus Mathematique 2012; for neural networks Sener and Koltun, NeurIPS 2018, eq. 4): the shortest gradient in the convex
 *  hull of the tasks' gradients. Solved exactly by active sets on the matrix of cosines, whatever the lengths, with 1e-10 added to its diagonal, which shares
 *  the weight evenly among equal gradients. Zero gradients take all the weight, as in the paper. The gradients are not normalised. */
import { noState } from './activeTasks.ts';
import { gramianMethod } from './kinds.ts';
import { at, cosine, liftDiagonal, norms, sum } from './linalg.ts';
import type { Matrix } from './linalg.ts';
import { minimiseNonNegative } from './quadratic.ts';

const ridge = 1e-10;

export const mgda = gramianMethod({
  id: 'mgda',
  title: 'Multiple gradient descent',
  paper:
    'Desideri, "Multiple-gradient descent algorithm (MGDA) for multiobjective optimization", ' +
    'Comptes Rendus Mathematique, 2012; Sener and Koltun, NeurIPS 2018, eq. 4',
  summary: 'Takes the shortest mixture of the gradients, which makes no task worse to first order. The weights add up to 1.',
  whenToUse: 'For comparison with the literature; seldom when one task is the main one.',
  formula: 'min over w >= 0 with sum 1 of |sum_i w_i g_i|^2',
  traps: [
    'The smallest gradient decides: an auxiliary whose gradient is 0 stops all training.',
    'A task that is nearly learnt slows the main task down.',
    'The step is shorter than with fixed weights.',
  ],
  cost: '1 forward pass, 1 backward pass for each task',
  params: {},
  claims: [
    'main-never-opposed',
    'no-task-opposed',
    'non-negative',
    'sum-of-weights-is-one',
    'scale-invariant-direction',
    'permutation-equivariant',
    'auxiliary-order-irrelevant',
    'single-task-is-identity',
  ],
  init: () => noState,
  update: (state, seen) => ({ weights: shortest(seen.gramian), state }),
});

/** min w^T G w on the simplex, as min 0.5 u^T C u - c^T u over u >= 0 with u_i = w_i |g_i| up to a factor, c_i = 1 / |g_i| and the cosines C: both seek
 *  the smallest ratio of the mixture's length to the sum of its weights. */
function shortest(gramian: Matrix): number[] {
  const lengths = norms(gramian);
  const silent = lengths.filter((length) => length === 0).length;
  if (silent > 0) return lengths.map((length) => (length === 0 ? 1 / silent : 0));
  const shortestLength = Math.min(...lengths);
  const inverse = lengths.map((length) => shortestLength / length);
  const cosines = gramian.map((row, i) => row.map((_, j) => (i === j ? 1 : cosine(gramian, i, j))));
  const shares = minimiseNonNegative(
    liftDiagonal(cosines, ridge),
    inverse.map((value) => -value),
  );
  const raw = shares.map((share, i) => share * at(inverse, i));
  const total = sum(raw);
  return raw.map((value) => value / total);
}
