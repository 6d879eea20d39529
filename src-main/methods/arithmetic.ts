/** Formulas for weights, written once: they run on plain numbers, and on tensors inside a captured step. */
import type { Params } from '../contract/params.ts';
import type { Arithmetic } from '../vocabulary/arithmetic.ts';

/** Weights as a function of the losses of the step itself, so that the engine can compute them between the forward and the backward pass. */
export interface WeightFormula<State = unknown> {
  /** What the formula uses beside the losses, known before the step. As many numbers for one task count always. */
  inputs(state: State, params: Params): readonly number[];
  /** One weight a task, all tasks taking part. Must not branch on values: on tensors there are none yet. */
  weights<N>(arithmetic: Arithmetic<N>, losses: readonly N[], inputs: readonly N[]): readonly N[];
}

/** @param values at least one */
export function total<N>({ add }: Arithmetic<N>, values: readonly N[]): N {
  return values.reduce((sum, value) => add(sum, value));
}

/** Values divided by their sum. */
export function shares<N>(arithmetic: Arithmetic<N>, values: readonly N[]): N[] {
  const sum = total(arithmetic, values);
  return values.map((value) => arithmetic.divide(value, sum));
}

/** exp(x_i) / sum exp(x_j), safe for large values. */
export function softmaxOf<N>(arithmetic: Arithmetic<N>, values: readonly N[]): N[] {
  const largest = values.reduce((best, value) => arithmetic.larger(best, value));
  return shares(
    arithmetic,
    values.map((value) => arithmetic.exp(arithmetic.subtract(value, largest))),
  );
}
