/** Gradient cosine gate (Du et al., 2018, eq. 3 and 5): an auxiliary gradient counts by its cosine with the main one, and not at all when they
 *  disagree; with gate = sign it counts fully or not at all. Added: smoothing, a running mean of the cosine with bias correction, against the noise of
 *  small batches (0, the default, is the paper's method). A zero gradient has cosine 0. */
import { gramianMethod } from './kinds.ts';
import { at, cosine, filled } from './linalg.ts';
import { choiceOf, numberOf } from './reading.ts';

interface GateState {
  readonly perTask: { readonly mean: readonly number[]; readonly steps: readonly number[] };
}

export const gradientCosine = gramianMethod<GateState>({
  id: 'gradient-cosine',
  title: 'Gradient cosine gate',
  paper:
    'Du, Czarnecki, Jayakumar, Farajtabar, Pascanu and Lakshminarayanan, ' +
    '"Adapting auxiliary losses using gradient similarity", arXiv 1812.02224, 2018, eq. 3 and 5',
  summary: 'Lets an auxiliary gradient through only while it agrees with the main one, by as much as it agrees. The main gradient is never changed.',
  whenToUse: 'An auxiliary that helps at times and hurts at others, when only the main task counts.',
  formula: 'd = g_0 + sum_i max(0, cos(g_0, g_i)) g_i;  sign: d = g_0 + sum_i [cos(g_0, g_i) > 0] g_i',
  traps: [
    'The cosine on one batch is noisy; the sign gate flips from step to step. Smoothing calms it but then a step can oppose the main gradient.',
    'In wide networks cosines are near 0, so the weighted gate hardly opens.',
    'The length of an auxiliary gradient is kept: a loss 100 times larger needs a small weight as well.',
  ],
  cost: '1 forward pass, 1 backward pass for each task',
  params: {
    gate: {
      kind: 'choice',
      default: 'weighted',
      choices: ['weighted', 'sign'],
      help: 'weighted: the weight is the cosine; sign: 1 when the cosine is positive.',
    },
    smoothing: { kind: 'number', default: 0, min: 0, max: 0.9999, help: 'Memory of the running mean of the cosine; 0 uses the cosine of the step.' },
  },
  claims: ['main-never-opposed', 'non-negative', 'scale-invariant-direction', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  init: (taskCount) => ({ perTask: { mean: filled(taskCount, 0), steps: filled(taskCount, 0) } }),
  update: (state, seen, params) => {
    const { gramian } = seen;
    const memory = numberOf(params, 'smoothing');
    const steps = state.perTask.steps.map((count) => count + 1);
    const mean = state.perTask.mean.map((value, task) => memory * value + (1 - memory) * cosine(gramian, 0, task));
    const open = (similarity: number): number => (choiceOf(params, 'gate') === 'sign' ? Number(similarity > 0) : Math.max(0, similarity));
    const weights = mean.map((value, task) => (task === 0 ? 1 : open(value / (1 - memory ** at(steps, task)))));
    return { weights, state: { perTask: { mean, steps } } };
  },
});
