/** Formulas on tensors: of weights between the forward and the backward pass, of losses, of an optimizer's step. */
import type { Arithmetic } from '../vocabulary/arithmetic.ts';
import type { Tensor, Tf } from './ops.ts';

export function tensorArithmetic(tf: Tf): Arithmetic<Tensor> {
  return {
    number: (value) => tf.scalar(value),
    add: (a, b) => tf.add(a, b),
    subtract: (a, b) => tf.sub(a, b),
    multiply: (a, b) => tf.mul(a, b),
    divide: (a, b) => tf.div(a, b),
    larger: (a, b) => tf.maximum(a, b),
    clip: (a, low, high) => tf.clipByValue(a, low, high),
    square: (a) => tf.square(a),
    power: (a, exponent) => tf.pow(a, exponent),
    exp: (a) => tf.exp(a),
    log: (a) => tf.log(a),
    sqrt: (a) => tf.sqrt(a),
  };
}
