import fc from 'fast-check';
import { expect, test } from 'vitest';
import { thin, type ThinPoint } from '../../src-main/contract/thin.ts';

const rows = (values: readonly (number | null)[]): ThinPoint[] => values.map((value, at) => [at, value]);

test('a line that fits stays as it is', () => {
  const line = rows([3, null, 1]);
  expect(thin(line, 3)).toBe(line);
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
