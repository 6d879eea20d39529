import { expect, test } from 'vitest';
import type { Line } from '../../src-main/contract/calls.ts';
import { levelOf, stripGeometry, stripRow, tableOfStrip } from '../../src-renderer/charts/heatStrip.ts';
import { labelHeights, lossShares, stackedPaths, tableOfShares, type LossShares, type TaskLines } from '../../src-renderer/charts/lossShares.ts';
import { armShares, conflictRows, cosineNames, shareNames } from '../../src-renderer/pages/experiment/conflictCharts.ts';
import { document } from './fakeLab.ts';

function line(values: readonly (number | null)[], part: Partial<Line> = {}): Line {
  return { run: 'r1', arm: 'aux-1', seed: 1, name: '', total: values.length, steps: values.map((_, i) => i), values: [...values], ...part };
}

function task(id: string, weights: readonly (number | null)[], losses: readonly (number | null)[]): TaskLines {
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
  const gap = lossShares([task('main', [1, 1, 1], [1, null, 1]), task('aux', [0, 1, 1], [null, 1, 3])]);
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

const two: LossShares = {
  xs: [0, 10],
  layers: [
    { title: 'main', shares: [0.75, 0.98] },
    { title: 'aux', shares: [0.25, 0.02] },
  ],
  stretch: 1,
  hasNegative: false,
};
const down = (share: number): number => 100 - 100 * share;

test('the stack begins at 0, every layer on the one before', () => {
  expect(stackedPaths(two, (x) => x, down)).toEqual(['M0,25L10,2L10,100L0,100Z', 'M0,0L10,0L10,2L0,25Z']);
});

test('labels of thin layers keep apart and stay inside', () => {
  expect(labelHeights(two, down, 16)).toEqual([51, 8]);
  const thin = { ...two, layers: [0.01, 0.01, 0.98].map((share) => ({ title: '', shares: [share] })) };
  expect(labelHeights(thin, down, 16)).toEqual([99.5, 83.5, 49]);
  const high = { ...two, layers: [0.98, 0.01, 0.01].map((share) => ({ title: '', shares: [share] })) };
  expect(labelHeights(high, down, 16)).toEqual([51, 24, 8]);
});

test('the table behind a stack gives percent', () => {
  const { columns, rows } = tableOfShares(two, 'Shares', 'Step');
  expect(columns.map(({ title }) => title)).toEqual(['Step', 'main (%)', 'aux (%)']);
  expect(rows.map((cells) => cells.map(({ text }) => text))).toEqual([
    ['0', '75.0', '25.0'],
    ['10', '98.0', '2.0'],
  ]);
});

test('an experiment has a stack for each auxiliary arm that recorded weights and losses', () => {
  const experiment = document();
  const id = experiment.arms[1]?.tasks[1]?.id ?? '';
  const names = ['loss/main', `loss/${id}`, 'weight/main', `weight/${id}`];
  expect(shareNames(experiment, [...names, 'step-ratio'])).toEqual(['weight/main', 'loss/main', `weight/${id}`, `loss/${id}`]);
  const recorded = new Map(names.map((name) => [name, [line([1, 1], { name })]]));
  const arms = armShares(experiment, recorded);
  expect(arms.map(({ id: arm, number }) => [arm, number])).toEqual([['aux-1', 1]]);
  expect(arms[0]?.shares.layers.map(({ title, shares }) => [title, shares[0]])).toEqual([
    ['main task', 0.5],
    [id, 0.5],
  ]);
  expect(armShares(experiment, new Map())).toEqual([]);
});

test('a cosine has the sign of its level, alike on both sides of 0', () => {
  const signs = [-1, -0.5, -0.49, -0.1, 0, 0.1, 0.11, 0.5, 1].map((cosine) => levelOf(cosine).sign);
  expect(signs).toEqual(['−−', '−−', '−', '·', '·', '·', '+', '++', '++']);
});

test('a row of the strip is the mean over the runs that looked, without what is not finite', () => {
  const lines = [line([0.5, null, -0.5], { steps: [0, 25, 50] }), line([0.1, 0.3], { run: 'r2', steps: [0, 25] })];
  expect(stripRow('a', 1, lines)).toEqual({ title: 'a', arm: 1, xs: [0, 25, 50], values: [0.3, 0.3, -0.5] });
  expect([stripRow('a', 1, []), stripRow('a', 1, [line([null])])]).toEqual([null, null]);
});

test('cells stay wide enough for their sign: many looks share one, and a look that a row lacks leaves a gap', () => {
  const xs = Array.from({ length: 200 }, (_, i) => i * 25);
  const rows = [
    { title: 'a', arm: 1, xs, values: xs.map((_, i) => (i < 100 ? -0.8 : 0.2)) },
    { title: 'b', arm: 2, xs: [0], values: [0] },
  ];
  const wide = stripGeometry(rows, 700);
  expect([wide?.looksOfCell, wide?.rows[0]?.cells.length, wide?.rows[1]?.cells.length]).toEqual([7, 29, 1]);
  expect(wide?.rows[0]?.cells.every(({ width, x }) => width >= 20 && x + width <= 700)).toBe(true);
  expect(wide?.rows[0]?.cells[0]).toMatchObject({ from: 0, to: 150, value: expect.closeTo(-0.8, 12) as number, level: { id: 'against' } });
  expect(wide?.rows[0]?.cells.at(-1)?.level.id).toBe('rather-with');
  expect(stripGeometry([{ title: 'a long title of an arm and its task', arm: 1, xs: [0], values: [1] }], 300)?.hasTitlesAbove).toBe(true);
  expect(stripGeometry([], 700)).toBeNull();
});

test('the table behind the strip has a dash where a row did not look', () => {
  const table = tableOfStrip(
    [
      { title: 'a', arm: 1, xs: [0, 25], values: [-0.25, 0.5] },
      { title: 'b', arm: 2, xs: [25], values: [0.125] },
    ],
    'Conflict',
    'Step',
  );
  expect(table.rows.map((cells) => cells.map(({ text }) => text))).toEqual([
    ['0', '−0.25', '–'],
    ['25', '+0.50', '+0.13'],
  ]);
});

test('an experiment has a row for each arm and task whose gradients were looked at', () => {
  const experiment = document();
  const id = experiment.arms[1]?.tasks[1]?.id ?? '';
  const name = `cosine/${id}`;
  expect(cosineNames(experiment, [name, 'loss/main'])).toEqual([name]);
  const rows = conflictRows(experiment, new Map([[name, [line([0.5], { name, arm: 'aux-2' })]]]));
  expect(rows.map(({ title, arm, values }) => [title, arm, values])).toEqual([[`${experiment.arms[2]?.title}: ${id}`, 2, [0.5]]]);
});

test('a table has no more than 24 rows, a saved file all of them', () => {
  const xs = Array.from({ length: 100 }, (_, i) => i);
  const shares = { xs, layers: [{ title: 'main', shares: xs.map(() => 1) }], stretch: 1, hasNegative: false };
  const rows = [{ title: 'a', arm: 1, xs, values: xs.map(() => 0.5) }];
  expect([tableOfShares(shares, '', 'Step').rows.length, tableOfShares(shares, '', 'Step', Infinity).rows.length]).toEqual([24, 100]);
  expect([tableOfStrip(rows, '', 'Step').rows.length, tableOfStrip(rows, '', 'Step', Infinity).rows.length]).toEqual([24, 100]);
});
