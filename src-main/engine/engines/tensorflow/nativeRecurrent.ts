/** LSTM and GRU with a hand-written backward pass: one product for the inputs of all time steps, one for each weight gradient.
 *  Forward: Hochreiter & Schmidhuber 1997 with forget gates (Gers et al. 2000); Cho et al. 2014 in cuDNN's form (reset after the product). */
import type { Tensor } from '../../../networks/ops.ts';
import type { Kernels, WithGradient } from './kernels.ts';
import { matMul } from './kernels.ts';

interface Steps {
  readonly batch: number;
  readonly steps: number;
  readonly features: number;
}

export function nativeLstm(k: Kernels, withGradient: WithGradient, x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, mask: Tensor | null): Tensor {
  const { tf } = k;
  const { batch, steps } = sizes(x);
  const units = recurrent.shape[0] ?? 0;
  return withGradient(
    [x, kernel, recurrent, bias],
    (save) => {
      const inputs = inputProducts(k, x, kernel, bias);
      const masks = stepMasks(k, mask);
      let h: Tensor = tf.zeros([batch, units]);
      let c: Tensor = h;
      const saved: Tensor[] = []; // of each step: i and f, g, o, tanh(c), then c and h after it
      inputs.forEach((input, t) => {
        const z = tf.add(input, matMul(k, h, recurrent, false, false));
        const [zif, zg, zo] = k.tf.split(z, [2 * units, units, units], 1) as [Tensor, Tensor, Tensor];
        const gates = tf.sigmoid(zif);
        const [i, f] = tf.split(gates, 2, 1) as [Tensor, Tensor];
        const g = tf.tanh(zg);
        const o = tf.sigmoid(zo);
        const cell = tf.add(tf.mul(f, c), tf.mul(i, g));
        const squashed = tf.tanh(cell);
        const out = tf.mul(o, squashed);
        c = hold(k, masks[t], cell, c);
        h = hold(k, masks[t], out, h);
        saved.push(gates, g, o, squashed, c, h);
      });
      save(saved);
      return tf.stack(
        saved.filter((_, position) => position % 6 === 5),
        1,
      );
    },
    (dy, [input, inputKernel, recurrentKernel], saved) => {
      const masks = stepMasks(k, mask);
      const outer = tf.unstack(dy, 1);
      const zero: Tensor = tf.zeros([batch, units]);
      const gradients: Tensor[] = new Array<Tensor>(steps);
      let dhNext: Tensor | null = null;
      let dcNext: Tensor | null = null;
      for (let t = steps - 1; t >= 0; t--) {
        const [gates, g, o, squashed] = saved.slice(6 * t, 6 * t + 4) as [Tensor, Tensor, Tensor, Tensor];
        const cBefore = t === 0 ? zero : (saved[6 * t - 2] as Tensor);
        const [i, f] = tf.split(gates, 2, 1) as [Tensor, Tensor];
        const dhAll = plus(k, outer[t] as Tensor, dhNext);
        const dh = take(k, masks[t], dhAll);
        const dcIn = dcNext === null ? null : take(k, masks[t], dcNext);
        const dc = plus(k, gradOf(k, 'TanhGrad', squashed, tf.mul(dh, o)), dcIn);
        const dgates = gradOf(k, 'SigmoidGrad', gates, tf.concat([tf.mul(dc, g), tf.mul(dc, cBefore)], 1));
        const dg = gradOf(k, 'TanhGrad', g, tf.mul(dc, i));
        const dOut = gradOf(k, 'SigmoidGrad', o, tf.mul(dh, squashed));
        const dz = tf.concat([dgates, dg, dOut], 1);
        gradients[t] = dz;
        if (t > 0) {
          dhNext = plus(k, matMul(k, dz, recurrentKernel as Tensor, false, true), passed(k, masks[t], dhAll));
          dcNext = plus(k, tf.mul(dc, f), dcNext === null ? null : passed(k, masks[t], dcNext));
        }
      }
      const before = [zero, ...saved.filter((_, position) => position % 6 === 5).slice(0, -1)];
      return weightGradients(k, input as Tensor, inputKernel as Tensor, gradients, gradients, before);
    },
  );
}

export function nativeGru(k: Kernels, withGradient: WithGradient, x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, mask: Tensor | null): Tensor {
  const { tf } = k;
  const { batch, steps } = sizes(x);
  const units = recurrent.shape[0] ?? 0;
  return withGradient(
    [x, kernel, recurrent, bias],
    (save) => {
      const [inputBias, recurrentBias] = tf.unstack(bias) as [Tensor, Tensor];
      const inputs = inputProducts(k, x, kernel, inputBias);
      const masks = stepMasks(k, mask);
      let h: Tensor = tf.zeros([batch, units]);
      const saved: Tensor[] = []; // of each step: z and r, candidate, the recurrent product of the candidate, then h after it
      inputs.forEach((input, t) => {
        const product = tf.add(matMul(k, h, recurrent, false, false), recurrentBias);
        const [xzr, xh] = tf.split(input, [2 * units, units], 1) as [Tensor, Tensor];
        const [rzr, rh] = tf.split(product, [2 * units, units], 1) as [Tensor, Tensor];
        const gates = tf.sigmoid(tf.add(xzr, rzr));
        const [z, r] = tf.split(gates, 2, 1) as [Tensor, Tensor];
        const candidate = tf.tanh(tf.add(xh, tf.mul(r, rh)));
        const out = tf.add(candidate, tf.mul(z, tf.sub(h, candidate)));
        h = hold(k, masks[t], out, h);
        saved.push(gates, candidate, rh, h);
      });
      save(saved);
      return tf.stack(
        saved.filter((_, position) => position % 4 === 3),
        1,
      );
    },
    (dy, [input, inputKernel, recurrentKernel], saved) => {
      const masks = stepMasks(k, mask);
      const outer = tf.unstack(dy, 1);
      const zero: Tensor = tf.zeros([batch, units]);
      const inputGradients: Tensor[] = new Array<Tensor>(steps);
      const recurrentGradients: Tensor[] = new Array<Tensor>(steps);
      let dhNext: Tensor | null = null;
      for (let t = steps - 1; t >= 0; t--) {
        const [gates, candidate, rh] = saved.slice(4 * t, 4 * t + 3) as [Tensor, Tensor, Tensor];
        const hBefore = t === 0 ? zero : (saved[4 * t - 1] as Tensor);
        const [z, r] = tf.split(gates, 2, 1) as [Tensor, Tensor];
        const dhAll = plus(k, outer[t] as Tensor, dhNext);
        const dh = take(k, masks[t], dhAll);
        const direct = tf.mul(dh, z);
        const dCandidate = gradOf(k, 'TanhGrad', candidate, tf.sub(dh, direct));
        const dGates = gradOf(k, 'SigmoidGrad', gates, tf.concat([tf.mul(dh, tf.sub(hBefore, candidate)), tf.mul(dCandidate, rh)], 1));
        const dRecurrent = tf.concat([dGates, tf.mul(dCandidate, r)], 1);
        inputGradients[t] = tf.concat([dGates, dCandidate], 1);
        recurrentGradients[t] = dRecurrent;
        if (t > 0) dhNext = plus(k, tf.add(direct, matMul(k, dRecurrent, recurrentKernel as Tensor, false, true)), passed(k, masks[t], dhAll));
      }
      const before = [zero, ...saved.filter((_, position) => position % 4 === 3).slice(0, -1)];
      const [dx, dKernel, dRecurrent, dInputBias, dRecurrentBias] = weightGradients(
        k,
        input as Tensor,
        inputKernel as Tensor,
        inputGradients,
        recurrentGradients,
        before,
      );
      return [dx as Tensor, dKernel as Tensor, dRecurrent as Tensor, tf.stack([dInputBias as Tensor, dRecurrentBias as Tensor])];
    },
  );
}

/** x [B, T, F] · kernel + bias for all steps at once, then one tensor [B, O] a step. */
function inputProducts(k: Kernels, x: Tensor, kernel: Tensor, bias: Tensor): Tensor[] {
  const { batch, steps, features } = sizes(x);
  const products = k.tf.add(matMul(k, timeMajor(k, x, steps * batch, features), kernel, false, false), bias);
  return k.tf.split(products, steps, 0);
}

/** Gradients [dx, dKernel, dRecurrent, dBias of the inputs, dBias of the recurrent product] from the pre-activations' gradients of every step. */
function weightGradients(
  k: Kernels,
  x: Tensor,
  kernel: Tensor,
  ofInputs: readonly Tensor[],
  ofRecurrent: readonly Tensor[],
  before: readonly Tensor[],
): Tensor[] {
  const { tf } = k;
  const { batch, steps, features } = sizes(x);
  const dInputs = tf.concat([...ofInputs], 0);
  const dProducts = ofRecurrent === ofInputs ? dInputs : tf.concat([...ofRecurrent], 0);
  const dx = tf.transpose(tf.reshape(matMul(k, dInputs, kernel, false, true), [steps, batch, features]), [1, 0, 2]);
  const dKernel = matMul(k, timeMajor(k, x, steps * batch, features), dInputs, true, false);
  const dRecurrent = matMul(k, tf.concat([...before], 0), dProducts, true, false);
  const nhwc = k.text('data_format', 'NHWC');
  const dInputBias = k.one('BiasAddGrad', [k.float, nhwc], [dInputs]);
  if (dProducts === dInputs) return [dx, dKernel, dRecurrent, dInputBias];
  return [dx, dKernel, dRecurrent, dInputBias, k.one('BiasAddGrad', [k.float, nhwc], [dProducts])];
}

function timeMajor(k: Kernels, x: Tensor, rows: number, features: number): Tensor {
  return k.tf.reshape(k.tf.transpose(x, [1, 0, 2]), [rows, features]);
}

function sizes(x: Tensor): Steps {
  const [batch, steps, features] = x.shape as [number, number, number];
  return { batch, steps, features };
}

/** mask [B, T] -> one [B, 1] a step; [] without a mask. */
function stepMasks(k: Kernels, mask: Tensor | null): readonly Tensor[] {
  return mask === null ? [] : k.tf.split(mask, mask.shape[1] ?? 0, 1);
}

/** The new value where the step is valid, the old one elsewhere. */
function hold(k: Kernels, mask: Tensor | undefined, value: Tensor, old: Tensor): Tensor {
  return mask === undefined ? value : k.tf.add(k.tf.mul(mask, value), k.tf.mul(k.tf.sub(1, mask), old));
}

/** The part of a gradient that belongs to the new value of hold(). */
function take(k: Kernels, mask: Tensor | undefined, gradient: Tensor): Tensor {
  return mask === undefined ? gradient : k.tf.mul(mask, gradient);
}

/** The part of a gradient that hold() passed on to the old value. */
function passed(k: Kernels, mask: Tensor | undefined, gradient: Tensor): Tensor | null {
  return mask === undefined ? null : k.tf.mul(k.tf.sub(1, mask), gradient);
}

function plus(k: Kernels, a: Tensor, b: Tensor | null): Tensor {
  return b === null ? a : k.tf.add(a, b);
}

function gradOf(k: Kernels, op: 'TanhGrad' | 'SigmoidGrad', y: Tensor, dy: Tensor): Tensor {
  return k.one(op, [k.float], [y, dy]);
}
