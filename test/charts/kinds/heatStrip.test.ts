import { expect, test } from 'vitest';
import { levelOf, stripGeometry, stripRow, tableOfStrip } from '../../../src-main/charts/kinds/heatStrip.ts';
import type { Line } from '../../../src-main/contract/calls.ts';

function line(values: readonly number[], part: Partial<Line> = {}): Line {
  return { run: 'r1', arm: 'aux-1', seed: 1, name: '', total: values.length, steps: values.map((_, i) => i), values: [...values], ...part };
}

test('a cosine has the sign of its level, alike on both sides of 0', () => {
  const signs = [-1, -0.5, -0.49, -0.1, 0, 0.1, 0.11, 0.5, 1].map((cosine) => levelOf(cosine).sign);
  expect(signs).toEqual(['−−', '−−', '−', '·', '·', '·', '+', '++', '++']);
});

test('a row of the strip is the mean over the runs that looked, without what is not finite', () => {
  const lines = [line([0.5, NaN, -0.5], { steps: [0, 25, 50] }), line([0.1, 0.3], { run: 'r2', steps: [0, 25] })];
  expect(stripRow('a', 1, lines)).toEqual({ title: 'a', arm: 1, xs: [0, 25, 50], values: [0.3, 0.3, -0.5] });
  expect([stripRow('a', 1, []), stripRow('a', 1, [line([NaN])])]).toEqual([null, null]);
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

test('a table has no more than 24 rows, a saved file all of them', () => {
  const xs = Array.from({ length: 100 }, (_, i) => i);
  const rows = [{ title: 'a', arm: 1, xs, values: xs.map(() => 0.5) }];
  expect([tableOfStrip(rows, '', 'Step').rows.length, tableOfStrip(rows, '', 'Step', Infinity).rows.length]).toEqual([24, 100]);
});
