/** The arithmetic in which a formula is written once: it runs on plain numbers, and on tensors inside a training step. */
export interface Arithmetic<N> {
  readonly number: (value: number) => N;
  readonly add: (a: N, b: N) => N;
  readonly subtract: (a: N, b: N) => N;
  readonly multiply: (a: N, b: N) => N;
  readonly divide: (a: N, b: N) => N;
  readonly larger: (a: N, b: N) => N;
  readonly clip: (a: N, low: number, high: number) => N;
  readonly square: (a: N) => N;
  readonly power: (a: N, exponent: number) => N;
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
  clip: (a, low, high) => Math.min(Math.max(a, low), high),
  square: (a) => a ** 2,
  power: (a, exponent) => a ** exponent,
  exp: (a) => Math.exp(a),
  log: (a) => Math.log(a),
  sqrt: (a) => Math.sqrt(a),
};
