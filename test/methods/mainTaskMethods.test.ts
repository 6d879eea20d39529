/** What each Gramian method that serves one main task is by its own definition, beyond the reference vectors. */
import { expect, test } from 'vitest';
import { arml } from '../../src-main/methods/arml.ts';
import { gradientCosine } from '../../src-main/methods/gradientCosine.ts';
import { at } from '../../src-main/methods/linalg.ts';
import { metabalance } from '../../src-main/methods/metabalance.ts';
import { olAux } from '../../src-main/methods/olAux.ts';
import type { Measured } from '../../src-main/methods/oneStep.ts';
import { primaryPcgrad } from '../../src-main/methods/primaryPcgrad.ts';
import { degenerate, gramianOf, progress, regular, run, start, steps, weigh, zeroAuxiliary } from './cases.ts';

test.each([...regular, ...degenerate])(
  'primary-pcgrad and gradient-cosine go at least as far along the main gradient as it goes alone: $name',
  ({ jacobian }) => {
    const gramian = gramianOf(jacobian);
    const alone = at(gramian[0] ?? [], 0);
    for (const method of [primaryPcgrad, gradientCosine]) expect(at(progress(weigh(method, jacobian), gramian), 0)).toBeGreaterThanOrEqual(alone - 1e-12);
  },
);

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

test('ol-aux keeps weights within 0 and the maximum', () => {
  const gramian = gramianOf([
    [1, 0],
    [1, 0.1],
    [-1, 0.1],
  ]);
  const last = run(olAux, start(olAux, 3), steps(200, gramian), { learningRate: 0.1, maximum: 3 }).at(-1);
  expect(last?.weights).toEqual([1, 3, 0]);
});

test('arml converges to the auxiliary mixture nearest to the main gradient', () => {
  const gramian = gramianOf([
    [1, 1, 0],
    [2, 0, 0],
    [0, -1, 0],
  ]);
  const last = run(arml, start(arml, 3), steps(400, gramian)).at(-1);
  expect(last?.weights).toEqual([1, expect.closeTo(0.5, 6), 0]); // 0.5 [2, 0, 0] meets the first component; [0, -1, 0] can only hurt
  const paper = run(arml, start(arml, 3), steps(400, gramian), { budget: 'fixed' }).at(-1);
  expect(at(paper?.weights ?? [], 1) + at(paper?.weights ?? [], 2)).toBeCloseTo(2, 9);
  const single = gramianOf([
    [1, 0],
    [-1, 1],
  ]);
  expect(run(arml, start(arml, 2), steps(50, single), { budget: 'fixed' }).at(-1)?.weights).toEqual([1, 1]);
  expect(run(arml, start(arml, 2), steps(50, single)).at(-1)?.weights).toEqual([1, 0]);
});
