/** Random loss weighting (Lin, Ye, Zhang and Tsang, TMLR 2022, section 3): new random weights in each step, a softmax of standard normals.
 *  Differs: the weights sum to the number of tasks, not to 1, so that the mean step is as long as with fixed weights; total = one gives the paper's. */
import { noState } from './activeTasks.ts';
import { presetMethod } from './kinds.ts';
import { choiceOf } from './reading.ts';
import { softmax } from './softmax.ts';

export const rlw = presetMethod({
  id: 'rlw',
  title: 'Random loss weighting',
  paper: 'Lin, Ye, Zhang and Tsang, "Reasonable effectiveness of random weighting: a litmus test for multi-task learning", TMLR 2022, section 3',
  summary: 'Draws new random weights in every step. It uses nothing about the tasks.',
  whenToUse: 'As a placebo: an adaptive method that is no better than random weights has not earned its cost.',
  formula: 'w = K softmax(z),  z_i ~ N(0, 1)',
  traps: [
    'As published the weights sum to 1, which makes the step K times shorter than with fixed weights; a gain or loss against those is then a learning rate.',
  ],
  cost: '1 forward pass, 1 backward pass',
  params: {
    total: { kind: 'choice', default: 'tasks', choices: ['tasks', 'one'], help: 'What the weights add up to: the number of tasks, or 1 as published.' },
  },
  claims: ['non-negative', 'sum-of-weights-is-task-count', 'single-task-is-identity'],
  init: () => noState,
  weights: (_state, { taskCount }, params, random) => {
    const total = choiceOf(params, 'total') === 'one' ? 1 : taskCount;
    return softmax(Array.from({ length: taskCount }, () => normal(random))).map((share) => share * total);
  },
  learn: (state) => state,
});

/** Box and Muller 1958. */
function normal(random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random())); // 1 - u is in (0, 1]
  return radius * Math.cos(2 * Math.PI * random());
}
