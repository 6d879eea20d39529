/** IMTL-L, the loss balance of impartial multi-task learning (Liu et al., ICLR 2021, section 3.2, eq. 8): sum_i exp(s_i) L_i - s_i with learned s_i.
 *  The s are moved by the method itself, apart from the network's optimizer, and are held within -20 to 20. */
import type { Params } from '../contract/params.ts';
import { adam, noMoments, sgd } from './descent.ts';
import { presetMethod } from './kinds.ts';
import { at, filled } from './linalg.ts';
import { booleanOf, choiceOf, numberOf } from './reading.ts';

interface ImtlLState {
  readonly perTask: { readonly s: readonly number[]; readonly first: readonly number[]; readonly second: readonly number[]; readonly steps: readonly number[] };
}

const limit = 20;

export const imtlL = presetMethod<ImtlLState>({
  id: 'imtl-l',
  title: 'Impartial loss balance',
  paper: 'Liu, Li, Kuang, Xue, Chen, Yang, Liao and Zhang, "Towards impartial multi-task learning", ICLR 2021, eq. 8',
  summary: 'Learns one factor for each task that brings all weighted losses to the same value. Large losses are scaled down, small ones up.',
  whenToUse: 'Losses of different scale that should weigh the same; like uncertainty weighting without a noise model.',
  formula: 'w_i = exp(s_i),  ds_i = exp(s_i) L_i - 1',
  traps: [
    'The weight settles at 1 / L_i: a task that is solved is blown up without end.',
    'With pinMain off the main task is scaled like the others, which changes its learning rate.',
  ],
  cost: '1 forward pass, 1 backward pass',
  params: {
    initial: { kind: 'number', default: 0, min: -10, max: 10, help: 'Logarithm of every weight at the start.' },
    learningRate: { kind: 'number', default: 0.01, min: 0, max: 1, help: 'Step length of the logarithms.' },
    optimizer: { kind: 'choice', default: 'adam', choices: ['adam', 'sgd'], help: 'How the logarithms are moved.' },
    pinMain: { kind: 'boolean', default: false, help: 'The main task keeps weight 1.' },
  },
  claims: ['non-negative', 'permutation-equivariant', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  init: (taskCount, params) => ({ perTask: { s: filled(taskCount, numberOf(params, 'initial')), ...noMoments(taskCount) } }),
  weights: (state, _known, params) => state.perTask.s.map((value, task) => (isPinned(task, params) ? 1 : Math.exp(value))),
  learn: (state, seen, params) => {
    const { s, ...moments } = state.perTask;
    const gradient = s.map((value, task) => (isPinned(task, params) ? 0 : Math.exp(value) * at(seen.losses, task) - 1));
    const rate = numberOf(params, 'learningRate');
    const moved = choiceOf(params, 'optimizer') === 'sgd' ? { values: sgd(s, gradient, rate), moments } : adam(s, gradient, moments, rate);
    return { perTask: { s: moved.values.map((value) => Math.max(-limit, Math.min(limit, value))), ...moved.moments } };
  },
});

function isPinned(task: number, params: Params): boolean {
  return task === 0 && booleanOf(params, 'pinMain');
}
