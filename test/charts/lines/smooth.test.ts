import { expect, test } from 'vitest';
import type { Line } from '../../../src-main/charts/lines/lines.ts';
import { movingMean, smoothedLine, smoothingWidth } from '../../../src-main/charts/lines/smooth.ts';

test('a smoothed line is a centred mean, narrower towards both ends, and invents no value', () => {
  const xs = [0, 1, 2, 3, 4];
  expect([...movingMean(xs, [3, 0, 3, 0, 3], 2)]).toEqual([3, 2, 1, 2, 3]);
  expect([...movingMean(xs, [0, 2, 4, 6, 8], 4)]).toEqual([0, 2, 4, 6, 8]); // a straight line stays as it is
  expect([...movingMean(xs, [1, NaN, 3, Infinity, 5], 2)]).toEqual([1, NaN, 3, NaN, 5]);
  expect([...movingMean([], [], 2)]).toEqual([]);
  const line: Line = { group: 'a', label: 'a', arm: 0, role: 'main', xs, ys: [3, 0, 3, 0, 3], band: { xs: [1, 2, 3], low: [0, 3, 0], high: [3, 6, 3] } };
  expect(smoothedLine(line, 2).band).toMatchObject({ low: Float64Array.of(0, 1, 0), high: Float64Array.of(3, 4, 3) });
});

test('smoothing reaches over a twentieth of the steps, over five points where they are sparse, and not at all where there are few', () => {
  const line = (xs: number[]): Line => ({ group: 'a', label: 'a', arm: 0, role: 'main', xs, ys: xs });
  expect(smoothingWidth([line(Array.from({ length: 2001 }, (_, i) => i))])).toBe(100);
  expect(smoothingWidth([line(Array.from({ length: 11 }, (_, i) => 25 * i))])).toBe(100);
  expect([smoothingWidth([line([0, 1, 2, 3, 4])]), smoothingWidth([])]).toEqual([0, 0]);
});
