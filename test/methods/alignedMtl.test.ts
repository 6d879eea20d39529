import { expect, test } from 'vitest';
import { alignedMtl } from '../../src-main/methods/alignedMtl.ts';
import { at, form, norms } from '../../src-main/methods/linalg.ts';
import { gramianOf, weigh, zeroAuxiliary } from './cases.ts';
import { independent } from './gramianCases.ts';

test.each(independent)('aligned-mtl averages orthogonal gradients of the smallest principal length: $name', ({ jacobian }) => {
  const gramian = gramianOf(jacobian);
  const count = jacobian.length;
  const weights = weigh(alignedMtl, jacobian);
  // |d|^2 = sigma^2 p^T V V^T p = sigma^2 / K, and sigma^2 is at most the smallest squared gradient length
  const sigmaSquare = count * form(weights, gramian, weights);
  expect(sigmaSquare).toBeLessThanOrEqual(Math.min(...norms(gramian)) ** 2 + 1e-9);
  const longer = weigh(alignedMtl, jacobian, { scale: 'rmse' });
  // Mean eigenvalue = trace / K
  expect(count * form(longer, gramian, longer)).toBeCloseTo(gramian.reduce((total, row, i) => total + at(row, i), 0) / count, 8);
});

test('aligned-mtl takes the smallest, the lower median or the mean of the principal lengths', () => {
  const orthogonal = [
    [2, 0, 0],
    [0, 1, 0],
    [0, 0, 3],
  ]; // eigenvalues 4, 1, 9
  const expected = (sigma: number): unknown[] => [2, 1, 3].map((length) => expect.closeTo(sigma / length / 3, 12) as unknown);
  expect(weigh(alignedMtl, orthogonal)).toEqual(expected(1));
  expect(weigh(alignedMtl, orthogonal, { scale: 'median' })).toEqual(expected(2));
  expect(weigh(alignedMtl, orthogonal, { scale: 'rmse' })).toEqual(expected(Math.sqrt(14 / 3)));
  expect(weigh(alignedMtl, orthogonal, { preference: 'main', auxiliary: 0 })).toEqual([expect.closeTo(1 / 2, 12), 0, 0]);
  expect(
    weigh(
      alignedMtl,
      [
        [2, 0],
        [0, 1],
      ],
      { scale: 'median' },
    ),
  ).toEqual([expect.closeTo(1 / 4, 12), expect.closeTo(1 / 2, 12)]);
});

test('aligned-mtl with preference main leaves the main gradient beside a silent auxiliary', () => {
  expect(weigh(alignedMtl, zeroAuxiliary, { preference: 'main' })).toEqual([expect.closeTo(1, 12), 0]);
});
