import { expect, test } from 'vitest';
import { form } from '../../src-main/methods/linalg.ts';
import { mgda } from '../../src-main/methods/mgda.ts';
import { gramianOf, weigh, zeroAuxiliary } from './cases.ts';
import { mixturesOfThree, threes } from './gramianCases.ts';

test.each(threes)('mgda finds no longer gradient than any mixture of a grid: $name', ({ jacobian }) => {
  const gramian = gramianOf(jacobian);
  const weights = weigh(mgda, jacobian);
  const smallest = Math.min(...mixturesOfThree.map((w) => form(w, gramian, w)));
  expect(form(weights, gramian, weights)).toBeLessThanOrEqual(smallest + 1e-8);
});

test('stops when an auxiliary has no gradient, as its trap says', () => {
  expect(weigh(mgda, zeroAuxiliary)).toEqual([0, 1]);
});
