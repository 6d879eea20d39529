import { expect, test } from 'vitest';
import type { LineChartBlock, PairedDifferenceBlock, Point, SlopeChartBlock } from '../../src-main/contract/blocks.ts';
import { binned, binWidth, decimate, meanLine } from '../../src-main/report/aggregate.ts';
import { axis } from '../../src-main/report/charts/axis.ts';
import { barGeometry } from '../../src-main/report/charts/barChart.ts';
import { lineGeometry } from '../../src-main/report/charts/lineChart.ts';
import { pairedGeometry } from '../../src-main/report/charts/pairedDifferenceChart.ts';
import { slopeGeometry } from '../../src-main/report/charts/slopeChart.ts';
import { escapeText, fitted } from '../../src-main/report/charts/svg.ts';
import { chartTable } from '../../src-main/report/charts/table.ts';

const style = { digits: 1, unit: '%' };
const lineChart = (series: LineChartBlock['series'], more: Partial<LineChartBlock> = {}): LineChartBlock => ({
  kind: 'line-chart',
  title: 't',
  description: 'd',
  x: 'Epoch',
  y: 'y',
  style,
  series,
  ...more,
});

test('a constant above zero is drawn over zero', () => {
  const points = [0, 50, 100].map((step): Point => [step, 0.3]);
  const geometry = lineGeometry(lineChart([{ label: 'a', arm: 1, role: 'main', points }], { style: { digits: 2, unit: '' } }), 700)!;
  expect(geometry.y.low).toBe(0);
  expect(geometry.y.ticks.map(({ label }) => label)).toContain('0.30');
});

test('a line fits its plot and an empty chart is not drawn', () => {
  const geometry = lineGeometry(
    lineChart([
      {
        label: 'a',
        arm: 1,
        role: 'main',
        points: [
          [0, 10],
          [5, 90],
        ],
      },
    ]),
    700,
  )!;
  expect(geometry.x.position(0)).toBe(geometry.left);
  expect(geometry.lines[0]!.end[0]).toBe(geometry.right);
  expect(geometry.lines[0]!.end[1]).toBeGreaterThanOrEqual(geometry.top);
  expect(lineGeometry(lineChart([]), 700)).toBeNull();
});

test('a band of two runs cannot squeeze the lines, and a share never passes 100 %', () => {
  const points: Point[] = [
    [0, 80],
    [1, 95],
  ];
  const geometry = lineGeometry(
    lineChart([
      {
        label: 'a',
        arm: 1,
        role: 'main',
        points,
        band: [
          [0, -40, 200],
          [1, 60, 130],
        ],
      },
    ]),
    700,
  )!;
  expect(geometry.y.high).toBe(100);
  expect(geometry.y.low).toBe(75); // 80 less a third of the lines' own range
});

test('a logarithmic chart leaves out what is not positive', () => {
  const geometry = lineGeometry(
    lineChart(
      [
        {
          label: 'a',
          arm: 1,
          role: 'main',
          points: [
            [0, 0],
            [1, 0.01],
            [2, 10],
          ],
        },
      ],
      { logY: true },
    ),
    700,
  )!;
  expect(geometry.y.low).toBe(0.01);
  expect(geometry.lines[0]!.path.startsWith('M')).toBe(true);
  expect(geometry.lines[0]!.path).not.toContain('NaN');
});

test('constant values get an axis with room around them', () => {
  const { low, high, ticks } = axis([5, 5], [0, 100], 5);
  expect(low).toBeLessThan(5);
  expect(high).toBeGreaterThan(5);
  expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
  expect(axis([0, 0], [0, 100], 5).position(0)).toBe(50);
});

const paired = (values: readonly number[], low: number, high: number): PairedDifferenceBlock => ({
  kind: 'paired-difference-chart',
  title: 't',
  description: 'd',
  axis: 'a',
  style,
  margin: 0.5,
  arms: [{ arm: 1, title: 'A', dots: values.map((value, i) => ({ label: `seed ${i}`, value })), mean: 1, low, high }],
});

test('dots that would overlap are stacked', () => {
  const { rows } = pairedGeometry(paired([1, 1, 1, 1], 0.9, 1.1), 700);
  expect(new Set(rows[0]!.dots.map(({ y }) => y)).size).toBe(4);
  expect(new Set(rows[0]!.dots.map(({ x }) => x)).size).toBe(1);
});

test('zero and the margin are always in view and a huge interval does not hide the dots', () => {
  const { x } = pairedGeometry(paired([2, 2.1], -50, 54), 700);
  expect(x.low).toBeLessThanOrEqual(-0.5);
  expect(x.high).toBeLessThan(6);
  expect(pairedGeometry(paired([2], -Infinity, Infinity), 700).x.position(2)).toBeGreaterThan(0);
  expect(pairedGeometry({ ...paired([], 0, 0), margin: 0, arms: [] }, 700).x.position(0)).toBeCloseTo(350, 0);
});

test('a slope knows which way is better', () => {
  const block: SlopeChartBlock = {
    kind: 'slope-chart',
    title: 't',
    description: 'd',
    y: 'RMSE',
    style,
    left: { arm: 0, title: 'B' },
    right: { arm: 1, title: 'A' },
    higherIsBetter: false,
    pairs: [
      { label: 's1', left: 3, right: 2 },
      { label: 's2', left: 2, right: 3 },
      { label: 's3', left: 2, right: 2 },
    ],
  };
  expect(slopeGeometry(block, 344)!.lines.map(({ isBetter }) => isBetter)).toEqual([true, false, false]);
  expect(slopeGeometry({ ...block, pairs: [] }, 344)).toBeNull();
});

test('bars start at zero and grow to their value', () => {
  const { bars, zero } = barGeometry(
    {
      kind: 'bar-chart',
      title: 't',
      description: 'd',
      axis: 'ms',
      style: { digits: 0, unit: 'ms' },
      bars: [
        { label: 'a', arm: 0, value: 5 },
        { label: 'b', arm: 1, value: 10 },
      ],
    },
    700,
  );
  expect(bars[0]!.from).toBe(zero);
  expect((bars[1]!.to - zero) / (bars[0]!.to - zero)).toBeCloseTo(2, 10);
});

test('decimation keeps the ends and the peak', () => {
  const points: Point[] = Array.from({ length: 5000 }, (_, i) => [i, i === 2500 ? 100 : Math.sin(i / 300)]);
  const kept = decimate(points, 100);
  expect(kept).toHaveLength(100);
  expect([kept[0], kept.at(-1)]).toEqual([points[0], points.at(-1)]);
  expect(kept.some(([, y]) => y === 100)).toBe(true);
  expect(decimate(points.slice(0, 50), 100)).toHaveLength(50);
});

test('a mean line stands where at least half of the runs are', () => {
  const { points, band } = meanLine([
    [
      [0, 1],
      [1, 2],
      [2, 5],
    ],
    [
      [0, 3],
      [1, 4],
    ],
    [[0, 5]],
  ]);
  expect(points).toEqual([
    [0, 3],
    [1, 3],
  ]); // step 2: one run of three
  // two values 2 and 4 apart by sd 1.4142: 12.7062 * 1.4142 / 1.4142 = 12.706
  expect(band[1]![2]).toBeCloseTo(3 + 12.706204736, 6);
});

test('bins average equal stretches and short series stay as they are', () => {
  expect(
    binned(
      [
        [0, 1],
        [1, 3],
        [2, 10],
        [3, 20],
      ],
      2,
    ),
  ).toEqual([
    [0.5, 2],
    [2.5, 15],
  ]);
  expect(
    binWidth(
      [
        [
          [0, 1],
          [1, 2],
        ],
      ],
      120,
    ),
  ).toBe(1);
  expect(binWidth([Array.from({ length: 1200 }, (_, i): Point => [i, 0])], 120)).toBe(10);
});

test('a long chart’s table is read off at round places for lines that keep different points', () => {
  const points: Point[] = Array.from({ length: 301 }, (_, i) => [i, i]);
  const { rows } = chartTable(
    lineChart([
      { label: 'a', arm: 0, role: 'main', points: decimate(points, 50) },
      { label: 'b', arm: 1, role: 'main', points },
    ]),
    20,
  );
  expect(rows.length).toBeLessThan(25);
  for (const [x, a, b] of rows) expect([a?.text, b?.text]).toEqual([`${x?.text}.0`, `${x?.text}.0`]);
});

test('texts are escaped and cut', () => {
  expect(escapeText(`<a href="x">&'</a>\u0000`)).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#39;&lt;/a&gt; ');
  expect(fitted('a very long name', 60, 13)).toBe('a ve…ame'); // 60 / (13 x 0.56) = 8 characters
  expect(fitted('short', 200, 13)).toBe('short');
});

test('a logarithmic axis has no more ticks than their labels have room for, and at least two', () => {
  for (const [low, high] of [
    [0.13, 87],
    [1e-9, 1e9],
    [0.9, 1.1],
    [2, 9],
    [1, 1000],
    [31, 34],
  ] as const) {
    const { ticks } = axis([low, high], [260, 30], 6, { log: true });
    expect(ticks.length, `${low} to ${high}`).toBeLessThanOrEqual(9);
    expect(ticks.length, `${low} to ${high}`).toBeGreaterThan(1);
    expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
  }
  expect(axis([0.13, 87], [260, 30], 6, { log: true }).ticks.map(({ label }) => label)).toEqual(['0.1', '1', '10', '100']);
});
