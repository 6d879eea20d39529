/** The operations of networks/ops.ts in TensorFlow's own fused kernels, each with its gradient kernel. Used while a step is captured. */
import type { Ops, Tensor, Tf } from '../../../networks/ops.ts';
import type { NativeBackend } from '../backend.ts';
import type { WithGradient } from './kernels.ts';
import { kernels, matMul } from './kernels.ts';
import { nativeGru, nativeLstm } from './nativeRecurrent.ts';
import { tfjsOps } from '../tfjsOps.ts';

export function nativeOps(tf: Tf, native: NativeBackend): Ops {
  const k = kernels(tf, native);
  const nhwc = k.text('data_format', 'NHWC');
  /** Gives a kernel its gradient kernels. What the backward pass uses must be saved, or the tape lets it go: inputs always are. */
  const withGradient: WithGradient = (inputs, forward, backward) => {
    const operation = tf.customGrad((...args: unknown[]) => {
      const save = args[args.length - 1] as (saved: Tensor[]) => void;
      let extra: Tensor[] = [];
      const value = forward((saved) => (extra = saved));
      save([...inputs, ...extra]);
      return { value, gradFunc: (dy: Tensor, saved: Tensor[]) => backward(dy, saved.slice(0, inputs.length), saved.slice(inputs.length)) };
    });
    return operation(...inputs);
  };
  const biasAdd = (x: Tensor, bias: Tensor): Tensor =>
    withGradient(
      [x, bias],
      () => k.one('BiasAdd', [k.float, nhwc], [x, bias]),
      (dy) => [dy, k.one('BiasAddGrad', [k.float, nhwc], [dy])],
    );

  return {
    ...tfjsOps(tf),
    dense: (x, kernel, bias) => {
      const y = withGradient(
        [x, kernel],
        () => matMul(k, x, kernel, false, false),
        (dy, [a, b]) => [matMul(k, dy, b as Tensor, false, true), matMul(k, a as Tensor, dy, true, false)],
      );
      return bias === null ? y : biasAdd(y, bias);
    },
    conv2d: (x, kernel, bias, stride, padding) => {
      const attributes = [
        k.float,
        k.ints('strides', [1, stride, stride, 1]),
        k.text('padding', padding.toUpperCase()),
        nhwc,
        k.ints('dilations', [1, 1, 1, 1]),
      ];
      const y = withGradient(
        [x, kernel],
        () => k.one('Conv2D', attributes, [x, kernel]),
        (dy, [a, b]) => [
          k.one('Conv2DBackpropInput', attributes, [k.intTensor(x.shape), b as Tensor, dy]),
          k.one('Conv2DBackpropFilter', attributes, [a as Tensor, k.intTensor(kernel.shape), dy]),
        ],
      );
      return bias === null ? y : biasAdd(y, bias);
    },
    relu: (x) =>
      withGradient(
        [x],
        (save) => {
          const y = k.one('Relu', [k.float], [x]);
          save([y]);
          return y;
        },
        (dy, _, [y]) => [k.one('ReluGrad', [k.float], [dy, y as Tensor])],
      ),
    maxPool: (x, size, stride, padding) => {
      const attributes = [
        k.float,
        k.ints('ksize', [1, size, size, 1]),
        k.ints('strides', [1, stride, stride, 1]),
        k.text('padding', padding.toUpperCase()),
        nhwc,
      ];
      return withGradient(
        [x],
        (save) => {
          const y = k.one('MaxPool', attributes, [x]);
          save([y]);
          return y;
        },
        (dy, [input], [y]) => [k.one('MaxPoolGrad', attributes, [input as Tensor, y as Tensor, dy])],
      );
    },
    avgPool: (x, size, stride, padding) => {
      const attributes = [k.float, k.ints('ksize', [1, ...size, 1]), k.ints('strides', [1, ...stride, 1]), k.text('padding', padding.toUpperCase()), nhwc];
      return withGradient(
        [x],
        () => k.one('AvgPool', attributes, [x]),
        (dy) => [k.one('AvgPoolGrad', attributes, [k.intTensor(x.shape), dy])],
      );
    },
    batchNorm: (x, scale, offset, epsilon) => {
      const channels = x.shape.at(-1) ?? 1;
      const flat = x.rank === 4 ? x : tf.reshape(x, [x.size / channels, 1, 1, channels]); // the fused kernel takes images only
      const attributes = [k.float, k.type('U', 'float32'), k.number('epsilon', epsilon), nhwc, k.flag('is_training', true)];
      let moments: { mean: Tensor; variance: Tensor } | undefined;
      const y = withGradient(
        [flat, scale, offset],
        (save) => {
          const none = tf.tensor1d([]);
          const [out, mean, variance, ...reserves] = k.many(
            'FusedBatchNormV3',
            [...attributes, k.number('exponential_avg_factor', 1)],
            [flat, scale, offset, none, none],
            6,
          );
          moments = { mean: tf.keep(mean as Tensor), variance: tf.keep(variance as Tensor) };
          save(reserves);
          return out as Tensor;
        },
        (dy, [input, factor], reserves) => k.many('FusedBatchNormGradV3', attributes, [dy, input as Tensor, factor as Tensor, ...reserves], 5).slice(0, 3),
      );
      if (moments === undefined) throw new Error('The fused batch norm kernel gave no moments.');
      // The moments outlive the operation by keep(); their clones belong to the caller's scope again.
      const [mean, variance] = [moments.mean, moments.variance].map((kept) => {
        const owned = tf.clone(kept);
        kept.dispose();
        return owned;
      }) as [Tensor, Tensor];
      return { y: x.rank === 4 ? y : tf.reshape(y, x.shape), mean, variance };
    },
    softmaxCrossEntropy: (logits, labels) =>
      withGradient(
        [logits],
        (save) => {
          const [loss, gradient] = k.many('SoftmaxCrossEntropyWithLogits', [k.float], [logits, labels], 2);
          save([gradient as Tensor]);
          return loss as Tensor;
        },
        (dy, _, [gradient]) => [tf.mul(tf.expandDims(dy, 1), gradient as Tensor)],
      ),
    halfSquares: (x) => k.one('L2Loss', [k.float], [x]),
    uniform: nativeUniform(tf, native),
    lstm: (x, kernel, recurrent, bias, mask) => nativeLstm(k, withGradient, x, kernel, recurrent, bias, mask),
    gru: (x, kernel, recurrent, bias, mask) => nativeGru(k, withGradient, x, kernel, recurrent, bias, mask),
  };
}

/** TensorFlow's counter-based generator (Philox, Salmon et al. 2011): the same numbers for the same seed on every step, thread and device. */
export function nativeUniform(tf: Tf, native: NativeBackend): Ops['uniform'] {
  const k = kernels(tf, native);
  return (seed, shape) =>
    k.one('StatelessRandomUniform', [k.type('dtype', 'float32'), k.type('T', 'int32'), k.type('Tseed', 'int32')], [k.intTensor(shape), seed]);
}
