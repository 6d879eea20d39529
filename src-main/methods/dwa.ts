/** Dynamic weight average (Liu, Johns and Davison, CVPR 2019, eq. 7): weights from the ratio of the last two epochs' mean losses; ones for the first
 *  two epochs. Per epoch as in the paper, not over a window of steps. A task without a positive mean loss in one of the two epochs counts as steady. */
import { noState } from './activeTasks.ts';
import { presetMethod } from './kinds.ts';
import { filled } from './linalg.ts';
import { numberOf } from './reading.ts';
import { softmax } from './softmax.ts';

const largestRatio = 1e6;

export const dwa = presetMethod({
  id: 'dwa',
  title: 'Dynamic weight average',
  paper: 'Liu, Johns and Davison, "End-to-end multi-task learning with attention", CVPR 2019, eq. 7',
  summary: 'Gives more weight to the tasks whose loss fell least over the last two epochs. The weights always add up to the number of tasks.',
  whenToUse: 'As a comparison baseline that costs nothing; rarely different from equal weights.',
  formula: 'w_i = K softmax_i(r_i / T),  r_i = Lmean_i(t-1) / Lmean_i(t-2)',
  traps: [
    'At temperature 2 the weights stay within a few per cent of 1.',
    'A loss that has reached its noise floor looks like a slow task and gains weight.',
    'The main task is weighted like any other.',
  ],
  cost: '1 forward pass, 1 backward pass',
  params: { temperature: { kind: 'number', default: 2, min: 0, exclusiveMin: true, max: 1000, help: 'Softmax temperature; larger means more equal weights.' } },
  claims: ['non-negative', 'sum-of-weights-is-task-count', 'permutation-equivariant', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  init: () => noState,
  weights: (_state, { taskCount, epochLosses }, params) => {
    const last = epochLosses.at(-1);
    const before = epochLosses.at(-2);
    if (last === undefined || before === undefined) return filled(taskCount, 1);
    const temperature = numberOf(params, 'temperature');
    const ratios = Array.from({ length: taskCount }, (_, task) => ratio(last[task], before[task]) / temperature);
    return softmax(ratios).map((share) => share * taskCount);
  },
  learn: (state) => state,
});

function ratio(last: number | undefined, before: number | undefined): number {
  const steady = last === undefined || before === undefined || !(last > 0) || !(before > 0);
  return steady ? 1 : Math.min(largestRatio, last / before);
}
