import { describe, expect, test } from 'vitest';
import { diagnosticPoints, usualInterval } from '../../../../src-main/engine/training/weighing/diagnostics.ts';

describe('the points of one look', () => {
  // g_0 = (1, 2, 3), g_1 = (-1, 0.5, 0): |g_0|^2 = 14, |g_1|^2 = 1.25, <g_0, g_1> = 0
  const named = (gramian: number[][], weights: number[]): Record<string, number> =>
    Object.fromEntries(
      diagnosticPoints(['main', 'aux', 'other'].slice(0, gramian.length), 7, { gramian, weights }).map(([name, at, value]) => [`${name}@${at}`, value]),
    );

  test('lengths, cosine, and the step against the main gradient follow from the inner products', () => {
    const found = named(
      [
        [4, -3],
        [-3, 9],
      ],
      [1, 0.5],
    ); // d = g_0 + g_1 / 2: |d|^2 = 4 - 3 + 9/4 = 3.25; <d, g_0> = 4 - 1.5 = 2.5
    expect(found).toEqual({
      'gradient-norm/main@7': 2,
      'gradient-norm/aux@7': 3,
      'cosine/aux@7': -0.5,
      'step-ratio@7': expect.closeTo(Math.sqrt(3.25) / 2, 12),
      'main-progress@7': expect.closeTo(2.5 / 4, 12),
    });
  });

  test('the main task alone makes exactly its own step', () => {
    expect(named([[5]], [1])).toEqual({ 'gradient-norm/main@7': Math.sqrt(5), 'step-ratio@7': 1, 'main-progress@7': 1 });
  });

  test('a task that was not looked at, or has no gradient, says nothing and spoils nothing', () => {
    const found = named(
      [
        [4, NaN, 0],
        [NaN, NaN, NaN],
        [0, NaN, 0],
      ],
      [1, 0, 1],
    );
    expect(found).toEqual({ 'gradient-norm/main@7': 2, 'gradient-norm/other@7': 0, 'step-ratio@7': 1, 'main-progress@7': 1 });
    expect(named([[0, 0], [0, 1]], [1, 1])).toEqual({ 'gradient-norm/main@7': 0, 'gradient-norm/aux@7': 1 }); // prettier-ignore
  });

  test('there are about 40 looks in a long run and none more often than every 25 steps; a short run gets ten', () => {
    expect(usualInterval(48)).toBe(5);
    expect(usualInterval(100)).toBe(10);
    expect(usualInterval(1000)).toBe(25);
    expect(usualInterval(10_000)).toBe(250);
  });
});
