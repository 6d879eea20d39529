import { expect, test } from 'vitest';
import { checkParams } from '../../src-main/contract/params.ts';
import { olAux } from '../../src-main/methods/olAux.ts';
import { gramianOf, run, start, steps } from './cases.ts';

test('ol-aux keeps weights within 0 and the maximum', () => {
  const gramian = gramianOf([
    [1, 0],
    [1, 0.1],
    [-1, 0.1],
  ]);
  const last = run(olAux, start(olAux, 3), steps(200, gramian), { learningRate: 0.1, maximum: 3 }).at(-1);
  expect(last?.weights).toEqual([1, 3, 0]);
});

test('a parameter out of its range is refused with the range', () => {
  expect(() => checkParams('method ol-aux', olAux.params, { every: 2.5 })).toThrow(
    'Method ol-aux: every must be a whole number from 1 to 10000. Received: 2.5.',
  );
});
