import { expect, test } from 'vitest';
import { intervalGeometry, type Interval } from '../../../src-main/charts/kinds/intervalStrip.ts';

const interval: Interval = { mean: 1, low: -1, high: 3, margin: 0.5, style: { digits: 1, unit: 'points' } };

test('zero stands in the middle, and the farther bound nearly at the edge', () => {
  const { zero, low, mean, high, margin, isWide } = intervalGeometry(interval, 640);
  // the drawing reaches to 3 x 1.12 on both sides, over 624 units
  const place = (value: number): number => 320 + (value / 3.36) * 312;
  expect([zero, low, mean, high]).toEqual([320, place(-1), place(1), place(3)].map((value) => expect.closeTo(value, 9) as number));
  expect(margin).toEqual([expect.closeTo(place(-0.5), 9), expect.closeTo(place(0.5), 9)]);
  expect([isWide, intervalGeometry(interval, 300).isWide]).toEqual([true, false]);
});

test('a margin of 0 is not drawn, and one that is too small to see is a line', () => {
  expect(intervalGeometry({ ...interval, margin: 0 }, 640).margin).toBeNull();
  const [from = NaN, to = NaN] = intervalGeometry({ ...interval, margin: 1e-9 }, 640).margin ?? [];
  expect(to - from).toBe(1);
});

test('labels of a short interval keep apart, and those at the edge stay inside', () => {
  const [low, high] = intervalGeometry({ ...interval, low: 0.98, high: 1.02 }, 640).ends;
  expect([low.label, high.label]).toEqual(['+1.0', '+1.0']);
  expect(high.at - low.at).toBeCloseTo(6 + 4 * 12 * 0.56, 9); // four letters of 12 x 0.56 each, and a gap of 6
  const [, edge] = intervalGeometry({ ...interval, low: 2.9, high: 3 }, 300).ends;
  expect(edge.at + (4 * 12 * 0.56) / 2).toBeLessThanOrEqual(300);
});
