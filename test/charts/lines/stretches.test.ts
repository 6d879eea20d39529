import { expect, test } from 'vitest';
import { stretched, stretchWidth } from '../../../src-main/charts/lines/stretches.ts';

const line = (count: number, first = 0) => ({ xs: Array.from({ length: count }, (_, i) => first + i), ys: new Array<number>(count).fill(0) });

test('stretches average equal parts of a line, at their middles, and a width of 1 leaves it as it is', () => {
  expect(stretched({ xs: [0, 1, 2, 3], ys: [1, 3, 10, 20] }, 2)).toEqual({ xs: [0.5, 2.5], ys: [2, 15] });
  const short = line(3);
  expect(stretched(short, 1)).toBe(short);
});

test('what is missing counts for nothing, and a stretch of nothing leaves a gap', () => {
  expect(stretched({ xs: [0, 1, 2, 3, 4, 5], ys: [1, NaN, NaN, Infinity, 4, 8] }, 2)).toEqual({ xs: [0.5, 4.5], ys: [1, 6] });
});

test('lines that kept different steps have the same stretches', () => {
  const [odd, even] = [1, 0].map((first) => stretched({ xs: [first, first + 2, first + 4, first + 6], ys: [1, 1, 1, 1] }, 4));
  expect(odd).toEqual(even);
});

test('a constant stays exactly what it is, although 0.3 summed ten times is not 3', () => {
  expect(stretched({ xs: Array.from({ length: 20 }, (_, i) => i), ys: new Array<number>(20).fill(0.3) }, 10).ys).toEqual([0.3, 0.3]);
});

test('a stretch is as wide as leaves about so many points: 1 for short lines, and of their own range for a part of a run', () => {
  expect(stretchWidth([line(2)], 120)).toBe(1);
  expect(stretchWidth([line(1200), line(10)], 120)).toBe(10);
  expect(stretchWidth([line(1200, 4000)], 120)).toBe(10);
  expect(stretchWidth([], 120)).toBe(1);
});
