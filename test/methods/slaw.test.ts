import { expect, test } from 'vitest';
import { at } from '../../src-main/methods/linalg.ts';
import { slaw } from '../../src-main/methods/slaw.ts';
import { seen, weights } from './lossCases.ts';

test('slaw divides by the running deviation, after a first step of ones', () => {
  // means 1 and 2, then half of the way to 3 and 2.5: variances 0.5 * 1 * 2 = 1 and 0.5 * 0.25 * 0.5 = 0.0625, deviations 1 and 0.25
  expect(weights(slaw, [seen([1, 2]), seen([3, 2.5], 1)])).toEqual([
    [1, 1],
    [expect.closeTo(0.4, 12), expect.closeTo(1.6, 12)],
  ]);
  // with beta 0 the newest loss is all: no deviation is left but the floor of 1e-5 of the mean
  expect(weights(slaw, [seen([1, 2]), seen([3, 6], 1)], { beta: 0 })[1]).toEqual([expect.closeTo(4 / 3, 9), expect.closeTo(2 / 3, 9)]);
});

test('slaw does not depend on the unit of a loss', () => {
  const noise = [1, 0.7, 1.2, 0.9, 1.1, 0.6];
  const shape = (factor: number): (readonly number[])[] =>
    weights(
      slaw,
      noise.map((loss, step) => seen([loss, factor * at(noise, 5 - step)], step)),
    );
  const plain = shape(1).at(-1) ?? [];
  const scaled = shape(1e6).at(-1) ?? [];
  expect(at(scaled, 1) / at(scaled, 0)).toBeCloseTo((at(plain, 1) / at(plain, 0)) * 1e-6, 9);
});
