/** Applies a built network on tfjs's JavaScript back end, with the initial values of a seed and deterministic inputs. */
import * as tfjs from '@tensorflow/tfjs';
import { Stream } from '../../src-main/contract/random.ts';
import type { InputShape } from '../../src-main/contract/inputShape.ts';
import { portableOps } from '../../src-main/engine/engines/portableOps.ts';
import { initialValues } from '../../src-main/networks/initialize.ts';
import type { BuiltLayer, LayerRun } from '../../src-main/networks/layer.ts';
import type { Trunk } from '../../src-main/networks/network.ts';
import { depthShape } from '../../src-main/networks/network.ts';
import type { Ops, Tensor, Tf } from '../../src-main/networks/ops.ts';

tfjs.enableProdMode(); // no advice on standard error to install another back end
await tfjs.setBackend('cpu');
export const tf = tfjs as unknown as Tf; // the same module, whose union package re-exports tfjs-core
export const ops: Ops = portableOps(tf, (seed, shape) => streamUniform(seed.dataSync()[0] ?? 0, 'uniform', shape));

/** A batch of standard normal numbers of an input's shape. */
export function batchOf(input: InputShape, rows: number): Tensor {
  const stream = new Stream(1, 'test input');
  const shape = [rows, ...input.shape];
  return tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => stream.normal()),
    shape,
  );
}

/** What a layer finds while it is applied: initial values of seed 1, and a record of the states it assigns. */
export function testRun(
  layers: readonly BuiltLayer[],
  options: { training?: boolean; mask?: Tensor } = {},
): LayerRun & { readonly assigned: Map<string, Tensor> } {
  const parameters = new Map(layers.flatMap((layer) => layer.parameters).map((spec) => [spec.path, tf.tensor(initialValues(spec, 1), [...spec.shape])]));
  const assigned = new Map<string, Tensor>();
  return {
    ops,
    training: options.training ?? false,
    mask: options.mask ?? null,
    assigned,
    parameter(path) {
      const value = parameters.get(path);
      if (value === undefined) throw new RangeError(`There is no parameter ${path}`);
      return value;
    },
    assign(path, value) {
      assigned.set(path, value);
    },
    uniform: (stream, shape) => streamUniform(1, stream, shape),
  };
}

/** Output of a head at each of these depths of a trunk, and at its end. */
export function applyWithHeads(trunk: Trunk, depths: readonly string[], x: Tensor, outputs: number, training: boolean): Map<string, Tensor> {
  const heads = new Map([...depths, 'end'].map((depth) => [depth, trunk.head(depth, outputs)(depthShape(trunk, depth) ?? [], `head/${depth}`)]));
  const run = testRun([...trunk.stages.map((stage) => stage.layer), ...heads.values()], { training });
  const results = new Map<string, Tensor>();
  let value = x;
  for (const { depth, layer } of trunk.stages) {
    value = layer.apply(value, run);
    if (value.shape.slice(1).join() !== layer.outputShape.join())
      throw new RangeError(`${layer.path} gives ${value.shape.join('x')}, not ${layer.outputShape.join('x')}`);
    const head = depth === null ? undefined : heads.get(depth);
    if (depth !== null && head !== undefined) results.set(depth, head.apply(value, run));
  }
  const end = heads.get('end');
  if (end !== undefined) results.set('end', end.apply(value, run));
  return results;
}

function streamUniform(seed: number, purpose: string, shape: readonly number[]): Tensor {
  const stream = new Stream(seed, purpose);
  return tf.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => stream.uniform()),
    [...shape],
  );
}
