import { expect, test } from 'vitest';
import { config } from '../../src-main/methods/config.ts';
import { at, form, norms } from '../../src-main/methods/linalg.ts';
import { gramianOf, progress, weigh } from './cases.ts';
import { expectLengthsIrrelevant, independent } from './gramianCases.ts';

test.each(independent)('config has equal cosines with all gradients, and the length of their projections: $name', ({ jacobian }) => {
  const gramian = gramianOf(jacobian);
  const weights = weigh(config, jacobian);
  const length = Math.sqrt(form(weights, gramian, weights));
  const along = progress(weights, gramian).map((value) => value / length);
  const lengths = norms(gramian);
  along.forEach((value, i) => expect(value / at(lengths, i)).toBeCloseTo(at(along, 0) / at(lengths, 0), 8));
  expect(along.reduce((total, value) => total + value, 0)).toBeCloseTo(length, 8);
});

test('its direction does not depend on the lengths of the gradients, as its trap says', () => expectLengthsIrrelevant(config));
