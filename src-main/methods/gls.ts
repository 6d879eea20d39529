/** Geometric loss strategy (Chennupati, Sistu, Yogamani and Rawashdeh, CVPR workshops 2019, eq. 2): the gradient of the geometric mean of the losses.
 *  Computed in logarithms. A loss at or below 1e-12 counts as 1e-12, because the mean needs positive losses. */
import { noState } from './activeTasks.ts';
import { total, type WeightFormula } from './arithmetic.ts';
import { formulaMethod } from './kinds.ts';

const smallestLoss = 1e-12;

const formula: WeightFormula = {
  inputs: () => [],
  weights(arithmetic, losses) {
    const { number, log, exp, larger, subtract, multiply } = arithmetic;
    const logs = losses.map((loss) => log(larger(loss, number(smallestLoss))));
    const each = number(1 / losses.length);
    const level = multiply(total(arithmetic, logs), each);
    return logs.map((value) => multiply(exp(subtract(level, value)), each));
  },
};

export const gls = formulaMethod({
  id: 'gls',
  title: 'Geometric loss strategy',
  paper:
    'Chennupati, Sistu, Yogamani and Rawashdeh, ' +
    '"MultiNet++: multi-stream feature aggregation and geometric loss strategy for multi-task learning", CVPR workshops 2019, eq. 2',
  summary: 'Minimises the geometric mean of the losses, so that each counts by its relative and not its absolute change. There is nothing to tune.',
  whenToUse: 'Losses of very different scale that all stay above 0.',
  formula: 'L = (prod_i L_i)^(1/K),  w_i = L / (K L_i)',
  traps: [
    'A loss that goes to 0 takes all the weight: an auxiliary that is learnt perfectly drowns the main task.',
    'Losses that can be negative do not fit.',
    'The length of the step changes with the level of the losses.',
  ],
  cost: '1 forward pass, 1 backward pass',
  params: {},
  claims: ['non-negative', 'permutation-equivariant', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  formulaOfLosses: formula,
  init: () => noState,
  learn: (state) => state,
});
