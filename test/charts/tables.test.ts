import { expect, test } from 'vitest';
import type { Line, LineChart } from '../../src-main/charts/lines/lines.ts';
import { chartTable, tableOfLines } from '../../src-main/charts/tables.ts';

const chart = (lines: readonly Line[]): LineChart => ({ title: 'Loss', description: '', x: 'Step', y: 'Loss', style: { digits: 1, unit: '' }, lines });
const line = (label: string, xs: readonly number[], ys: readonly number[], part: Partial<Line> = {}): Line => ({
  group: label,
  label,
  arm: 0,
  role: 'main',
  xs,
  ys,
  ...part,
});
const texts = (table: ReturnType<typeof tableOfLines>) => table.rows.map((cells) => cells.map(({ text }) => text));

test('the table behind a short chart has its mean lines at every x, with their bands, and a dash beyond their ends', () => {
  const lines = [
    line('a', [0, 1, 2], [5, 6, 7], { band: { xs: [0, 1], low: [4, 5], high: [6, 7] } }),
    line('b', [0, 1], [1, NaN]),
    line('seed 1', [0, 9], [1, 1], { role: 'thin' }),
  ];
  const table = tableOfLines(chart(lines));
  expect(table.columns.map(({ title }) => title)).toEqual(['Step', 'a', 'b']);
  expect(texts(table)).toEqual([
    ['0', '5.0 (4.0 to 6.0)', '1.0'],
    ['1', '6.0 (5.0 to 7.0)', '–'],
    ['2', '7.0', '–'],
  ]);
});

test('a long chart’s table is read off at round places, for lines that keep different points', () => {
  const xs = Array.from({ length: 301 }, (_, i) => i);
  const some = xs.filter((x) => x % 7 === 0 || x === 300);
  const table = tableOfLines(chart([line('a', some, some), line('b', xs, xs)]), 20);
  expect(table.caption).toBe('Loss, at round places of the horizontal axis');
  expect(table.rows.length).toBeLessThan(25);
  expect(table.rows.length).toBeGreaterThan(10);
  for (const [x, a, b] of texts(table)) expect([a, b]).toEqual([`${x}.0`, `${x}.0`]);
});

test('without a mean line the first lines stand for themselves', () => {
  const lines = Array.from({ length: 20 }, (_, i) => line(`seed ${i}`, [0], [i], { role: 'thin' }));
  expect(tableOfLines(chart(lines)).columns).toHaveLength(13); // and x
});

test('a block has the same table', () => {
  const block = { kind: 'line-chart', title: 'Loss', description: '', x: 'Step', y: 'Loss', style: { digits: 1, unit: '' } } as const;
  const points = [5, 6].map((y, x) => [x, y] as const);
  const table = chartTable({ ...block, series: [{ label: 'a', arm: 0, role: 'main', points }] });
  expect(table).toEqual(tableOfLines(chart([line('a', [0, 1], [5, 6])])));
});
