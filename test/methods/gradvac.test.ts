import { describe, expect, test } from 'vitest';
import { gradvac } from '../../src-main/methods/gradvac.ts';
import { at, cosine, form } from '../../src-main/methods/linalg.ts';
import type { Measured } from '../../src-main/methods/oneStep.ts';
import { conflict, gramianOf, progress, randomJacobian, run, start, steps, zeroAuxiliary } from './cases.ts';

describe('gradvac', () => {
  test('turns a conflicting pair to the target cosine', () => {
    const gramian = gramianOf(conflict);
    const state = {
      perTask: {},
      perPair: {
        target: [
          [0, 0.3],
          [0, 0],
        ],
      },
    };
    const seen: Measured = { step: 0, epoch: 0, losses: [1, 1], epochLosses: [], gramian };
    const [update] = run(gradvac, state, [seen], { beta: 0 });
    // The second task keeps to target 0 as PCGrad: g_1 - <g_1, g_0> / |g_0|^2 g_0 = g_1 + 22/18 g_0; the rest is the first task's mixture.
    const first = [at(update?.weights ?? [], 0) - 22 / 18, at(update?.weights ?? [], 1) - 1];
    const along = at(progress(first, gramian), 1);
    expect(along / Math.sqrt(form(first, gramian, first)) / Math.sqrt(38)).toBeCloseTo(0.3, 10);
  });

  test('a gradient of 0 has no cosine to follow', () => {
    const last = run(gradvac, start(gradvac, 2), steps(3, gramianOf(zeroAuxiliary))).at(-1);
    expect(last?.state.perPair.target).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(last?.weights).toEqual([1, 1]);
  });

  test('the target follows the cosines met', () => {
    const gramian = gramianOf(randomJacobian(5, 2, 4));
    const last = run(gradvac, start(gradvac, 2), steps(2000, gramian)).at(-1);
    expect(at(last?.state.perPair.target[0] ?? [], 1)).toBeCloseTo(cosine(gramian, 0, 1), 6);
  });
});
