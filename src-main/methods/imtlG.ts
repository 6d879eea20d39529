/** IMTL-G, the gradient balance of impartial multi-task learning (Liu et al., ICLR 2021, section 3.1, eq. 4 to 6): the mixture with weights of sum 1
 *  that has equal projections on all unit gradients. Solved as C y = 1 with the matrix C of cosines and w_i = y_i / |g_i|, normalised: for independent
 *  gradients the published solution, and safe for equal, opposite and zero gradients (pseudo-inverse; a zero gradient weighs 0). Where the y cancel no
 *  such mixture of sum 1 exists and the weights are 0. */
import { noState } from './activeTasks.ts';
import { gramianMethod } from './kinds.ts';
import { at, cosine, norms, spectral, sum } from './linalg.ts';

const cancelled = 1e-9;

export const imtlG = gramianMethod({
  id: 'imtl-g',
  title: 'Impartial gradient balance',
  paper: 'Liu, Li, Kuang, Xue, Chen, Yang, Liao and Zhang, "Towards impartial multi-task learning", ICLR 2021, eq. 4 to 6',
  summary: 'Mixes the gradients so that the step goes equally far along each of them. The length of a gradient plays no part in the balance.',
  whenToUse: 'Tasks of equal importance and very different gradient length.',
  formula: 'C y = 1 with C_ij = cos(g_i, g_j),  w_i = (y_i / |g_i|) / sum_j (y_j / |g_j|)',
  traps: [
    'The weight that the plan gives a task does not change the direction: the balance evens it out.',
    'Weights can be negative: with three tasks or more the step can go against a task.',
    'It is symmetric: an unimportant auxiliary moves the trunk as far as the main task.',
    'The step is about as long as the shortest gradient.',
  ],
  cost: '1 forward pass, 1 backward pass for each task',
  params: {},
  claims: ['scale-invariant-direction', 'permutation-equivariant', 'auxiliary-order-irrelevant', 'auxiliary-scale-irrelevant', 'single-task-is-identity'],
  init: () => noState,
  update: (state, seen) => {
    const { gramian } = seen;
    const lengths = norms(gramian);
    const longest = Math.max(...lengths);
    const present = lengths.flatMap((length, task) => (length > 0 ? [task] : []));
    const cosines = present.map((i) => present.map((j) => (i === j ? 1 : cosine(gramian, i, j))));
    const balance = spectral(
      cosines,
      present.map(() => 1),
      (value) => 1 / value,
    );
    const raw = present.map((task, k) => at(balance, k) * (longest / at(lengths, task)));
    const total = sum(raw);
    const size = sum(raw.map(Math.abs));
    const exists = Math.abs(total) > cancelled * size;
    return { weights: lengths.map((_, task) => (exists && present.includes(task) ? at(raw, present.indexOf(task)) / total : 0)), state };
  },
});
