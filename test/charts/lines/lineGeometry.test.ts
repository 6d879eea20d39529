import { expect, test } from 'vitest';
import { lineGeometry, wholeWindow } from '../../../src-main/charts/lines/lineGeometry.ts';
import type { Line, LineChart } from '../../../src-main/charts/lines/lines.ts';
import { smoothedLine } from '../../../src-main/charts/lines/smooth.ts';
import { noisy } from './noisy.ts';

const chart = (lines: readonly Line[], part: Partial<LineChart> = {}): LineChart => ({
  title: 't',
  description: 'd',
  x: 'Epoch',
  y: 'y',
  hasWholeX: true,
  style: { digits: 2, unit: '' },
  lines,
  ...part,
});

const line = (xs: readonly number[], ys: readonly number[], part: Partial<Line> = {}): Line => ({
  group: 'a',
  label: 'a',
  arm: 1,
  role: 'main',
  xs,
  ys,
  ...part,
});

function drawn(of: LineChart, look: Parameters<typeof lineGeometry>[3] = {}) {
  const geometry = lineGeometry(of, 700, 330, look);
  if (geometry === null) throw new Error('There is something to draw.');
  return geometry;
}

test('a constant above zero is drawn over zero, unless a band says more or the axis is logarithmic', () => {
  const xs = [0, 50, 100];
  const ys = xs.map(() => 0.3);
  const { y } = drawn(chart([line(xs, ys)]));
  expect([y.low, y.ticks.some(({ label }) => label === '0.30')]).toEqual([0, true]);
  expect(drawn(chart([line(xs, ys, { band: { xs, low: ys, high: ys } })])).y.low).toBe(0);
  expect(drawn(chart([line(xs, ys, { band: { xs, low: [0.2, 0.2, 0.2], high: [0.4, 0.4, 0.4] } })])).y.low).toBeGreaterThan(0.2);
  expect(drawn(chart([line(xs, ys)], { logY: true })).y.low).toBeGreaterThan(0);
});

test('a constant that was smoothed, and so is one but for rounding, is still drawn over zero', () => {
  const xs = Array.from({ length: 50 }, (_, i) => i);
  const constant = xs.map(() => 0.3);
  const smooth = smoothedLine(line(xs, constant), 7);
  expect(new Set(Array.from(smooth.ys)).size).toBeGreaterThan(1);
  expect(drawn(chart([smooth])).y.low).toBe(0);
});

test('a line fits its plot, and a chart without a finite point is not drawn', () => {
  const { x, left, right, top, bottom, drawn: lines } = drawn(chart([line([0, 5], [10, 90])]));
  expect([x.position(0), x.position(5)]).toEqual([left, right]);
  expect(lines[0]?.end?.[0]).toBe(right);
  expect(lines[0]?.end?.[1]).toBeGreaterThanOrEqual(top);
  expect(lines[0]?.path).toBe(`M${Math.round(left * 10) / 10},288L${right},34`); // 10 and 90 are the ends of the axis
  expect(bottom).toBe(288);
  expect(lineGeometry(chart([]), 700, 330)).toBeNull();
  expect(lineGeometry(chart([line([0, 1], [NaN, NaN])]), 700, 330)).toBeNull();
});

test('a line that lost its last values ends at the last one that there is', () => {
  const { x, drawn: lines } = drawn(chart([line([0, 1, 2, 3], [1, 2, NaN, Infinity])]));
  expect(lines[0]?.end?.[0]).toBe(x.position(1));
});

test('a single point is closed, so that a round line end makes it a dot', () => {
  expect(drawn(chart([line([3], [1])])).drawn[0]?.path).toMatch(/^M[\d.]+,[\d.]+Z$/);
});

test('a wide band cannot squeeze the lines, a share never passes 100 %, and what is never negative begins at 0', () => {
  const wide = line([0, 1], [80, 95], { band: { xs: [0, 1], low: [-40, 60], high: [200, 130] } });
  const { y } = drawn(chart([wide], { style: { digits: 1, unit: '%' } }));
  expect([y.low, y.high]).toEqual([75, 100]); // 80 less a third of the lines' own range
  expect(drawn(chart([line([0, 1], [0.1, 3], { band: { xs: [0, 1], low: [-2, -1], high: [4, 5] } })])).y.low).toBe(0);
});

test('a band goes along its upper border and back along its lower one; a band of one point is none', () => {
  const { x, y, drawn: lines } = drawn(chart([line([0, 1], [2, 3], { band: { xs: [0, 1], low: [1, 2], high: [3, 4] } })]));
  const at = (value: number, height: number): string => [x.position(value), y.position(height)].map((place) => Math.round(place * 10) / 10).join(',');
  expect(lines[0]?.band).toBe(`M${at(0, 3)}L${at(1, 4)}L${at(1, 2)}L${at(0, 1)}Z`);
  expect(drawn(chart([line([0, 1], [2, 3], { band: { xs: [0], low: [1], high: [3] } })])).drawn[0]?.band).toBeNull();
});

test('a logarithmic chart leaves out what is not positive', () => {
  const { y, drawn: lines } = drawn(chart([line([0, 1, 2], [0, 0.01, 10])], { logY: true }));
  expect(y.low).toBe(0.01);
  expect(lines[0]?.path).toMatch(/^M[^MNZ]+L[^LNZ]+$/); // two points
});

test('a zoom shows its window alone: its own heights, a neighbour beyond either end, and no sign of an end that lies outside', () => {
  const xs = Array.from({ length: 11 }, (_, i) => i);
  const squares = xs.map((x) => x * x);
  const { x, y, whole, drawn: lines } = drawn(chart([line(xs, squares)]), { zoom: [2, 4] });
  expect([x.low, x.high, whole]).toEqual([2, 4, [0, 10]]);
  expect([y.low, y.high]).toEqual([4, 16]);
  expect(lines[0]?.path.split('L')).toHaveLength(5); // 1 to 5
  expect(lines[0]?.end).toBeNull();
});

test('on a screen every line keeps what its pixels can show, in a file so many points as are asked', () => {
  const { xs, ys } = noisy(10_000, 1);
  const long = chart([line(xs, ys)]);
  expect(drawn(long, { mostPoints: 150 }).pointCount).toBe(150);
  expect(drawn(long).pointCount).toBeGreaterThan(1000);
});

test('all x there are: from the first of any line to the last', () => {
  expect(wholeWindow([line([2, 5], [0, 0]), line([], []), line([0, 3], [0, 0])])).toEqual([0, 5]);
  expect(wholeWindow([])).toBeNull();
});
