import { expect, test } from 'vitest';
import { checkParams } from '../../src-main/contract/params.ts';
import { at } from '../../src-main/methods/linalg.ts';
import { stch } from '../../src-main/methods/stch.ts';
import { seen, slopes, weights } from './lossCases.ts';

test('stch weights are the slopes of the smooth maximum', () => {
  const losses = [2, 0.5, 1.7];
  const expected = slopes((values) => 0.3 * Math.log(values.reduce((total, value) => total + Math.exp(value / 3 / 0.3), 0)), losses);
  weights(stch, [seen(losses)], { mu: 0.3 })[0]?.forEach((weight, i) => expect(weight).toBeCloseTo(at(expected, i), 8));
});

test('a parameter out of its range is refused with the range', () => {
  expect(() => checkParams('method stch', stch.params, { mu: 0 })).toThrow('Method stch: mu must be a number above 0 and at most 1000000. Received: 0.');
});
