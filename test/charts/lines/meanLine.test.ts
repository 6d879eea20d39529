import { expect, test } from 'vitest';
import { fewestForInterval, meanLine } from '../../../src-main/charts/lines/meanLine.ts';

const runs = (...values: readonly (readonly number[])[]) => values.map((ys) => ({ xs: ys.map((_, i) => i), ys }));

test('a mean line stands where at least half of the runs are', () => {
  expect(meanLine(runs([1, 2, 5], [3, 4], [5]))).toMatchObject({ xs: [0, 1], ys: [3, 3] }); // step 2: one run of three
  expect(meanLine(runs([1, 2], [3])).xs).toEqual([0, 1]); // 1 of 2 is half
  expect(meanLine([])).toEqual({ xs: [], ys: [] });
});

test('a band is drawn from three runs on and from nowhere below: two bound nothing that their own lines do not show better', () => {
  expect(fewestForInterval).toBe(3);
  expect(meanLine(runs([1, 2])).band).toBeUndefined();
  expect(meanLine(runs([1, 2], [3, 4])).band).toBeUndefined();
  expect(meanLine(runs([1, 2], [3, 4], [5, 6])).band?.xs).toEqual([0, 1]);
  expect(meanLine(runs([1, 2, 3], [3, 4, 5], [5, 6])).band?.xs).toEqual([0, 1]); // only two runs reached step 2
});

test('the band is the 95 % t interval', () => {
  // 1, 3, 5: mean 3, spread 2; t quantile of 2 degrees 4.302652729749 (scipy.stats.t.ppf(0.975, 2)): half = 4.302652729749 x 2 / sqrt 3
  const half = (4.302652729749 * 2) / Math.sqrt(3);
  const { ys, band } = meanLine(runs([1], [3], [5]));
  expect([ys[0], band?.low[0], band?.high[0]]).toEqual([3, expect.closeTo(3 - half, 8), expect.closeTo(3 + half, 8)]);
});

test('the interval is never more than 2.9 times as wide as three runs lie apart, and that of two would be 12.7 times', () => {
  for (const ys of [
    [0, 0.5, 1],
    [0, 0, 1],
    [0, 0.2, 1],
  ]) {
    const { band } = meanLine(runs(...ys.map((y) => [y])));
    const width = (band?.high[0] ?? NaN) - (band?.low[0] ?? NaN);
    expect(width).toBeLessThan(2.9);
    expect(width).toBeGreaterThan(2.4);
  }
});

test('runs that recorded different steps, or lost a value, have a mean where half of them have one', () => {
  const a = { xs: [0, 2, 4], ys: [1, 1, 1] };
  const b = { xs: [0, 4, 6], ys: [3, NaN, 9] };
  expect(meanLine([a, b])).toEqual({ xs: [0, 2, 4, 6], ys: [2, 1, 1, 9] });
  expect(meanLine([a, b, { xs: [0, 4], ys: [5, 3] }])).toMatchObject({ xs: [0, 4], ys: [3, 2] });
});

test('equal values have exactly themselves as mean and a band of no width, although 0.3 summed three times is not 0.9', () => {
  expect(meanLine(runs([0.3], [0.3], [0.3]))).toEqual({ xs: [0], ys: [0.3], band: { xs: [0], low: [0.3], high: [0.3] } });
});
