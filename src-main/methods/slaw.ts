/** SLAW (Crawshaw and Kosecka, 2021, algorithm 1): weights inverse to the running standard deviation of each loss, which stands in for the gradient's
 *  norm. Until 1 / (1 - beta) steps the running statistics are plain means. Differs: the variance is updated about the running mean (the same numbers
 *  without the cancellation of E[L^2] - E[L]^2), and the standard deviation is at least 1e-5 of the mean loss, not at least 1e-5, so that the scale of
 *  a loss does not matter. */
import { plain, type Arithmetic } from '../vocabulary/arithmetic.ts';
import { total, type WeightFormula } from './arithmetic.ts';
import { formulaMethod } from './kinds.ts';
import { at, filled } from './linalg.ts';
import { numberOf } from './reading.ts';

interface SlawState {
  readonly perTask: { readonly mean: readonly number[]; readonly variance: readonly number[]; readonly steps: readonly number[] };
}

const relativeFloor = 1e-5;

/** What a loss changes in the running statistics of its task. */
function moved<N>(arithmetic: Arithmetic<N>, loss: N, mean: N, variance: N, share: N): { readonly mean: N; readonly variance: N } {
  const { number, add, subtract, multiply } = arithmetic;
  const part = multiply(share, subtract(loss, mean));
  const grown = add(variance, multiply(part, subtract(loss, mean)));
  return { mean: add(mean, part), variance: multiply(subtract(number(1), share), grown) };
}

const formula: WeightFormula<SlawState> = {
  /** A task each: mean, variance, share of the new loss, 1 when it was seen before; at the end 1 / (how many were), and 1 when none was. */
  inputs({ perTask: { mean, variance, steps } }, params) {
    const seenBefore = steps.filter((count) => count > 0).length;
    const share = steps.map((count) => Math.max(1 / (count + 1), 1 - numberOf(params, 'beta')));
    const rows = mean.flatMap((value, task) => [value, at(variance, task), at(share, task), at(steps, task) > 0 ? 1 : 0]);
    return [...rows, seenBefore === 0 ? 0 : 1 / seenBefore, seenBefore === 0 ? 1 : 0];
  },
  weights(arithmetic, losses, inputs) {
    const { number, add, subtract, multiply, divide, larger, sqrt } = arithmetic;
    const input = (position: number): (typeof losses)[number] => inputs[position] ?? number(NaN); // inputs() gave that many
    const known = losses.map((_, task) => input(4 * task + 3));
    const inverse = losses.map((loss, task) => {
      const next = moved(arithmetic, loss, input(4 * task), input(4 * task + 1), input(4 * task + 2));
      const floor = multiply(number(relativeFloor), larger(next.mean, subtract(number(0), next.mean)));
      return divide(number(1), larger(sqrt(next.variance), larger(floor, number(1e-30))));
    });
    // A task seen for the first time has no deviation yet: it gets the mean of the others, which is weight 1.
    const counted = inverse.map((value, task) => multiply(value, known[task] ?? number(NaN)));
    const typical = add(multiply(total(arithmetic, counted), input(4 * losses.length)), input(4 * losses.length + 1));
    const filledIn = counted.map((value, task) => add(value, multiply(typical, subtract(number(1), known[task] ?? number(NaN)))));
    const sum = total(arithmetic, filledIn);
    return filledIn.map((value) => divide(multiply(value, number(losses.length)), sum));
  },
};

export const slaw = formulaMethod<SlawState>({
  id: 'slaw',
  title: 'Scaled loss approximate weighting',
  paper: 'Crawshaw and Kosecka, "SLAW: scaled loss approximate weighting for efficient multi-task learning", arXiv 2109.08218, 2021, algorithm 1',
  summary: 'Divides each loss by how much it has varied of late, as a cheap guess of its gradient length. The weights add up to the number of tasks.',
  whenToUse: 'Auxiliary losses of unknown scale, when gradients for each task cost too much.',
  formula: 'w_i = K (1/s_i) / sum_j (1/s_j),  s_i = running standard deviation of L_i',
  traps: ['A loss that no longer moves has a tiny deviation and takes nearly all the weight.', 'The weights of the first hundred steps rest on few losses.'],
  cost: '1 forward pass, 1 backward pass',
  params: { beta: { kind: 'number', default: 0.99, min: 0, max: 0.9999, help: 'Memory of the running statistics.' } },
  claims: ['non-negative', 'sum-of-weights-is-task-count', 'permutation-equivariant', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  formulaOfLosses: formula,
  init: (taskCount) => ({ perTask: { mean: filled(taskCount, 0), variance: filled(taskCount, 0), steps: filled(taskCount, 0) } }),
  learn: (state, seen, params) => {
    const { mean, variance, steps } = state.perTask;
    const next = seen.losses.map((loss, task) => {
      const share = Math.max(1 / (at(steps, task) + 1), 1 - numberOf(params, 'beta'));
      return moved(plain, loss, at(mean, task), at(variance, task), share);
    });
    return { perTask: { mean: next.map((value) => value.mean), variance: next.map((value) => value.variance), steps: steps.map((count) => count + 1) } };
  },
});
