import { expect, test } from 'vitest';
import { fitted, fittedNames } from '../../src-main/charts/fitted.ts';

test('a text that is too long gives up its middle', () => {
  expect(fitted('a very long name', 60, 13)).toBe('a ve…ame'); // 60 / (13 x 0.56) = 8 characters
  expect(fitted('short', 200, 13)).toBe('short');
});

test('names that are too long for a chart give up what they begin with alike, and stay told apart', () => {
  const start = 'heads at block1, block2 + parity + size, ';
  const names = [
    'Baseline',
    ...['weight 0.3 at block2', 'curriculum from 1 to 3', 'curriculum from 2 to 3', 'weight 0.35 at block2'].map((end) => `${start}${end}, pcgrad`),
  ];
  const cut = fittedNames(names, 30 * 13 * 0.56, 13);
  expect(cut).toEqual([
    'Baseline',
    'heads a…weight 0.3 at block2,…',
    'heads a…curriculum from 1 to…',
    'heads a…curriculum from 2 to…',
    'heads a…weight 0.35 at block2…',
  ]);
  const close = ['1', '2', '3'].map((end) => `${'a long beginning '.repeat(4)}and a word that runs ${end}`);
  const narrow = fittedNames([...close, 'another name that is much too long here'], 14 * 13 * 0.56, 13);
  expect(new Set(narrow).size).toBe(4);
  for (const name of [...cut, ...narrow]) expect(name.length).toBeLessThanOrEqual(30);
});
