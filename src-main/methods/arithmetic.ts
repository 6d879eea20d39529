/** The arithmetic in which a formula for weights is written once: it runs on plain numbers, and on tensors inside a captured step. */
import type { Params } from '../contract/params.ts';

export interface Arithmetic<N> {
  readonly number: (value: number) => N;
  readonly add: (a: N, b: N) => N;
  readonly subtract: (a: N, b: N) => N;
  readonly multiply: (a: N, b: N) => N;
  readonly divide: (a: N, b: N) => N;
  readonly larger: (a: N, b: N) => N;
  readonly exp: (a: N) => N;
  readonly log: (a: N) => N;
  readonly sqrt: (a: N) => N;
}

export const plain: Arithmetic<number> = {
  number: (value) => value,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  larger: (a, b) => Math.max(a, b),
  exp: (a) => Math.exp(a),
  log: (a) => Math.log(a),
  sqrt: (a) => Math.sqrt(a),
};

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
