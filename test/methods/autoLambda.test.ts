import { describe, expect, test } from 'vitest';
import { autoLambda, hypergradient } from '../../src-main/methods/autoLambda.ts';
import type { Measured } from '../../src-main/methods/oneStep.ts';
import { run, start } from './cases.ts';

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
