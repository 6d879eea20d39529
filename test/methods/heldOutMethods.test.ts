import { describe, expect, test } from 'vitest';
import { checkParams } from '../../src-main/contract/params.ts';
import { autoLambda, hypergradient } from '../../src-main/methods/autoLambda.ts';
import { forkmerge } from '../../src-main/methods/forkmerge.ts';
import { methods, needsHeldOutRows } from '../../src-main/methods/index.ts';
import type { Measured } from '../../src-main/methods/oneStep.ts';
import { run, start } from './cases.ts';

test('the methods that keep validation rows for themselves are auto-lambda and forkmerge', () => {
  expect(methods.filter(needsHeldOutRows).map(({ id }) => id)).toEqual(['auto-lambda', 'forkmerge']);
});

describe('auto-lambda', () => {
  const looking = (plus: readonly number[], minus: readonly number[]): Measured => ({
    step: 0,
    epoch: 0,
    losses: [1, 1, 1],
    epochLosses: [],
    lookAhead: { rate: 0.1, epsilon: 0.02, plus, minus },
  });

  test('the hypergradient is -rate (L+ - L-) / (2 epsilon)', () => {
    // -0.1 * (1.2 - 1.0) / 0.04 = -0.5 and -0.1 * (0.9 - 1.1) / 0.04 = 0.5
    expect(hypergradient({ rate: 0.1, epsilon: 0.02, plus: [1, 1.2, 0.9], minus: [1, 1, 1.1] })).toEqual([
      -0,
      expect.closeTo(-0.5, 12),
      expect.closeTo(0.5, 12),
    ]);
  });

  test('of a linear toy it is the derivative of the held-out loss after the step', () => {
    // theta in R^2, L_i = a_i . theta (train), L_val = |theta|^2 / 2, theta = (1, 2), rate 0.1, weights 1:
    // theta' = theta - 0.1 (a_0 + a_1); dL_val(theta')/dw_1 = -0.1 a_1 . theta'. Linear losses make the difference exact.
    const [theta, a0, a1] = [
      [1, 2],
      [0.5, -1],
      [2, 1],
    ] as const;
    const ahead = theta.map((value, i) => value - 0.1 * ((a0[i] ?? 0) + (a1[i] ?? 0)));
    const dot = (x: readonly number[], y: readonly number[]): number => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
    const epsilon = 0.01 / Math.sqrt(dot(ahead, ahead));
    const at = (sign: number): readonly number[] => theta.map((value, i) => value + sign * epsilon * (ahead[i] ?? 0));
    const losses = (point: readonly number[]): number[] => [dot(a0, point), dot(a1, point)];
    const found = hypergradient({ rate: 0.1, epsilon, plus: losses(at(1)), minus: losses(at(-1)) });
    expect(found[1]).toBeCloseTo(-0.1 * dot(a1, ahead), 10);
  });

  test('a weight rises when its task pulls the held-out loss down, falls otherwise, and never below 0; the main task keeps 1', () => {
    const good = looking([1, 1.2, 0.9], [1, 1, 1.1]);
    const updates = run(
      autoLambda,
      start(autoLambda, 3, { learningRate: 0.05 }),
      Array.from({ length: 60 }, () => good),
      { learningRate: 0.05 },
    );
    const weights = updates.map((update) => update.weights);
    expect(weights[0]).toEqual([1, 1, 1]); // the plan's own weights
    expect(weights[1]?.[1]).toBeCloseTo(1.05, 6); // Adam's first step has the length of the rate
    expect(weights[1]?.[2]).toBeCloseTo(0.95, 6);
    expect(weights.at(-1)?.[2]).toBe(0);
    expect(weights.every((each) => each[0] === 1)).toBe(true);
  });

  test('it learns from looks alone', () => {
    const state = start(autoLambda, 2);
    expect(run(autoLambda, state, [{ step: 0, epoch: 0, losses: [1, 1], epochLosses: [] }])[0]?.state).toBe(state);
  });
});

describe('forkmerge', () => {
  const params = (given: Record<string, unknown> = {}) => checkParams('method forkmerge', forkmerge.params, given);

  test('the main task alone is a branch, beside one for every auxiliary or one for all', () => {
    expect(forkmerge.branches(3, params())).toEqual([
      [true, false, false],
      [true, true, false],
      [true, false, true],
    ]);
    expect(forkmerge.branches(3, params({ branches: 'all' }))).toEqual([
      [true, false, false],
      [true, true, true],
    ]);
    expect(forkmerge.branches(1, params())).toEqual([[true]]);
  });

  test('a mixture is taken only where it scores better than the best branch', async () => {
    // Score of shares s: -(s_1 - 0.4)^2 on branches 0 and 1: the best of the grid is a share of 0.4.
    const score = async ([, second = 0]: readonly number[]): Promise<number> => -((second - 0.4) ** 2);
    expect(await forkmerge.merge([await score([1, 0]), await score([0, 1])], score)).toEqual([0.6, 0.4]);
    expect(await forkmerge.merge([0.9, 0.7, 0.8], async () => 0.9)).toEqual([1, 0, 0]); // no gain: nothing is mixed in
    expect(await forkmerge.merge([0.5, 0.5], async () => 0.4)).toEqual([1, 0]); // ties go to the branch without auxiliaries
    expect(await forkmerge.merge([0.5, 0.6], async () => 0.4)).toEqual([0, 1]);
  });

  test('shares are at least 0 and sum to 1, whatever the scores', async () => {
    for (let seed = 1; seed < 50; seed++) {
      const scores = [1, 2, 3, 4].map((k) => Math.sin(seed * k));
      const shares = await forkmerge.merge(
        scores,
        async (mixture) => mixture.reduce((sum, share, k) => sum + Math.cos(seed + k) * share, 0) + Math.sin(seed * 7 * (mixture[0] ?? 0)),
      );
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
  });
});
