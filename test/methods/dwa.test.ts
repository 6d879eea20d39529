import { expect, test } from 'vitest';
import { dwa } from '../../src-main/methods/dwa.ts';
import { methodVectorsFormat } from '../../src-main/methods/vectorDocument.ts';
import { verifyMethods } from '../../src-main/methods/verify.ts';
import { seen, weights } from './lossCases.ts';

test('dwa uses the last two finished epochs alone', () => {
  const given = { temperature: 1 };
  const ones = weights(dwa, [seen([1, 1], 0, { epochLosses: [[5, 1]] })], given)[0];
  expect(ones).toEqual([1, 1]);
  const two = weights(
    dwa,
    [
      seen([1, 1], 0, {
        epochLosses: [
          [99, 1],
          [2, 2],
          [1, 2],
        ],
      }),
    ],
    given,
  )[0];
  const share = Math.exp(0.5) / (Math.exp(0.5) + Math.exp(1)); // ratios 1/2 and 2/2
  expect(two).toEqual([expect.closeTo(2 * share, 12), expect.closeTo(2 - 2 * share, 12)]);
});

test('dwa counts a task without two positive losses as steady, and no ratio above a million', () => {
  const two = (last: readonly number[], before: readonly number[]): readonly number[] =>
    weights(dwa, [seen([1, 1], 0, { epochLosses: [before, last] })], { temperature: 1 })[0] ?? [];
  expect(two([1, 0], [1, 1])).toEqual([1, 1]);
  expect(two([1, 1], [1, 0])).toEqual([1, 1]);
  expect(two([1, NaN], [1, 1])).toEqual([1, 1]);
  const share = Math.exp(0.5) / (Math.exp(0.5) + Math.E);
  expect(two([1, 1], [2, 0])).toEqual([expect.closeTo(2 * share, 12), expect.closeTo(2 - 2 * share, 12)]); // 1/2 and steady
  expect(two([1e9, 1e9], [1, 1e-3])).toEqual([1, 1]); // 1e9 and 1e12 count alike
});

test('dwa agrees with its formula in a vector of epochs', () => {
  const weights = [1.1243530017715965, 0.8756469982284037]; // 2 softmax(1 / 2, 0.5 / 2): the last epoch's losses over those of the one before, at temperature 2
  const late = { losses: [9, 9], epoch: 2, expected: { weights } };
  const steps = [{ losses: [1, 1], epoch: 0 }, { losses: [1, 0.5], epoch: 1 }, late, late];
  expect(verifyMethods({ format: methodVectorsFormat, vectors: [{ id: 'a', method: 'dwa', steps, atol: 1e-12 }] }, [dwa])[0]?.detail).toBe(
    '4 numbers agree within 1e-12',
  );
});
