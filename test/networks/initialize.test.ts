import { expect, test } from 'vitest';
import { initialValues } from '../../src-main/networks/initialize.ts';
import type { Initializer, ParameterSpec } from '../../src-main/networks/layer.ts';
import { network } from '../../src-main/networks/index.ts';

function spec(path: string, shape: readonly number[], initial: Initializer): ParameterSpec {
  return { path, shape, initial, role: 'kernel' };
}

const glorot: Initializer = { kind: 'glorot-uniform', fanIn: 40, fanOut: 20 };

test('initial values depend on the seed and the path alone', () => {
  const one = initialValues(spec('trunk/a/kernel', [40, 20], glorot), 7);
  expect(initialValues(spec('trunk/a/kernel', [40, 20], glorot), 7)).toEqual(one);
  expect(initialValues(spec('trunk/b/kernel', [40, 20], glorot), 7)).not.toEqual(one);
  expect(initialValues(spec('trunk/a/kernel', [40, 20], glorot), 8)).not.toEqual(one);
});

test('a trunk begins alike whatever parameters its neighbours have', () => {
  const first = (layers: number): Float32Array[] =>
    network('mlp')
      .build({ kind: 'table', shape: [6] }, { layers, units: 9 })
      .stages.slice(0, 1)
      .flatMap(({ layer }) => layer.parameters.map((parameter) => initialValues(parameter, 3)));
  expect(first(4)).toEqual(first(1));
});

test('Glorot uniform fills its interval evenly', () => {
  const values = initialValues(spec('k', [200, 100], { kind: 'glorot-uniform', fanIn: 200, fanOut: 100 }), 1);
  const limit = Math.sqrt(6 / 300);
  expect(Math.max(...values)).toBeLessThanOrEqual(Math.fround(limit));
  expect(Math.max(...values)).toBeGreaterThan(0.999 * limit);
  expect(Math.min(...values)).toBeLessThan(-0.999 * limit);
  const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
  // U(-l, l): l^2 / 3; x^2 has variance 4 l^4 / 45; 5 standard errors
  expect(Math.abs(variance - limit ** 2 / 3)).toBeLessThan(5 * limit ** 2 * Math.sqrt(4 / 45 / 20000));
});

test('He normal has variance 2 / fan-in', () => {
  const values = initialValues(spec('k', [200, 100], { kind: 'he-normal', fanIn: 50 }), 1);
  const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
  expect(Math.abs(variance - 0.04)).toBeLessThan(5 * 0.04 * Math.sqrt(2 / 20000)); // 5 standard errors
});

test.each([
  [12, 48],
  [48, 12],
  [16, 16],
])('an orthogonal %i x %i matrix has orthonormal rows or columns, whichever are fewer', (rows, columns) => {
  const values = initialValues(spec('k', [rows, columns], { kind: 'orthogonal' }), 5);
  const at = (vector: number, i: number): number => (rows < columns ? values[vector * columns + i] : values[i * columns + vector]) ?? NaN;
  const count = Math.min(rows, columns);
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      let product = 0;
      for (let i = 0; i < Math.max(rows, columns); i++) product += at(a, i) * at(b, i);
      expect(Math.abs(product - (a === b ? 1 : 0))).toBeLessThan(1e-6); // float32 rounding of the values
    }
  }
});

test('given values must be as many as the parameter has', () => {
  expect(() => initialValues(spec('head/bias', [3], { kind: 'values', values: [1, 2] }), 1)).toThrow('head/bias has 3 values. Received: 2');
});
