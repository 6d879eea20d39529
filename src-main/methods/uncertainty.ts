/** Uncertainty weighting (Kendall, Gal and Cipolla, CVPR 2018, eq. 10) and its variant of Liebel and Koerner (2018, eq. 3).
 *  With s_i = log sigma_i^2 the loss is sum_i 0.5 exp(-s_i) L_i + 0.5 s_i, or ln(1 + exp(s_i)) for the last term in the variant.
 *  Differs: the main task has weight 1 and no s unless pinMain is off, so that an easy auxiliary cannot push it down; an auxiliary at s = 0 has the
 *  paper's weight 0.5. The s are moved by the method itself, by closed-form gradients, without the network's weight decay and momentum. s is held
 *  within -20 to 20. The factor 0.5 is used for every kind of loss, as all published code does; the paper's classification term has 1.
 *  The variant is stated in s, not in sigma, so sigma cannot change its sign. */
import type { Params } from '../contract/params.ts';
import { adam, noMoments, sgd } from './descent.ts';
import { presetMethod } from './kinds.ts';
import { at, filled } from './linalg.ts';
import { booleanOf, choiceOf, numberOf } from './reading.ts';

interface UncertaintyState {
  readonly perTask: { readonly s: readonly number[]; readonly first: readonly number[]; readonly second: readonly number[]; readonly steps: readonly number[] };
}

const limit = 20;

export const uncertainty = presetMethod<UncertaintyState>({
  id: 'uncertainty',
  title: 'Uncertainty weighting',
  paper:
    'Kendall, Gal and Cipolla, "Multi-task learning using uncertainty to weigh losses", CVPR 2018, eq. 10; ' +
    'variant: Liebel and Koerner, "Auxiliary tasks in multi-task learning", arXiv 1805.06334, 2018, eq. 3',
  summary:
    'Learns one noise level for each auxiliary and divides its loss by it, so that noisy or large losses count less. ' +
    'The main task keeps weight 1 unless pinMain is off.',
  whenToUse: 'A noisy or badly scaled auxiliary loss and no time to sweep its weight.',
  formula: 'w_i = 0.5 exp(-s_i),  ds_i = 0.5 (1 - exp(-s_i) L_i);  liebel: ds_i = exp(s_i) / (1 + exp(s_i)) - 0.5 exp(-s_i) L_i',
  traps: [
    'The weight settles near 1 / (2 L_i): the task with the smallest loss gets the largest weight, so an easy auxiliary dominates late in training.',
    'At the start an auxiliary weighs 0.5, not 1; initial = -0.693 gives 1.',
    'With pinMain off the main loss is weighted down too, which changes the learning rate without saying so.',
  ],
  cost: '1 forward pass, 1 backward pass',
  params: {
    initial: { kind: 'number', default: 0, min: -10, max: 10, help: 'Log variance s at the start; the weight is 0.5 exp(-s).' },
    learningRate: { kind: 'number', default: 0.01, min: 0, max: 1, help: 'Step length of the log variances.' },
    optimizer: {
      kind: 'choice',
      default: 'adam',
      choices: ['adam', 'sgd'],
      help: 'How the log variances are moved; adam does not depend on the scale of the losses.',
    },
    pinMain: { kind: 'boolean', default: true, help: 'The main task keeps weight 1.' },
    variant: {
      kind: 'choice',
      default: 'kendall',
      choices: ['kendall', 'liebel'],
      help: 'liebel replaces 0.5 s by ln(1 + exp(s)), which keeps the loss positive.',
    },
  },
  claims: ['non-negative', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  init: (taskCount, params) => ({ perTask: { s: filled(taskCount, numberOf(params, 'initial')), ...noMoments(taskCount) } }),
  weights: (state, _known, params) => state.perTask.s.map((value, task) => (isPinned(task, params) ? 1 : 0.5 * Math.exp(-value))),
  learn: (state, seen, params) => {
    const { s, ...moments } = state.perTask;
    const gradient = s.map((value, task) => (isPinned(task, params) ? 0 : slope(value, at(seen.losses, task), params)));
    const moved =
      choiceOf(params, 'optimizer') === 'sgd'
        ? { values: sgd(s, gradient, numberOf(params, 'learningRate')), moments }
        : adam(s, gradient, moments, numberOf(params, 'learningRate'));
    return { perTask: { s: moved.values.map((value) => Math.max(-limit, Math.min(limit, value))), ...moved.moments } };
  },
});

function isPinned(task: number, params: Params): boolean {
  return task === 0 && booleanOf(params, 'pinMain');
}

function slope(s: number, loss: number, params: Params): number {
  const ofPenalty = choiceOf(params, 'variant') === 'liebel' ? 1 / (1 + Math.exp(-s)) : 0.5;
  return ofPenalty - 0.5 * Math.exp(-s) * loss;
}
