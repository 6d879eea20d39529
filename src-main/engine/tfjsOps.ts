/** The operations of networks/ops.ts that every engine takes from tfjs as they are: arithmetic, shapes, gradients. */
import type { Ops, Tensor, Tf } from '../networks/ops.ts';

export type SharedOps = Omit<Ops, LayerOps>;
type LayerOps = 'relu' | 'halfSquares' | 'dense' | 'conv2d' | 'maxPool' | 'avgPool' | 'batchNorm' | 'softmaxCrossEntropy' | 'lstm' | 'gru' | 'uniform';

export function tfjsOps(tf: Tf): SharedOps {
  return {
    number: (value) => tf.scalar(value),
    add: (a, b) => tf.add(a, b),
    subtract: (a, b) => tf.sub(a, b),
    multiply: (a, b) => tf.mul(a, b),
    divide: (a, b) => tf.div(a, b),
    larger: (a, b) => tf.maximum(a, b),
    clip: (x, low, high) => tf.clipByValue(x, low, high),
    square: (x) => tf.square(x),
    power: (x, exponent) => tf.pow(x, exponent),
    exp: (x) => tf.exp(x),
    log: (x) => tf.log(x),
    sqrt: (x) => tf.sqrt(x),
    inverseSqrt: (x) => tf.rsqrt(x),
    atLeast: (x, threshold) => tf.cast(tf.greaterEqual(x, threshold), 'float32'),
    sum: (x) => tf.sum(x),
    mean: (x, axes) => tf.mean(x, [...axes]),
    reshape: (x, shape) => tf.reshape(x, [...shape]),
    flatten: (x) => tf.reshape(x, [x.size]),
    concat: (parts, axis) => tf.concat([...parts], axis),
    stack: (parts) => tf.stack([...parts]),
    unstack: (x) => tf.unstack(x),
    split: (x, lengths) => tf.split(x, [...lengths]),
    slice: (x, begin, size) => tf.slice(x, [...begin], [...size]),
    matMul: (a, b, transposeB = false) => tf.matMul(a, b, false, transposeB),
    gradients: (scalar, of) => {
      const { grads } = tf.engine().gradients(scalar, [...of], undefined, true);
      return grads.map((gradient: Tensor | null, position) => gradient ?? tf.zerosLike(of[position] as Tensor));
    },
    together: (compute) => {
      // The outer call only keeps the tape open.
      const opened = (): Tensor => {
        compute();
        return tf.scalar(0);
      };
      tf.engine().gradients(opened, [tf.scalar(0)], undefined, true);
    },
    constant: (compute) => tf.customGrad(() => ({ value: compute(), gradFunc: () => [] }))(), // the tape rests inside of a custom operation
    scaleGradient: (x, factor) => tf.customGrad((value) => ({ value: tf.clone(value as Tensor), gradFunc: (dy: Tensor) => tf.mul(dy, factor) }))(x),
    keep: (x) => tf.keep(x),
  };
}
