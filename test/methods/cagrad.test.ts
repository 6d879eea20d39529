import { expect, test } from 'vitest';
import { checkParams } from '../../src-main/contract/params.ts';
import { cagrad } from '../../src-main/methods/cagrad.ts';
import { at, form } from '../../src-main/methods/linalg.ts';
import { gramianOf, progress, weigh, zeroAuxiliary } from './cases.ts';
import { mixturesOfThree, threes } from './gramianCases.ts';

test.each(threes)('cagrad improves the worst task at least as much as any direction from a mixture of a grid: $name', ({ jacobian }) => {
  const gramian = gramianOf(jacobian);
  const even = [1 / 3, 1 / 3, 1 / 3];
  const radius = 0.4 * Math.sqrt(Math.max(0, form(even, gramian, even))); // rounding of a sum that cancels
  const worst = (weights: readonly number[]): number => Math.min(...progress(weights, gramian));
  const ours = worst(weigh(cagrad, jacobian));
  for (const w of mixturesOfThree) {
    const length = Math.sqrt(Math.max(0, form(w, gramian, w)));
    if (length > 1e-3) expect(ours).toBeGreaterThanOrEqual(worst(even.map((share, i) => share + (radius / length) * at(w, i))) - 1e-6);
  }
});

test('stops when an auxiliary has no gradient, as its trap says', () => {
  expect(weigh(cagrad, zeroAuxiliary)).toEqual([0, 0]);
});

test('a parameter out of its range is refused with the range', () => {
  expect(() => checkParams('method cagrad', cagrad.params, { c: -1 })).toThrow('Method cagrad: c must be a number from 0 to 10. Received: -1.');
});
