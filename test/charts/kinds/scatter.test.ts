import { expect, test } from 'vitest';
import { meanCross, placeOn, scatterGeometry, tableOfScatter, type Scatter } from '../../../src-main/charts/kinds/scatter.ts';

const runs = [1, 2, 3].map((seed) => ({ seed, x: 80 + seed, y: 90 + 2 * seed }));
const scatter: Scatter = {
  title: 'Trade-off',
  x: 'size',
  y: 'digit',
  xStyle: { digits: 1, unit: '%' },
  yStyle: { digits: 1, unit: '%' },
  arms: [{ title: 'a', arm: 1, runs }],
  level: { title: 'Baseline', y: 70 },
};

test('the cross is the 95 % t interval in both metrics, from three runs on', () => {
  const cross = meanCross({ title: 'a', arm: 1, runs });
  const half = 4.302652729749 / Math.sqrt(3); // of spread 1
  expect(cross?.x).toEqual({ mean: 82, low: expect.closeTo(82 - half, 8) as number, high: expect.closeTo(82 + half, 8) as number });
  expect(cross?.y).toEqual({ mean: 94, low: expect.closeTo(94 - 2 * half, 8) as number, high: expect.closeTo(94 + 2 * half, 8) as number });
  expect(meanCross({ title: 'a', arm: 1, runs: runs.slice(0, 2) })?.x).toEqual({ mean: 81.5, low: 81.5, high: 81.5 });
  expect(meanCross({ title: 'a', arm: 1, runs: [] })).toBeNull();
});

test('runs, crosses and the baseline lie inside the drawing', () => {
  const geometry = scatterGeometry(scatter, 600, 340);
  if (geometry === null) throw new Error('There is something to draw.');
  const { x, y, left, right, top, bottom } = geometry;
  for (const value of [79.6, 81, 84.4]) expect(x.position(value) >= left && x.position(value) <= right).toBe(true);
  for (const value of [70, 89.1, 98.9]) expect(y.position(value) >= top && y.position(value) <= bottom).toBe(true);
  expect(y.position(96) < y.position(92)).toBe(true);
  const high = scatterGeometry({ ...scatter, arms: [{ title: 'a', arm: 1, runs: runs.map((run) => ({ ...run, y: run.y + 4 })) }] }, 600, 340);
  if (high === null) throw new Error('There is something to draw.');
  expect([high.y.high, placeOn(high.y, 104), placeOn(high.y, 0)]).toEqual([100, high.top, high.bottom]);
  expect(scatterGeometry({ ...scatter, arms: [] }, 600, 340)).toBeNull();
});

test('the table gives the mean of each arm, then its runs', () => {
  expect(tableOfScatter(scatter).rows.map((cells) => cells.map(({ text }) => text))).toEqual([
    ['a', 'mean', '94.0 (89.0 to 99.0)', '82.0 (79.5 to 84.5)'],
    ['a', '1', '92.0', '81.0'],
    ['a', '2', '94.0', '82.0'],
    ['a', '3', '96.0', '83.0'],
  ]);
});
