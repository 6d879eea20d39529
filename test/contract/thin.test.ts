import fc from 'fast-check';
import { expect, test } from 'vitest';
import { thin, type ThinPoint } from '../../src-main/contract/thin.ts';

const rows = (values: readonly (number | null)[]): ThinPoint[] => values.map((value, at) => [at, value]);

test('a line that fits stays as it is', () => {
  const line = rows([3, null, 1]);
  expect(thin(line, 3)).toBe(line);
});

test('of every stretch the least and the greatest value stay, and a gap where there is neither', () => {
  // at most 8 points: three stretches of four rows each, and both ends
  const line = rows([5, 1, 9, 5, 5, 7, 3, 5, null, null, null, 5]);
  expect(thin(line, 8)).toEqual([0, 1, 2, 5, 6, 11].map((at) => line[at]));
  expect(thin(rows([5, 5, 5, 5, null, null, null, null, 5, 5, 5, 5]), 8).map(([at]) => at)).toEqual([0, 4, 8, 11]); // the first of equal values
  expect(thin(rows([5, 1, 2, 3, 4, 9, 6]), 4).map(([at]) => at)).toEqual([0, 1, 5, 6]); // one stretch
});

test('however a line looks, the thinned one is a part of it in order, keeps both ends and its extremes, and is not longer than asked', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.double({ noNaN: true })), { minLength: 1, maxLength: 400 }), fc.integer({ min: 6, max: 60 }), (values, most) => {
      const line = rows(values);
      const kept = thin(line, most);
      expect(kept.length).toBeLessThanOrEqual(most);
      expect(kept.every((row, i) => line.includes(row) && (i === 0 || row[0] > (kept[i - 1]?.[0] ?? -1)))).toBe(true);
      expect([kept[0], kept.at(-1)]).toEqual([line[0], line.at(-1)]);
      const finite = (all: readonly ThinPoint[]): number[] => all.flatMap(([, value]) => (value === null ? [] : [value]));
      if (finite(line).length > 0) {
        expect(Math.min(...finite(kept))).toBe(Math.min(...finite(line)));
        expect(Math.max(...finite(kept))).toBe(Math.max(...finite(line)));
      }
    }),
  );
});
