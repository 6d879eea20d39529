import { expect, test } from 'vitest';
import { at } from '../../src-main/methods/linalg.ts';
import { metabalance } from '../../src-main/methods/metabalance.ts';
import { gramianOf, run, start, steps, weigh, zeroAuxiliary } from './cases.ts';

test('metabalance at relax 1 brings every auxiliary to the length of the main gradient, also one that joins later', () => {
  const jacobian = [
    [3, 4],
    [300, 400],
    [0, 0.05],
  ];
  const gramian = gramianOf(jacobian);
  const seen = steps(30, gramian).map((step) => ({ ...step, active: [true, true, step.step >= 20] }));
  const weights = run(metabalance, start(metabalance, 3), seen, { relax: 1, epsilon: 1e-9 }).map((update) => update.weights);
  expect(weights[0]).toEqual([1, expect.closeTo(0.01, 8), 0]);
  expect(weights[20]).toEqual([1, expect.closeTo(0.01, 8), expect.closeTo(100, 3)]);
});

test('metabalance with a share of 0.1 keeps an auxiliary at a tenth of the main gradient, whatever weight the plan gives it', () => {
  for (const planned of [1, 20]) {
    const jacobian = [
      [3, 4],
      [300 * planned, 400 * planned],
    ];
    expect(at(weigh(metabalance, jacobian, { relax: 1, share: 0.1, epsilon: 1e-9 }), 1) * planned).toBeCloseTo(0.001, 8);
  }
});

test('metabalance bounds the factor on a silent auxiliary by 1 / epsilon', () => {
  expect(weigh(metabalance, zeroAuxiliary, { relax: 1, epsilon: 0.01 })).toEqual([1, expect.closeTo(100, 9)]);
});
