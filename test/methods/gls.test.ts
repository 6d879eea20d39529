import { expect, test } from 'vitest';
import { gls } from '../../src-main/methods/gls.ts';
import { at } from '../../src-main/methods/linalg.ts';
import { seen, slopes, weights } from './lossCases.ts';

test('gls weights are the slopes of the geometric mean', () => {
  const losses = [2, 0.5, 1.7];
  const expected = slopes((values) => Math.cbrt(values.reduce((product, value) => product * value, 1)), losses);
  weights(gls, [seen(losses)])[0]?.forEach((weight, i) => expect(weight).toBeCloseTo(at(expected, i), 8));
});
