import { expect, test } from 'vitest';
import { columnPlaces, shapePlaces } from '../../../src-main/charts/lines/thinning.ts';
import { noisy } from './noisy.ts';

test('a line thinned for a screen keeps its ends, its highest and its lowest point', () => {
  const { xs, ys } = noisy(10_000, 1);
  ys[4321] = 50;
  ys[8765] = -50;
  const places = columnPlaces(xs, ys, [0, 9999], 300);
  expect(places.length).toBeLessThanOrEqual(4 * 301);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(new Set(places).size).toBe(places.length);
  for (const place of [0, 4321, 8765, 9999]) expect(places).toContain(place);
});

test('a zoom ends at the raw points, with one neighbour beyond either end', () => {
  const { xs, ys } = noisy(10_000, 2);
  expect(columnPlaces(xs, ys, [500, 520], 300)).toEqual(Array.from({ length: 23 }, (_, i) => 499 + i));
});

test('missing values leave no point', () => {
  expect(columnPlaces([0, 1, 2], [1, NaN, 3], [0, 2], 100)).toEqual([0, 2]);
  expect(columnPlaces([], [], [0, 1], 100)).toEqual([]);
});

test('on a logarithmic axis the least value that can be drawn stays, not the one that cannot', () => {
  const xs = Array.from({ length: 1000 }, (_, i) => i);
  const ys = xs.map((x) => (x === 500 ? -1 : x === 501 ? 0.001 : 1));
  const places = columnPlaces(xs, ys, [0, 999], 10, (y) => y > 0);
  expect([places.includes(501), places.includes(500)]).toEqual([true, false]);
});

test('a line thinned for a file keeps its ends and its peak, and no more points than asked', () => {
  const xs = Array.from({ length: 5000 }, (_, i) => i);
  const ys = xs.map((x) => (x === 2500 ? 100 : Math.sin(x / 300)));
  const places = shapePlaces(xs, ys, 100);
  expect(places).toHaveLength(100);
  expect([places[0], places.at(-1)]).toEqual([0, 4999]);
  expect(places).toContain(2500);
  expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
  expect(shapePlaces(xs.slice(0, 50), ys.slice(0, 50), 100)).toHaveLength(50);
});

test('of five points and three to keep, the one in the middle is that of the largest triangle', () => {
  // between (0, 0) and (4, 0) a point's triangle has the area 2 |y|
  expect(shapePlaces([0, 1, 2, 3, 4], [0, 1, 2, -3, 0], 3)).toEqual([0, 3, 4]);
  expect(shapePlaces([0, 1, 2, 3, 4], [0, 1, 2, NaN, 0], 3)).toEqual([0, 2, 4]);
  expect(shapePlaces([0, 1], [NaN, 1], 3)).toEqual([1]);
});
