/** PCGrad for one main task (the surgery of Yu et al., NeurIPS 2020, algorithm 1, applied to the auxiliaries only and against the main gradient only,
 *  as in Jiang et al., ForkMerge, NeurIPS 2023, baseline "PriPCGrad"). A zero main gradient removes nothing. Stateless, and without random order:
 *  each auxiliary is projected once. */
import { noState } from './activeTasks.ts';
import { gramianMethod } from './kinds.ts';
import { cell, sum } from './linalg.ts';

export const primaryPcgrad = gramianMethod({
  id: 'primary-pcgrad',
  title: 'PCGrad that protects the main task',
  paper:
    'Yu, Kumar, Gupta, Levine, Hausman and Finn, "Gradient surgery for multi-task learning", ' +
    'NeurIPS 2020, algorithm 1; one-sided as in Jiang et al., "ForkMerge", NeurIPS 2023',
  summary: 'Takes from every auxiliary gradient the part that points against the main gradient and adds the rest. The main gradient itself is never changed.',
  whenToUse: 'A safe sum without a parameter, when gradients conflict and only the main task counts.',
  formula: 'd = g_0 + sum_i (g_i - min(0, <g_i, g_0>) / |g_0|^2 g_0)',
  traps: [
    'It protects the main loss to first order on this batch; a lasting gain on unseen data is a different question.',
    'The length of the auxiliary gradients is kept: a loss 100 times larger still fills the step with its harmless part. Combine with a small weight.',
  ],
  cost: '1 forward pass, 1 backward pass for each task',
  params: {},
  claims: ['main-never-opposed', 'non-negative', 'scale-invariant-direction', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  init: () => noState,
  update: (state, seen) => {
    const { gramian } = seen;
    const mainSquare = cell(gramian, 0, 0);
    const removed = seen.losses.map((_, task) => (task === 0 || mainSquare <= 0 ? 0 : Math.min(0, cell(gramian, task, 0)) / mainSquare));
    return { weights: seen.losses.map((_, task) => (task === 0 ? 1 - sum(removed) : 1)), state };
  },
});
