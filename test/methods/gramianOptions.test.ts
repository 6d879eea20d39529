import { expect, test } from 'vitest';
import { lookInterval, usesRepresentation } from '../../src-main/methods/gramianOptions.ts';
import { noState } from '../../src-main/methods/activeTasks.ts';
import { fixed } from '../../src-main/methods/fixed.ts';
import { gramianMethod } from '../../src-main/methods/kinds.ts';

const { id, title, paper, summary, whenToUse, formula, traps, cost, params, claims } = fixed;
const words = { id, title, paper, summary, whenToUse, formula, traps, cost, params, claims };
const calls = { init: () => noState, update: () => ({ weights: [1], state: noState }) };
const looking = gramianMethod({ ...words, ...calls });
const counting = gramianMethod({ ...words, ...calls, seesEveryStep: true });

test('a method over the Gramian looks in every step unless it is told otherwise, and one that counts steps itself always', () => {
  expect(lookInterval(looking, { every: 10 })).toBe(10);
  expect(lookInterval(looking, {})).toBe(1);
  expect(lookInterval(counting, { every: 5 })).toBe(1);
});

test('it looks at the representation alone only on request', () => {
  expect([usesRepresentation({ representation: true }), usesRepresentation({ representation: false }), usesRepresentation({})]).toEqual([true, false, false]);
});
