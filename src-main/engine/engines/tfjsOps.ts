/** The operations of networks/ops.ts that every engine takes from tfjs as they are: arithmetic, shapes, gradients. */
import type { Ops, Tensor, Tf } from '../../networks/ops.ts';

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
    sum: (x) => reduced(tf, x, [...x.shape.keys()], (value) => tf.sum(value), 1),
    mean: (x, axes) =>
      reduced(
        tf,
        x,
        axes,
        (value) => tf.mean(value, [...axes]),
        axes.reduce((count, axis) => count * (x.shape[axis] ?? 1), 1),
      ),
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

/** A sum or mean over axes whose gradient is spread over them. tfjs's own one multiplies with ones as many as there are values, which a recorded graph would
 *  have to carry.  @param count what the gradient is divided by */
function reduced(tf: Tf, x: Tensor, axes: readonly number[], reduce: (value: Tensor) => Tensor, count: number): Tensor {
  const kept = x.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
  const times = x.shape.map((length, axis) => (axes.includes(axis) ? length : 1));
  return tf.customGrad((value) => ({
    value: reduce(value as Tensor),
    gradFunc: (dy: Tensor) => tf.tile(tf.reshape(count === 1 ? dy : tf.div(dy, count), kept), times),
  }))(x);
}
