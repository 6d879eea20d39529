import { describe, expect, test } from 'vitest';
import type { ArmDocument, RunDocument } from '../../../src-main/contract/results.ts';
import { compare } from '../../../src-main/lab/record/comparisons.ts';

function run(seed: number, test: number, part: Partial<RunDocument> = {}): RunDocument {
  return {
    id: `r${seed}`,
    seed,
    status: 'finished',
    epochs: 1,
    steps: 1,
    selectedEpoch: 0,
    wallMs: 1,
    stepMs: 1,
    train: { main: { rmse: test - 0.5 } },
    validation: { main: { rmse: test + 0.1 } },
    test: { main: { rmse: test } },
    classRecall: {},
    finalWeightsSha256: '',
    mainWeightsSha256: '',
    parameters: null,
    ...part,
  };
}

function arm(id: string, runs: readonly RunDocument[]): ArmDocument {
  return { id, title: id, role: id === 'baseline' ? 'baseline' : 'auxiliary', method: 'fixed', methodParams: {}, tasks: [], runs };
}

describe('comparisons', () => {
  test('a lower error is a positive difference, and every number follows from the pairs', () => {
    const before = arm(
      'baseline',
      [1, 2, 3, 4, 5].map((seed) => run(seed, 3)),
    );
    const gains = [0.8, 1.0, 1.2, 0.9, 1.1];
    const after = arm('x', gains.map((gain, i) => run(i + 1, 3 - gain, { stepMs: 1.25, train: { main: { rmse: 1 } } }))); // prettier-ignore
    const [comparison] = compare([before, after], { metric: 'rmse', margin: 0.5, plannedPairs: 5, testRows: 40 });
    // mean 1.0, standard deviation sqrt(0.1 / 4) = 0.1581, t(0.975, 4) = 2.7764: half width 0.1963
    expect(comparison?.difference.mean).toBeCloseTo(1, 12);
    expect(comparison?.difference.low).toBeCloseTo(0.8037, 4);
    expect(comparison?.difference.high).toBeCloseTo(1.1963, 4);
    expect(comparison?.verdict).toBe('helps');
    expect(comparison?.signFlipP).toBe(0.0625); // 2 of 2^5 sign patterns
    expect(comparison?.overheadPercent).toBeCloseTo(25, 12);
    // baseline: validation 3.1 minus train 2.5 = 0.6; arm: mean validation 2.1 minus train 1 = 1.1
    expect(comparison?.gap?.baseline).toBeCloseTo(0.6, 12);
    expect(comparison?.gap?.difference).toBeCloseTo(0.5, 12);
    expect(comparison?.validationDifference).toBeCloseTo(1, 12);
  });

  test('a failed run, a test metric that is not a number and a missing pair do not count, and make it too early', () => {
    const seeds = [1, 2, 3, 4, 5, 6];
    const before = arm(
      'baseline',
      seeds.map((seed) => run(seed, 3)),
    );
    const failed = arm('failed', seeds.map((seed) => run(seed, 2, seed === 6 ? { status: 'failed' } : {}))); // prettier-ignore
    const nan = arm(
      'nan',
      seeds.map((seed) => run(seed, seed === 6 ? NaN : 2)),
    );
    const missing = arm('missing', seeds.map((seed) => run(seed, 2, seed === 6 ? { status: 'interrupted' } : {}))); // prettier-ignore
    for (const comparison of compare([before, failed, nan, missing], { metric: 'rmse', margin: 0.5, plannedPairs: 6, testRows: 40 })) {
      expect(comparison.difference.pairs).toBe(5);
      expect(comparison.verdict).toBe('too-early');
    }
  });

  test('without a finished pair there are no numbers', () => {
    const [comparison] = compare([arm('baseline', []), arm('x', [])], { metric: 'rmse', margin: 0.5, plannedPairs: 6, testRows: 40 });
    expect(comparison).toMatchObject({ verdict: 'too-early', differences: [], overheadPercent: null, gap: null, pairsStillNeeded: 6 });
  });
});
