/** SLAW (Crawshaw and Kosecka, 2021, algorithm 1): weights inverse to the running standard deviation of each loss, which stands in for the gradient's
 *  norm. Until 1 / (1 - beta) steps the running statistics are plain means. Differs: the variance is updated about the running mean (the same numbers
 *  without the cancellation of E[L^2] - E[L]^2), and the standard deviation is at least 1e-5 of the mean loss, not at least 1e-5, so that the scale of
 *  a loss does not matter. */
import { overActiveTasks } from './activeTasks.ts';
import { at, filled, sum } from './linalg.ts';
import { numberOf } from './reading.ts';

interface SlawState {
  readonly perTask: { readonly mean: readonly number[]; readonly variance: readonly number[]; readonly steps: readonly number[] };
}

const relativeFloor = 1e-5;

export const slaw = overActiveTasks<SlawState>({
  id: 'slaw',
  title: 'Scaled loss approximate weighting',
  paper: 'Crawshaw and Kosecka, "SLAW: scaled loss approximate weighting for efficient multi-task learning", arXiv 2109.08218, 2021, algorithm 1',
  summary: 'Divides each loss by how much it has varied of late, as a cheap guess of its gradient length. The weights add up to the number of tasks.',
  whenToUse: 'Auxiliary losses of unknown scale, when gradients for each task cost too much.',
  formula: 'w_i = K (1/s_i) / sum_j (1/s_j),  s_i = running standard deviation of L_i',
  traps: ['A loss that no longer moves has a tiny deviation and takes nearly all the weight.', 'The weights of the first hundred steps rest on few losses.'],
  cost: '1 forward pass, 1 backward pass; the weights need the losses of the step',
  needs: 'losses',
  params: { beta: { kind: 'number', default: 0.99, min: 0, max: 0.9999, help: 'Memory of the running statistics.' } },
  claims: ['non-negative', 'sum-of-weights-is-task-count', 'permutation-equivariant', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  timing: 'now',
  init: (taskCount) => ({ perTask: { mean: filled(taskCount, 0), variance: filled(taskCount, 0), steps: filled(taskCount, 0) } }),
  update: (state, seen, params) => {
    const old = state.perTask;
    const steps = old.steps.map((count) => count + 1);
    const share = steps.map((count) => Math.max(1 / count, 1 - numberOf(params, 'beta')));
    const away = seen.losses.map((loss, task) => loss - at(old.mean, task));
    const mean = away.map((distance, task) => at(old.mean, task) + at(share, task) * distance);
    const variance = away.map((distance, task) => (1 - at(share, task)) * (at(old.variance, task) + at(share, task) * distance * distance));
    const next = { perTask: { mean, variance, steps } };
    const inverse = variance.map((value, task) =>
      at(steps, task) < 2 ? null : 1 / Math.max(Math.sqrt(value), relativeFloor * Math.abs(at(mean, task)), 1e-30),
    );
    const known = inverse.flatMap((value) => (value === null ? [] : [value]));
    const typical = known.length === 0 ? 1 : sum(known) / known.length;
    const filledIn = inverse.map((value) => value ?? typical); // a task seen once has no deviation yet: it weighs 1, the mean
    const total = sum(filledIn);
    return { weights: filledIn.map((value) => (value * filledIn.length) / total), state: next };
  },
});
