/** The tensor operations that networks, tasks and the engine's computations are written in: all there are. An engine supplies them, as fused TensorFlow kernels
 *  where there are some, in plain tfjs elsewhere; test/engine/ops.test.ts holds each to its value and its gradient. */
import type * as tfjs from '@tensorflow/tfjs-core';
import type { Arithmetic } from '../vocabulary/arithmetic.ts';

export type Tf = typeof tfjs;
export type Tensor = tfjs.Tensor;

export type Padding = 'same' | 'valid';

/** A plain number counts as a constant scalar. */
export type Value = Tensor | number;

/** All operations are differentiable in their tensor arguments unless the text says otherwise. Being an Arithmetic, they take the formulas of the vocabulary
 *  and of the methods as they are. */
export interface Ops extends Arithmetic<Tensor> {
  // Arithmetic, element by element. A smaller shape is spread over the larger one.
  add(a: Value, b: Value): Tensor;
  subtract(a: Value, b: Value): Tensor;
  multiply(a: Value, b: Value): Tensor;
  divide(a: Value, b: Value): Tensor;
  /** The larger of two of one shape, or of a tensor and a number. */
  larger(a: Value, b: Value): Tensor;
  inverseSqrt(x: Tensor): Tensor;
  /** 1 where x is at least the threshold, else 0. No gradient. */
  atLeast(x: Tensor, threshold: number): Tensor;
  relu(x: Tensor): Tensor;

  // Sums and shapes.
  /** Of all values: a scalar. */
  sum(x: Tensor): Tensor;
  /** Over these axes, which are left out of the shape. */
  mean(x: Tensor, axes: readonly number[]): Tensor;
  /** Half the sum of all squares of x, a scalar. No gradient. */
  halfSquares(x: Tensor): Tensor;
  reshape(x: Tensor, shape: readonly number[]): Tensor;
  /** All values in one axis. */
  flatten(x: Tensor): Tensor;
  concat(parts: readonly Tensor[], axis: number): Tensor;
  /** Equal shapes under a new first axis. */
  stack(parts: readonly Tensor[]): Tensor;
  /** The parts along the first axis, without it. */
  unstack(x: Tensor): Tensor[];
  /** A vector in parts of these lengths. */
  split(x: Tensor, lengths: readonly number[]): Tensor[];
  /** @param size of the part along each axis; -1: to the end */
  slice(x: Tensor, begin: readonly number[], size: readonly number[]): Tensor;
  /** a · b of two matrices, or a · bᵀ. */
  matMul(a: Tensor, b: Tensor, transposeB?: boolean): Tensor;

  // Layers.
  /** x [B, I] · kernel [I, O] + bias [O] */
  dense(x: Tensor, kernel: Tensor, bias: Tensor | null): Tensor;
  /** x [B, H, W, C], kernel [h, w, C, O], bias [O] */
  conv2d(x: Tensor, kernel: Tensor, bias: Tensor | null, stride: number, padding: Padding): Tensor;
  maxPool(x: Tensor, size: number, stride: number, padding: Padding): Tensor;
  avgPool(x: Tensor, size: readonly [number, number], stride: readonly [number, number], padding: Padding): Tensor;
  /** Normalises x [B, ..., C] with the batch's own moments; mean and variance [C] carry no gradient. */
  batchNorm(x: Tensor, scale: Tensor, offset: Tensor, epsilon: number): { readonly y: Tensor; readonly mean: Tensor; readonly variance: Tensor };
  /** Cross-entropy in nats of each row: logits [B, C], labels [B, C] (probabilities; a row of zeros costs 0) -> [B]. Differentiable in the logits.
   *  The gradient of a row whose labels do not sum to 1 differs between engines (the fused kernel gives softmax - labels): such a row needs weight 0. */
  softmaxCrossEntropy(logits: Tensor, labels: Tensor): Tensor;
  /** Keras's LSTM (gates i, f, c, o): x [B, T, F], kernel [F, 4H], recurrent [H, 4H], bias [4H], mask [B, T] of 0/1 or null -> [B, T, H].
   *  Where the mask is 0 the state stays as it was, so the last step always holds the last valid state. The mask is made before gradients are asked for. */
  lstm(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, mask: Tensor | null): Tensor;
  /** Keras's GRU with reset_after (gates z, r, h): x [B, T, F], kernel [F, 3H], recurrent [H, 3H], bias [2, 3H] -> [B, T, H]. */
  gru(x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, mask: Tensor | null): Tensor;
  /** Uniform numbers in [0, 1) that depend on nothing but the seed, an int32 tensor [2]. No gradient. */
  uniform(seed: Tensor, shape: readonly number[]): Tensor;

  // Gradients.
  /** Gradients of a scalar; zeros where it does not depend on a tensor. */
  gradients(scalar: () => Tensor, of: readonly Tensor[]): Tensor[];
  /** Every gradients() inside finds what was computed before it in the same call: one forward pass, many backward passes. */
  together(compute: () => void): void;
  /** The value of a computation, through which nothing that it uses gets a gradient. */
  constant(compute: () => Tensor): Tensor;
  /** x itself, whose gradient is multiplied with a scalar on the way back.  @param factor made before the gradient is asked for, as what is fed is */
  scaleGradient(x: Tensor, factor: Tensor): Tensor;

  // Life.
  /** Lets a tensor outlive the scope in which it was made; whoever gets it disposes of it. */
  keep(x: Tensor): Tensor;
}
