/** Initial values of parameters. They depend on the seed and the parameter's path alone, so the trunk begins alike in every arm whatever heads there are. */
import { Stream } from '../contract/random.ts';
import type { ParameterSpec } from './layer.ts';
import { size } from './layer.ts';

/** @returns the values in row-major order */
export function initialValues(spec: ParameterSpec, seed: number): Float32Array {
  const values = new Float32Array(size(spec.shape));
  const stream = new Stream(seed, `init/${spec.path}`);
  const { initial } = spec;
  switch (initial.kind) {
    case 'glorot-uniform': {
      const limit = Math.sqrt(6 / (initial.fanIn + initial.fanOut));
      return values.map(() => (2 * stream.uniform() - 1) * limit);
    }
    case 'he-normal': {
      const deviation = Math.sqrt(2 / initial.fanIn);
      return values.map(() => stream.normal() * deviation);
    }
    case 'orthogonal':
      return orthogonal(spec, stream, values);
    case 'constant':
      return values.fill(initial.value);
    case 'values':
      if (initial.values.length !== values.length) throw new RangeError(`${spec.path} has ${values.length} values. Received: ${initial.values.length}`);
      return Float32Array.from(initial.values);
    default:
      return initial satisfies never;
  }
}

/** A [rows, columns] matrix whose columns, or rows if they are fewer, are orthonormal and uniformly distributed: the Q of a Gaussian matrix by
 *  modified Gram-Schmidt. Its R has a positive diagonal, which is the sign correction of Mezzadri 2007, "How to generate random matrices". */
function orthogonal(spec: ParameterSpec, stream: Stream, values: Float32Array): Float32Array {
  const [rows, columns] = spec.shape;
  if (rows === undefined || columns === undefined || spec.shape.length !== 2) throw new RangeError(`${spec.path} must be a matrix to be orthogonal`);
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const vectors = Array.from({ length: count }, () => Float64Array.from({ length }, () => stream.normal()));
  vectors.forEach((vector, k) => {
    scale(vector, 1 / Math.sqrt(dot(vector, vector)));
    for (const later of vectors.slice(k + 1)) subtract(later, vector, dot(later, vector));
  });
  vectors.forEach((vector, k) => {
    vector.forEach((value, i) => {
      values[rows < columns ? k * columns + i : i * columns + k] = value;
    });
  });
  return values;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function subtract(from: Float64Array, vector: Float64Array, times: number): void {
  for (let i = 0; i < from.length; i++) from[i] = (from[i] ?? 0) - times * (vector[i] ?? 0);
}

function scale(vector: Float64Array, factor: number): void {
  for (let i = 0; i < vector.length; i++) vector[i] = (vector[i] ?? 0) * factor;
}
