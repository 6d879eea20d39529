import { expect, test } from 'vitest';
import { at, form, times } from '../../src-main/methods/linalg.ts';
import { nashMtl } from '../../src-main/methods/nashMtl.ts';
import { conflict, gramianOf, regular, weigh } from './cases.ts';
import { expectLengthsIrrelevant } from './gramianCases.ts';

test.each(regular)('solves G a = 1 / a for $name', ({ jacobian }) => {
  const a = weigh(nashMtl, jacobian);
  times(gramianOf(jacobian), a).forEach((value, i) => expect(value * at(a, i)).toBeCloseTo(1, 5));
});

test('the step has length sqrt(K) as published and the length of the main gradient on request', () => {
  const gramian = gramianOf(conflict);
  const length = (weights: readonly number[]): number => Math.sqrt(form(weights, gramian, weights));
  expect(length(weigh(nashMtl, conflict))).toBeCloseTo(Math.SQRT2, 6); // a^T G a = sum of a_i / a_i = 2
  expect(length(weigh(nashMtl, conflict, { length: 'main' }))).toBeCloseTo(Math.sqrt(18), 6);
});

test('its direction does not depend on the lengths of the gradients, as its trap says', () => expectLengthsIrrelevant(nashMtl));
