import { expect, test } from 'vitest';
import { lookInterval, usesRepresentation } from '../../src-main/methods/gramianOptions.ts';
import { olAux } from '../../src-main/methods/olAux.ts';
import { pcgrad } from '../../src-main/methods/pcgrad.ts';

test('a method over the Gramian looks in every step unless it is told otherwise, and one that counts steps itself always', () => {
  expect(lookInterval(pcgrad, { every: 10 })).toBe(10);
  expect(lookInterval(pcgrad, {})).toBe(1);
  expect(lookInterval(olAux, { every: 5 })).toBe(1);
});

test('it looks at the representation alone only on request', () => {
  expect([usesRepresentation({ representation: true }), usesRepresentation({ representation: false }), usesRepresentation({})]).toEqual([true, false, false]);
});
