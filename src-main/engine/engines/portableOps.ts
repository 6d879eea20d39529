/** The operations of networks/ops.ts in plain tfjs: right on every back end, and the reference that the fused kernels must match. */
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Ops, Tensor, Tf } from '../../networks/ops.ts';
import { tfjsOps } from './tfjsOps.ts';

/** @param uniform the back end's generator of uniform numbers, a function of the seed alone */
export function portableOps(tf: Tf, uniform: Ops['uniform']): Ops {
  const relu = (x: Tensor): Tensor => tf.relu(x);
  return {
    ...tfjsOps(tf),
    relu,
    uniform,
    halfSquares: (x) => tf.mul(tf.sum(tf.square(x)), 0.5),
    dense: (x, kernel, bias) => {
      const y = tf.matMul(x, kernel);
      return bias === null ? y : tf.add(y, bias);
    },
    conv2d: (x, kernel, bias, stride, padding) => {
      const y = tf.conv2d(x as Tensor4D, kernel as Tensor4D, stride, padding);
      return bias === null ? y : tf.add(y, bias);
    },
    maxPool: (x, size, stride, padding) => tf.maxPool(x as Tensor4D, size, stride, padding),
    avgPool: (x, size, stride, padding) => tf.avgPool(x as Tensor4D, [...size] as [number, number], [...stride] as [number, number], padding),
    batchNorm: (x, scale, offset, epsilon) => {
      const axes = x.shape.slice(0, -1).map((_, axis) => axis);
      const { mean, variance } = tf.moments(x, axes);
      const y = tf.add(tf.mul(tf.sub(x, mean), tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)))), offset);
      // Like TensorFlow's fused kernel, the moving average gets the unbiased variance.
      const rows = x.size / (x.shape.at(-1) ?? 1);
      return { y, mean, variance: tf.mul(variance, rows / Math.max(rows - 1, 1)) };
    },
    softmaxCrossEntropy: (logits, labels) => tf.neg(tf.sum(tf.mul(labels, tf.logSoftmax(logits)), -1)),
    lstm: (x, kernel, recurrent, bias, mask) => {
      const units = recurrent.shape[0] ?? 0;
      const zero: Tensor = tf.zeros([x.shape[0] ?? 0, units]);
      return overSteps<[Tensor, Tensor]>(tf, x, mask, [zero, zero], (input, [h, c]) => {
        const z = tf.add(tf.add(tf.matMul(input, kernel), tf.matMul(h, recurrent)), bias);
        const [i, f, g, o] = tf.split(z, 4, 1) as [Tensor, Tensor, Tensor, Tensor];
        const cell = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
        return [tf.mul(tf.sigmoid(o), tf.tanh(cell)), cell];
      });
    },
    gru: (x, kernel, recurrent, bias, mask) => {
      const units = recurrent.shape[0] ?? 0;
      const [inputBias, recurrentBias] = tf.unstack(bias) as [Tensor, Tensor];
      return overSteps<[Tensor]>(tf, x, mask, [tf.zeros([x.shape[0] ?? 0, units])], (input, [h]) => {
        const [xz, xr, xh] = tf.split(tf.add(tf.matMul(input, kernel), inputBias), 3, 1) as [Tensor, Tensor, Tensor];
        const [rz, rr, rh] = tf.split(tf.add(tf.matMul(h, recurrent), recurrentBias), 3, 1) as [Tensor, Tensor, Tensor];
        const z = tf.sigmoid(tf.add(xz, rz));
        const candidate = tf.tanh(tf.add(xh, tf.mul(tf.sigmoid(tf.add(xr, rr)), rh)));
        return [tf.add(tf.mul(z, h), tf.mul(tf.sub(1, z), candidate))];
      });
    },
  };
}

/** Runs a cell over the steps of x [B, T, F]; where the mask is 0 every state stays as it was. Answers the first state at each step, [B, T, H]. */
function overSteps<States extends readonly Tensor[]>(
  tf: Tf,
  x: Tensor,
  mask: Tensor | null,
  initial: States,
  cell: (input: Tensor, states: States) => readonly Tensor[],
): Tensor {
  const inputs = tf.unstack(x, 1);
  const masks = mask === null ? null : tf.split(mask, inputs.length, 1); // each [B, 1]
  let states: readonly Tensor[] = initial;
  const outputs: Tensor[] = [];
  inputs.forEach((input, t) => {
    const next = cell(input, states as States);
    const valid = masks?.[t];
    const old = states;
    states = valid === undefined ? next : next.map((value, k) => tf.add(tf.mul(valid, value), tf.mul(tf.sub(1, valid), old[k] ?? value)));
    outputs.push(states[0] as Tensor);
  });
  return tf.stack(outputs, 1);
}
