import { expect, test } from 'vitest';
import { lineSeries } from '../../src-main/report/lineSeries.ts';

test('a mean line keeps 400 points and its band at the same x, a run 200; what is not finite leaves none', () => {
  const xs = Array.from({ length: 1000 }, (_, i) => i);
  const ys = xs.map((x) => (x === 7 ? NaN : Math.sin(x / 50)));
  const line = { group: 'a', label: 'a', arm: 1, xs, ys, band: { xs, low: ys.map((y) => y - 1), high: ys.map((y) => y + 1) } };
  const main = lineSeries({ ...line, role: 'main' });
  expect(main.points).toHaveLength(400);
  expect(main.band?.map(([x]) => x)).toEqual(main.points.map(([x]) => x));
  expect(main.points.some(([x]) => x === 7)).toBe(false);
  expect(lineSeries({ ...line, role: 'thin' }).points).toHaveLength(200);
});
