/** The tensor operations that layers and tasks are written in. The engine supplies them: fused TensorFlow kernels where there are some, plain tfjs
 *  elsewhere. */
import type * as tfjs from '@tensorflow/tfjs-core';

export type Tf = typeof tfjs;
export type Tensor = tfjs.Tensor;

export type Padding = 'same' | 'valid';

/** All operations are differentiable in their tensor arguments unless the text says otherwise. */
export interface Ops {
  readonly tf: Tf;
  /** x [B, I] · kernel [I, O] + bias [O] */
  dense(x: Tensor, kernel: Tensor, bias: Tensor | null): Tensor;
  /** x [B, H, W, C], kernel [h, w, C, O], bias [O] */
  conv2d(x: Tensor, kernel: Tensor, bias: Tensor | null, stride: number, padding: Padding): Tensor;
  relu(x: Tensor): Tensor;
  maxPool(x: Tensor, size: number, stride: number, padding: Padding): Tensor;
  avgPool(x: Tensor, size: readonly [number, number], stride: readonly [number, number], padding: Padding): Tensor;
  /** Normalises x [B, ..., C] with the batch's own moments; mean and variance [C] carry no gradient. */
  batchNorm(x: Tensor, scale: Tensor, offset: Tensor, epsilon: number): { readonly y: Tensor; readonly mean: Tensor; readonly variance: Tensor };
  /** Cross-entropy in nats of each row: logits [B, C], labels [B, C] (probabilities; a row of zeros costs 0) -> [B]. Differentiable in the logits. */
  softmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor;
  /** Half the sum of all squares of x, a scalar. No gradient. */
  halfSquares(x: Tensor): Tensor;
  /** Uniform numbers in [0, 1) that depend on nothing but the seed, an int32 tensor [2]. No gradient. */
  uniform(seed: Tensor, shape: readonly number[]): Tensor;
  /** Keras's LSTM (gates i, f, c, o): x [B, T, F], kernel [F, 4H], recurrent [H, 4H], bias [4H], mask [B, T] of 0/1 or null -> [B, T, H].
   *  Where the mask is 0 the state stays as it was, so the last step always holds the last valid state. */
  lstm(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, mask: Tensor | null): Tensor;
  /** Keras's GRU with reset_after (gates z, r, h): x [B, T, F], kernel [F, 3H], recurrent [H, 3H], bias [2, 3H] -> [B, T, H]. */
  gru(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, mask: Tensor | null): Tensor;
}
