import { expect, test } from 'vitest';
import { checkParams } from '../../src-main/contract/params.ts';
import { gradientCosine } from '../../src-main/methods/gradientCosine.ts';
import { at } from '../../src-main/methods/linalg.ts';
import type { Measured } from '../../src-main/methods/oneStep.ts';
import { degenerate, gramianOf, progress, regular, run, start, weigh } from './cases.ts';

test.each([...regular, ...degenerate])('goes at least as far along the main gradient as it goes alone: $name', ({ jacobian }) => {
  const gramian = gramianOf(jacobian);
  expect(at(progress(weigh(gradientCosine, jacobian), gramian), 0)).toBeGreaterThanOrEqual(at(gramian[0] ?? [], 0) - 1e-12);
});

test('gradient-cosine with the gate sign lets an auxiliary through whole, or not at all, orthogonal ones neither', () => {
  const gated = (auxiliary: readonly number[]): number[] => weigh(gradientCosine, [[1, 0], auxiliary], { gate: 'sign' });
  expect([gated([0.1, 1]), gated([0, 1]), gated([-0.1, 1])]).toEqual([
    [1, 1],
    [1, 0],
    [1, 0],
  ]);
  expect(
    weigh(gradientCosine, [
      [1, 0],
      [3, 4],
    ]),
  ).toEqual([1, expect.closeTo(0.6, 12)]);
});

test('gradient-cosine with smoothing uses the mean of the cosines so far, with bias correction', () => {
  const angles = [0, Math.PI / 3]; // cosines 1 and 0.5
  const seen = angles.map((angle, step): Measured => {
    const gramian = gramianOf([
      [1, 0],
      [Math.cos(angle), Math.sin(angle)],
    ]);
    return { step, epoch: 0, losses: [1, 1], epochLosses: [], gramian };
  });
  const weights = run(gradientCosine, start(gradientCosine, 2), seen, { smoothing: 0.5 }).map((update) => update.weights);
  expect(weights[0]).toEqual([1, expect.closeTo(1, 12)]);
  expect(weights[1]).toEqual([1, expect.closeTo((0.25 * 1 + 0.5 * 0.5) / 0.75, 12)]); // 0.5 (0.5 * 1) + 0.5 * 0.5, over 1 - 0.5^2
});

test('a parameter out of its range is refused with the range', () => {
  expect(() => checkParams('method gradient-cosine', gradientCosine.params, { gate: 'soft' })).toThrow(
    'Method gradient-cosine: gate must be one of weighted, sign. Received: "soft".',
  );
});
