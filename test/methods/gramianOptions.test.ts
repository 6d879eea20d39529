import { expect, test } from 'vitest';
import { lookInterval, usesRepresentation } from '../../src-main/methods/gramianOptions.ts';
import { method } from '../../src-main/methods/index.ts';

test('a method over the Gramian looks in every step unless it is told otherwise, and one that counts steps itself always', () => {
  expect(lookInterval(method('pcgrad'), { every: 10 })).toBe(10);
  expect(lookInterval(method('pcgrad'), {})).toBe(1);
  expect(lookInterval(method('ol-aux'), { every: 5 })).toBe(1);
});

test('it looks at the representation alone only on request', () => {
  expect([usesRepresentation({ representation: true }), usesRepresentation({ representation: false }), usesRepresentation({})]).toEqual([true, false, false]);
});
