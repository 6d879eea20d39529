import { describe, expect, test } from 'vitest';
import { at } from '../../src-main/methods/linalg.ts';
import { rlw } from '../../src-main/methods/rlw.ts';
import { seen, weights } from './lossCases.ts';

describe('rlw', () => {
  const many = weights(
    rlw,
    Array.from({ length: 4000 }, (_, step) => seen([1, 1, 1], step)),
  );

  test('each task weighs 1 on average', () => {
    for (const task of [0, 1, 2]) {
      const values = many.map((row) => at(row, task));
      const average = values.reduce((total, value) => total + value, 0) / values.length;
      const variance = values.reduce((total, value) => total + (value - average) ** 2, 0) / values.length;
      expect(Math.abs(average - 1)).toBeLessThan(4 * Math.sqrt(variance / values.length)); // four standard errors
    }
  });

  test('the same stream gives the same weights, and total = one gives a third of them', () => {
    expect(weights(rlw, [seen([9, 9, 9], 3)])[0]).toEqual(many[3]);
    weights(rlw, [seen([1, 1, 1], 3)], { total: 'one' })[0]?.forEach((weight, task) => expect(weight).toBeCloseTo(at(many[3] ?? [], task) / 3, 14));
  });
});

test('rlw is a softmax of normals after Box and Muller', () => {
  const drawn = [0.5, 0.25, 0.5, 0.5]; // radius sqrt(2 ln 2) at angles pi / 2 and pi: normals 0 and -1.1774
  const known = { step: 0, epoch: 0, taskCount: 2, epochLosses: [] };
  const found = rlw.weights(rlw.init(2, {}), known, { total: 'tasks' }, () => drawn.shift() ?? NaN);
  const share = 1 / (1 + Math.exp(-Math.sqrt(2 * Math.LN2)));
  expect(found).toEqual([expect.closeTo(2 * share, 12), expect.closeTo(2 - 2 * share, 12)]);
});
