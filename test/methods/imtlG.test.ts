import { expect, test } from 'vitest';
import { imtlG } from '../../src-main/methods/imtlG.ts';
import { at, norms } from '../../src-main/methods/linalg.ts';
import { gramianOf, progress, weigh } from './cases.ts';
import { expectLengthsIrrelevant, independent } from './gramianCases.ts';

test.each(independent)('imtl-g projects equally on all unit gradients: $name', ({ jacobian }) => {
  const gramian = gramianOf(jacobian);
  const lengths = norms(gramian);
  const reach = progress(weigh(imtlG, jacobian), gramian).map((value, i) => value / at(lengths, i));
  for (const value of reach) expect(value).toBeCloseTo(at(reach, 0), 8);
});

test('its direction does not depend on the lengths of the gradients, as its trap says', () => expectLengthsIrrelevant(imtlG));
