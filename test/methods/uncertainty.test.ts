import { describe, expect, test } from 'vitest';
import { checkParams } from '../../src-main/contract/params.ts';
import { at } from '../../src-main/methods/linalg.ts';
import { uncertainty } from '../../src-main/methods/uncertainty.ts';
import { seen, weights } from './lossCases.ts';

describe('uncertainty', () => {
  test('pins the main task at 1 and starts auxiliaries at the 0.5 of the formula', () => {
    const all = weights(
      uncertainty,
      Array.from({ length: 200 }, (_, step) => seen([3, 0.2, 5], step)),
    );
    expect(all[0]).toEqual([1, 0.5, 0.5]);
    for (const [main] of all) expect(main).toBe(1);
  });

  test.each(['sgd', 'adam'])('settles at 1 / (2 L) with %s', (optimizer) => {
    const last = weights(
      uncertainty,
      Array.from({ length: 4000 }, (_, step) => seen([1, 0.4, 2], step)),
      { optimizer },
    ).at(-1);
    expect(at(last ?? [], 1)).toBeCloseTo(1 / 0.8, 3);
    expect(at(last ?? [], 2)).toBeCloseTo(1 / 4, 3);
  });

  test('the variant descends its own objective', () => {
    // d/ds [0.5 exp(-s) L + ln(1 + exp(s))] at s = 0, L = 2 is -1 + 0.5; one step of 0.1 gives s = 0.05
    const second = weights(uncertainty, [seen([1, 2]), seen([1, 2], 1)], { variant: 'liebel', optimizer: 'sgd', learningRate: 0.1 })[1];
    expect(second).toEqual([1, expect.closeTo(0.5 * Math.exp(-0.05), 12)]);
  });
});

test('uncertainty moves the main task too on request, and holds what it learns within its limits', () => {
  // ds = 0.5 (1 - exp(-s) L): s_0 = -0.1 * 0.5 (1 - 2) = 0.05, s_1 = -0.1 * 0.5 (1 - 0.5) = -0.025
  const given = { pinMain: false, optimizer: 'sgd', learningRate: 0.1 };
  expect(weights(uncertainty, [seen([2, 0.5]), seen([2, 0.5], 1)], given)).toEqual([
    [0.5, 0.5],
    [expect.closeTo(0.5 * Math.exp(-0.05), 12), expect.closeTo(0.5 * Math.exp(0.025), 12)],
  ]);
  const far = weights(uncertainty, [seen([1e9, 0]), seen([1e9, 0], 1)], { ...given, learningRate: 1, initial: 0 })[1];
  expect(far).toEqual([0.5 * Math.exp(-20), 0.5 * Math.exp(0.5)]);
});

test('a parameter out of its range is refused with the range', () => {
  expect(() => checkParams('method uncertainty', uncertainty.params, { pinMain: 1 })).toThrow(
    'Method uncertainty: pinMain must be true or false. Received: 1.',
  );
});
