import { expect, test } from 'vitest';
import { pairedGeometry } from '../../../src-main/charts/kinds/pairedDifference.ts';
import type { PairedDifferenceBlock } from '../../../src-main/contract/blocks.ts';

const style = { digits: 1, unit: '%' };
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
