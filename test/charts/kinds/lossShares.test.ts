import { expect, test } from 'vitest';
import { lossShares, tableOfShares, type TaskLines } from '../../../src-main/charts/kinds/lossShares.ts';
import type { Line } from '../../../src-main/contract/calls.ts';
import { twoLayers } from './twoLayers.ts';

function line(values: readonly number[], part: Partial<Line> = {}): Line {
  return { run: 'r1', arm: 'aux-1', seed: 1, name: '', total: values.length, steps: values.map((_, i) => i), values: [...values], ...part };
}

function task(id: string, weights: readonly number[], losses: readonly number[]): TaskLines {
  return { id, title: id, weights: [line(weights)], losses: [line(losses)] };
}

test('shares of weight times loss add up to 1 at every step', () => {
  const shares = lossShares([task('main', [1, 1], [3, 1]), task('aux', [0.5, 0.5], [2, 2])]);
  expect(shares).toEqual({
    xs: [0, 1],
    layers: [
      { title: 'main', shares: [0.75, 0.5] },
      { title: 'aux', shares: [0.25, 0.5] },
    ],
    stretch: 1,
    hasNegative: false,
  });
});

test('every run counts alike in the mean, however large its losses are', () => {
  const both = (id: string, one: number, two: number): TaskLines => ({
    id,
    title: id,
    weights: [line([1]), line([1], { run: 'r2' })],
    losses: [line([one]), line([two], { run: 'r2' })],
  });
  expect(lossShares([both('main', 3, 1000), both('aux', 1, 3000)])?.layers.map(({ shares }) => shares)).toEqual([[0.5], [0.5]]);
});

test('a step with a loss that is not finite is left out, unless the task has no weight; negative products count as 0', () => {
  const gap = lossShares([task('main', [1, 1, 1], [1, NaN, 1]), task('aux', [0, 1, 1], [NaN, 1, 3])]);
  expect([gap?.xs, gap?.layers[1]?.shares]).toEqual([
    [0, 2],
    [0, 0.75],
  ]);
  const negative = lossShares([task('main', [1], [2]), task('aux', [-1], [1])]);
  expect([negative?.layers.map(({ shares }) => shares[0]), negative?.hasNegative]).toEqual([[1, 0], true]);
  expect(lossShares([task('main', [1], [0]), task('aux', [1], [0])])).toBeNull();
  expect(lossShares([task('main', [1], [1]), { ...task('aux', [1], [1]), losses: [] }])).toBeNull();
  expect(lossShares([])).toBeNull();
});

test('a long run is drawn in stretches, and a weight holds until the next is recorded', () => {
  const values = Array.from({ length: 1200 }, () => 2);
  const rare = { ...task('aux', [], values), weights: [line([1, 3], { steps: [0, 600] })] };
  const shares = lossShares([task('main', values, values), rare]);
  expect([shares?.stretch, shares?.xs.length, shares?.xs[0], shares?.xs.at(-1)]).toEqual([10, 120, 4.5, 1194.5]);
  expect([shares?.layers[1]?.shares[59], shares?.layers[1]?.shares[119]]).toEqual([expect.closeTo(1 / 3, 12), 0.6]);
});

test('the table behind a stack gives percent', () => {
  const { columns, rows } = tableOfShares(twoLayers, 'Shares', 'Step');
  expect(columns.map(({ title }) => title)).toEqual(['Step', 'main (%)', 'aux (%)']);
  expect(rows.map((cells) => cells.map(({ text }) => text))).toEqual([
    ['0', '75.0', '25.0'],
    ['10', '98.0', '2.0'],
  ]);
});

test('a table has no more than 24 rows, a saved file all of them', () => {
  const xs = Array.from({ length: 100 }, (_, i) => i);
  const shares = { xs, layers: [{ title: 'main', shares: xs.map(() => 1) }], stretch: 1, hasNegative: false };
  expect([tableOfShares(shares, '', 'Step').rows.length, tableOfShares(shares, '', 'Step', Infinity).rows.length]).toEqual([24, 100]);
});
