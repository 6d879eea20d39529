import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holm, adjustForArms } from '../../src-main/stats/holm.ts';
import { pairedDifference } from '../../src-main/stats/paired.ts';
import { signFlipP } from '../../src-main/stats/signFlip.ts';

/** The definition, by going through every pattern of signs. */
function byDefinition(differences: readonly number[]): number {
  const total = (signs: number): number => differences.reduce((sum, value, i) => sum + ((signs >> i) & 1 ? -value : value), 0);
  const size = differences.reduce((sum, value) => sum + Math.abs(value), 0);
  let extreme = 0;
  for (let signs = 0; signs < 2 ** differences.length; signs++) if (Math.abs(total(signs)) >= Math.abs(total(0)) - 1e-12 * size) extreme++;
  return extreme / 2 ** differences.length;
}

test('the p agrees with going through every pattern of signs, ties included', () => {
  const value = fc.integer({ min: -6, max: 6 }).map((tenths) => tenths / 10); // few values: many ties, none exact in binary
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 10 }), (differences) => {
      expect(signFlipP(differences)).toBeCloseTo(byDefinition(differences), 14);
    }),
  );
});

test('pairs that all agree in sign give 2 / 2^n', () => {
  expect(signFlipP([0.1, 0.2, 0.3, 0.4, 0.5])).toBe(2 / 32); // 0.0625: five pairs cannot reach 0.05
  expect(signFlipP([0.1, 0.2, 0.3, 0.4, 0.5, 0.6])).toBe(2 / 64);
});

test('the scale of the differences does not matter', () => {
  const seen = [0.3, -0.1, 0.5, 0.2, 0.4];
  for (const scale of [1e-300, 1e300]) expect(signFlipP(seen.map((value) => value * scale))).toBe(signFlipP(seen));
});

test('twenty pairs are exact and fast, twenty-one are not tested', () => {
  expect(signFlipP(Array<number>(20).fill(1))).toBe(2 / 2 ** 20);
  expect(signFlipP(Array<number>(21).fill(1))).toBeNull();
  expect(signFlipP([])).toBeNull();
  expect(signFlipP([0, 0, 0])).toBe(1);
  expect(() => signFlipP([NaN])).toThrow('Every difference must be a finite number. Received: NaN.');
});

test('Holm’s p values are those of R’s p.adjust', () => {
  // p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") = 0.03 0.06 0.06 0.02
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  for (const [i, expected] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[i]).toBeCloseTo(expected, 14);
  expect(holm([])).toEqual([]);
  expect(holm([0.7, 0.8])).toEqual([1, 1]);
  expect(holm([1, 0])).toEqual([1, 0]); // the borders belong to it
  expect(() => holm([1.5])).toThrow('A p value is from 0 to 1. Received: 1.5.');
  expect(() => holm([0.5, -0.1])).toThrow('Received: -0.1.');
});

test('adjusted intervals are Bonferroni’s and never claim more than Holm’s p', () => {
  const arms = [
    [0.9, 1.1, 1.4, 0.8, 1.3],
    [0.2, -0.3, 0.5, 0.1, 0.4],
  ];
  const adjusted = adjustForArms(arms);
  const single = pairedDifference(arms[0]!, 0, 0.975); // 1 - 0.05 / 2
  expect(adjusted[0]).toMatchObject({ low: single.low, high: single.high });
  for (const { low, high, p } of adjusted) if (low > 0 || high < 0) expect(p).toBeLessThan(0.05);
});

test('one arm needs no adjustment, and an arm of one pair has no p', () => {
  const seen = [0.9, 1.1, 1.4, 0.8, 1.3];
  const { low, high, tP } = pairedDifference(seen);
  expect(adjustForArms([seen])[0]!.low).toBeCloseTo(low, 12);
  expect(adjustForArms([seen])[0]!.high).toBeCloseTo(high, 12);
  expect(adjustForArms([seen])[0]!.p).toBe(tP);
  expect(adjustForArms([[1]])).toEqual([{ low: -Infinity, high: Infinity, p: null }]);
  expect(adjustForArms([[1], seen])[1]!.p).toBeCloseTo(2 * tP!, 14); // it counts as an arm all the same
});
