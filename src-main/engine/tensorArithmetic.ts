/** Formulas for weights on scalar tensors, so that a captured step computes them between its forward and its backward pass. */
import type { Arithmetic } from '../methods/arithmetic.ts';
import type { Tensor, Tf } from '../networks/ops.ts';

export function tensorArithmetic(tf: Tf): Arithmetic<Tensor> {
  return {
    number: (value) => tf.scalar(value),
    add: (a, b) => tf.add(a, b),
    subtract: (a, b) => tf.sub(a, b),
    multiply: (a, b) => tf.mul(a, b),
    divide: (a, b) => tf.div(a, b),
    larger: (a, b) => tf.maximum(a, b),
    exp: (a) => tf.exp(a),
    log: (a) => tf.log(a),
    sqrt: (a) => tf.sqrt(a),
  };
}
