/** OL-AUX (Lin, Baweja, Kantor and Held, NeurIPS 2019, eq. 5 and algorithm 1): the weight of an auxiliary grows with the inner product of its gradient
 *  and the main one, summed over N steps, since that is minus the derivative of the main loss after the step. With similarity = cosine the scale of the
 *  losses does not matter. The change takes effect in the N-th step itself. Differs: weights stay within 0 and maximum. */
import { gramianMethod } from './kinds.ts';
import { at, cell, cosine, filled } from './linalg.ts';
import { choiceOf, numberOf } from './reading.ts';

interface OlAuxState {
  readonly perTask: { readonly weight: readonly number[]; readonly pending: readonly number[] };
  readonly shared: { readonly steps: number };
}

export const olAux = gramianMethod<OlAuxState>({
  id: 'ol-aux',
  title: 'Online auxiliary weights',
  paper: 'Lin, Baweja, Kantor and Held, "Adaptive auxiliary task weighting for reinforcement learning", NeurIPS 2019, eq. 5 and algorithm 1',
  summary:
    'Raises the weight of an auxiliary whose gradient has agreed with the main one over the last steps, ' +
    'and lowers it to 0 where they disagree. It looks several steps back, so one noisy batch decides little.',
  whenToUse: 'Long training with several auxiliaries of unknown value, when only the main task counts.',
  formula: 'every N steps: w_i <- w_i + rate sum over the last N steps of cos(g_0, g_i)',
  traps: [
    'The learning rate sets how soon anything happens: at 0.005 and cosine 0.2 a weight moves by 1 in 1000 steps.',
    'Agreement is measured on training batches: it rewards what fits the training data.',
    'similarity = product depends on the scale of both losses.',
  ],
  cost: '1 forward pass, 1 backward pass for each task',
  params: {
    learningRate: { kind: 'number', default: 0.005, min: 0, max: 10, help: 'Change of a weight for each step of full agreement.' },
    every: { kind: 'number', default: 5, min: 1, max: 10000, integer: true, help: 'Steps between two changes (N).' },
    similarity: { kind: 'choice', default: 'cosine', choices: ['cosine', 'product'], help: 'What is summed: the cosine, or the inner product as published.' },
    initial: { kind: 'number', default: 1, min: 0, max: 100, help: 'Weight of every auxiliary at the start.' },
    maximum: { kind: 'number', default: 10, min: 0, max: 1000, help: 'Largest weight.' },
  },
  claims: ['non-negative', 'scale-invariant-direction', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  seesEveryStep: true,
  init: (taskCount, params) => ({
    perTask: { weight: filled(taskCount, 1).map((one, task) => (task === 0 ? one : numberOf(params, 'initial'))), pending: filled(taskCount, 0) },
    shared: { steps: 0 },
  }),
  update: (state, seen, params) => {
    const { gramian } = seen;
    const byCosine = choiceOf(params, 'similarity') === 'cosine';
    const pending = state.perTask.pending.map((value, task) => value + (task === 0 ? 0 : byCosine ? cosine(gramian, 0, task) : cell(gramian, 0, task)));
    const steps = state.shared.steps + 1;
    if (steps % numberOf(params, 'every') !== 0) return { weights: state.perTask.weight, state: { perTask: { ...state.perTask, pending }, shared: { steps } } };
    const [rate, maximum] = [numberOf(params, 'learningRate'), numberOf(params, 'maximum')];
    const weight = state.perTask.weight.map((value, task) => (task === 0 ? 1 : Math.max(0, Math.min(maximum, value + rate * at(pending, task)))));
    return { weights: weight, state: { perTask: { weight, pending: filled(weight.length, 0) }, shared: { steps } } };
  },
});
