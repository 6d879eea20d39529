/** Fixed weights: the plain weighted sum (linear scalarization; Kurin et al., NeurIPS 2022, "In defense of the unitary scalarization"; Xin et al.,
 *  NeurIPS 2022). The tasks' own weights are part of the plan and are applied outside of every method, so the method itself gives 1 to every task.
 *  A sum, not a mean: an auxiliary with weight 0 leaves exactly the main gradient. */
import { noState } from './activeTasks.ts';
import { presetMethod } from './kinds.ts';
import { filled } from './linalg.ts';

export const fixed = presetMethod({
  id: 'fixed',
  title: 'Fixed weights',
  paper: 'Kurin, De Palma, Kostrikov, Whiteson and Mudigonda, "In defense of the unitary scalarization for deep multi-task learning", NeurIPS 2022; section 3',
  summary: 'Adds the losses, each times the weight that the plan gives it. Nothing adapts during training.',
  whenToUse: 'Always first, with a sweep over the weight that includes 0: tuned fixed weights match every adaptive method in careful comparisons.',
  formula: 'L = L_0 + sum_i lambda_i L_i',
  traps: [
    'The best weight depends on the scale of the auxiliary loss: a loss that is 100 times larger needs a weight 100 times smaller.',
    'Comparing a tuned weight with an untuned baseline finds a gain that is only tuning; give both arms the same number of trials.',
  ],
  cost: '1 forward pass, 1 backward pass',
  params: {},
  claims: ['non-negative', 'sum-of-weights-is-task-count', 'permutation-equivariant', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  init: () => noState,
  weights: (_state, { taskCount }) => filled(taskCount, 1),
  learn: (state) => state,
});
