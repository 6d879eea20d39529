/** ForkMerge (Jiang, Chen, Pan, Wang, Liu, Jiang and Long, NeurIPS 2023, algorithms 1 and 2): every few epochs the network is copied into branches, one that
 *  trains the main task alone and others that train it with auxiliaries; then the branches' weights are averaged with the shares that do best on
 *  held-out rows, and all go on from there. The branch without auxiliaries is always there, so that harm can be undone. Shares are sought greedily from
 *  the best branch on, each further branch at 0.2, 0.4, 0.6 or 0.8 of the mixture, and only a better score is taken. Differs: the held-out rows are
 *  rows by which no epoch is selected; the optimizer's slots and running averages are merged with the same shares (each branch keeps its own in the
 *  authors' code); auxiliaries are not ranked and pruned before. */
import { forkingMethod } from './kinds.ts';
import { at, unit } from './linalg.ts';
import { choiceOf, numberOf } from './reading.ts';

const steps = [0.2, 0.4, 0.6, 0.8];

export const forkmerge = forkingMethod({
  id: 'forkmerge',
  title: 'ForkMerge',
  paper: 'Jiang, Chen, Pan, Wang, Liu, Jiang and Long, "ForkMerge: mitigating negative transfer in auxiliary-task learning", NeurIPS 2023, algorithms 1 and 2',
  summary:
    'Trains copies of the network side by side, one without auxiliaries and the others with them, ' +
    'and merges their weights by what is best on held-out rows. A copy that does harm gets no share.',
  whenToUse: 'An auxiliary that may hurt, when training may cost twice as much and there are validation rows to spare.',
  formula: 'theta <- sum_b share_b theta_b,  shares >= 0 with sum 1, chosen by the main metric on held-out rows, after every round',
  traps: [
    'It trains every branch: the cost is that of as many runs as there are branches.',
    'Half of the validation rows are kept for it, in all arms: the epoch is selected on the rest.',
    'With few held-out rows the choice of shares is chance; ties go to the branch without auxiliaries.',
    'The weight trajectory is that of the shares: an auxiliary whose branch is left out has weight 0 in that round.',
  ],
  cost: '1 forward pass and 1 backward pass for each branch; after every round some evaluations of the held-out rows',
  params: {
    branches: {
      kind: 'choice',
      default: 'each',
      choices: ['each', 'all'],
      help: 'each: beside the main task alone, a branch for every auxiliary; all: one branch with all of them.',
    },
    epochs: { kind: 'number', default: 1, min: 1, max: 1000, integer: true, help: 'Epochs between two merges.' },
  },
  claims: ['non-negative', 'sum-of-weights-is-task-count', 'permutation-equivariant', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  branches(taskCount, params) {
    const alone = unit(taskCount, 0).map((value) => value === 1);
    if (taskCount === 1) return [alone];
    if (choiceOf(params, 'branches') === 'all') return [alone, alone.map(() => true)];
    return [alone, ...alone.slice(1).map((_, i) => alone.map((isMain, task) => isMain || task === i + 1))];
  },
  roundEpochs: (params) => numberOf(params, 'epochs'),
  async merge(scores, scoreOf) {
    const order = scores.map((_, branch) => branch).sort((a, b) => at(scores, b) - at(scores, a) || a - b);
    const [best = 0, ...others] = order;
    let shares = unit(scores.length, best);
    let score = at(scores, best);
    for (const branch of others) {
      const from = shares;
      for (const step of steps) {
        const candidate = from.map((share, other) => (1 - step) * share + (other === branch ? step : 0));
        const found = await scoreOf(candidate);
        if (found > score) [shares, score] = [candidate, found];
      }
    }
    return shares;
  },
});
