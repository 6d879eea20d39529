/** GradNorm (Chen, Badrinarayanan, Lee and Rabinovich, ICML 2018, eq. 2, algorithm 1): weights that bring the norms of the weighted gradients to a
 *  common value, larger for tasks that train slowly. Differs: L_i(0) is the task's mean loss in its first epoch, not the first batch, and the weights
 *  are 1 until it is known; the norms are those on the whole trunk, not on its last layer; the weights are K softmax(a), moved by Adam in a, so that
 *  they stay positive and sum to K at the moment of use. */
import { adam, noMoments } from './descent.ts';
import { gramianMethod } from './kinds.ts';
import { at, dot, filled, mean, norms } from './linalg.ts';
import type { Seen } from './method.ts';
import { numberOf } from './reading.ts';
import { softmax } from './softmax.ts';

interface GradnormState {
  readonly perTask: {
    readonly logits: readonly number[];
    readonly first: readonly number[];
    readonly second: readonly number[];
    readonly steps: readonly number[];
  };
}

const limit = 20;

export const gradnorm = gramianMethod<GradnormState>({
  id: 'gradnorm',
  title: 'GradNorm',
  paper:
    'Chen, Badrinarayanan, Lee and Rabinovich, ' +
    '"GradNorm: gradient normalization for adaptive loss balancing in deep multitask networks", ICML 2018, eq. 2 and algorithm 1',
  summary:
    'Moves the weights so that all tasks pull on the trunk with similar strength, and slow tasks a little harder. The weights add up to the number of tasks.',
  whenToUse: 'Gradients of very different length, when all tasks should train at the same pace.',
  formula: 'minimise sum_i |n_i - nmean r_i^alpha| over w,  n_i = w_i |g_i|,  r_i = (L_i / L_i(0)) / mean',
  traps: [
    'The weight that the plan gives a task has no lasting effect: the balance evens it out.',
    'It balances pace and does not know which task is the main one.',
    'During the first epoch the weights are 1.',
    'A loss that cannot fall (noise) looks slow and is given more weight.',
  ],
  cost: '1 forward pass, 1 backward pass for each task',
  params: {
    alpha: { kind: 'number', default: 1.5, min: 0, max: 10, help: 'Pull back of slow tasks; 0 makes all weighted gradients equally long.' },
    learningRate: { kind: 'number', default: 0.025, min: 0, max: 1, help: 'Step length of the logits of the weights.' },
  },
  claims: [
    'non-negative',
    'sum-of-weights-is-task-count',
    'scale-invariant-direction',
    'permutation-equivariant',
    'auxiliary-order-irrelevant',
    'single-task-is-identity',
  ],
  init: (taskCount) => ({ perTask: { logits: filled(taskCount, 0), ...noMoments(taskCount) } }),
  update: (state, seen, params) => {
    const { logits, ...moments } = state.perTask;
    const count = logits.length;
    const weights = softmax(logits).map((share) => share * count);
    if (seen.epochLosses.length === 0) return { weights, state }; // L(0) is not known
    const lengths = norms(seen.gramian);
    const scale = mean(lengths);
    if (!(scale > 0)) return { weights, state };
    const relative = lengths.map((value) => value / scale);
    const pulls = relative.map((value, task) => value * at(weights, task));
    const rates = trainingRates(seen);
    const slope = pulls.map((pull, task) => Math.sign(pull - mean(pulls) * at(rates, task) ** numberOf(params, 'alpha')) * at(relative, task));
    const meanSlope = dot(slope, weights) / count;
    const gradient = slope.map((value, task) => at(weights, task) * (value - meanSlope)); // through w = K softmax(a)
    const moved = adam(logits, gradient, moments, numberOf(params, 'learningRate'));
    return { weights, state: { perTask: { logits: moved.values.map((value) => Math.max(-limit, Math.min(limit, value))), ...moved.moments } } };
  },
});

/** Inverse training rates relative to their mean; above 1 means slow. A task without a first epoch yet counts as average. */
function trainingRates(seen: Seen): number[] {
  const left = seen.losses.map((loss, task) => {
    const initial = seen.epochLosses.map((losses) => losses[task] ?? NaN).find((value) => value > 0);
    return initial === undefined ? 1 : Math.max(0, loss) / initial;
  });
  const average = mean(left);
  return left.map((value) => (average > 0 ? value / average : 1));
}
