/** What each loss-only method is by its own definition, beyond the reference vectors. */
import { describe, expect, test } from 'vitest';
import { dwa } from '../../src-main/methods/dwa.ts';
import { famo } from '../../src-main/methods/famo.ts';
import { gls } from '../../src-main/methods/gls.ts';
import { imtlL } from '../../src-main/methods/imtlL.ts';
import { at } from '../../src-main/methods/linalg.ts';
import type { Method } from '../../src-main/methods/method.ts';
import type { Measured } from '../../src-main/methods/oneStep.ts';
import { rlw } from '../../src-main/methods/rlw.ts';
import { slaw } from '../../src-main/methods/slaw.ts';
import { stch } from '../../src-main/methods/stch.ts';
import { uncertainty } from '../../src-main/methods/uncertainty.ts';
import { run, start } from './cases.ts';

const seen = (losses: readonly number[], step = 0, more: Partial<Measured> = {}): Measured => ({ step, epoch: 0, losses, epochLosses: [], ...more });

function weights<State>(method: Method<State>, steps: readonly Measured[], given: Readonly<Record<string, unknown>> = {}): (readonly number[])[] {
  return run(method, start(method, steps[0]?.losses.length ?? 0, given), steps, given).map((update) => update.weights);
}

/** Central differences of a loss over losses: the weights that its gradient gives. */
function slopes(objective: (losses: readonly number[]) => number, losses: readonly number[]): number[] {
  return losses.map((_, i) => {
    const moved = (by: number): number => objective(losses.map((loss, j) => (i === j ? loss + by : loss)));
    return (moved(1e-6) - moved(-1e-6)) / 2e-6;
  });
}

test('gls weights are the slopes of the geometric mean', () => {
  const losses = [2, 0.5, 1.7];
  const expected = slopes((values) => Math.cbrt(values.reduce((product, value) => product * value, 1)), losses);
  weights(gls, [seen(losses)])[0]?.forEach((weight, i) => expect(weight).toBeCloseTo(at(expected, i), 8));
});

test('stch weights are the slopes of the smooth maximum', () => {
  const losses = [2, 0.5, 1.7];
  const expected = slopes((values) => 0.3 * Math.log(values.reduce((total, value) => total + Math.exp(value / 3 / 0.3), 0)), losses);
  weights(stch, [seen(losses)], { mu: 0.3 })[0]?.forEach((weight, i) => expect(weight).toBeCloseTo(at(expected, i), 8));
});

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

test('imtl-l brings all weighted losses to 1, and keeps the main task on request', () => {
  const steps = Array.from({ length: 4000 }, (_, step) => seen([0.5, 4], step));
  expect(weights(imtlL, steps, { optimizer: 'sgd' }).at(-1)).toEqual([expect.closeTo(2, 6), expect.closeTo(0.25, 6)]);
  expect(weights(imtlL, steps, { optimizer: 'sgd', pinMain: true }).at(-1)).toEqual([1, expect.closeTo(0.25, 6)]);
});

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

describe('rlw', () => {
  const many = weights(
    rlw,
    Array.from({ length: 4000 }, (_, step) => seen([1, 1, 1], step)),
  );

  test('each task weighs 1 on average', () => {
    for (const task of [0, 1, 2]) {
      const values = many.map((row) => at(row, task));
      const average = values.reduce((total, value) => total + value, 0) / values.length;
      const variance = values.reduce((total, value) => total + (value - average) ** 2, 0) / values.length;
      expect(Math.abs(average - 1)).toBeLessThan(4 * Math.sqrt(variance / values.length)); // four standard errors
    }
  });

  test('the same stream gives the same weights, and total = one gives a third of them', () => {
    expect(weights(rlw, [seen([9, 9, 9], 3)])[0]).toEqual(many[3]);
    weights(rlw, [seen([1, 1, 1], 3)], { total: 'one' })[0]?.forEach((weight, task) => expect(weight).toBeCloseTo(at(many[3] ?? [], task) / 3, 14));
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
  expect(weights(imtlL, [seen([1e9, 1]), seen([1, 1], 1)], { optimizer: 'sgd', learningRate: 1 })[1]).toEqual([Math.exp(-20), 1]);
});

test('famo follows its formula, the pull of the logits to equality and losses of 0 included', () => {
  // written out in double precision with Adam as above: losses 2 and 1, after the first step 1 and 1, then unchanged
  const steps = [
    [1, 1],
    [2, 1],
    [2, 1],
  ].map((lossesAfter, step) => seen([2, 1], step, { lossesAfter }));
  const found = weights(famo, steps, { learningRate: 0.1, decay: 0.5 });
  const expected = [
    [1 / 3, 2 / 3],
    [0.290460789448829, 0.7095392105511711],
    [0.2727682363163782, 0.7272317636836217],
  ];
  found.forEach((row, step) => row.forEach((weight, task) => expect(weight).toBeCloseTo(at(expected[step] ?? [], task), 12)));
  const solved = weights(famo, [seen([0, 1], 0, { lossesAfter: [0, 1] }), seen([0, 1], 1)]);
  for (const row of solved) expect(row).toEqual([expect.closeTo(1, 7), expect.closeTo(1e-8, 9)]); // 1e8 to 1
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

test('rlw is a softmax of normals after Box and Muller', () => {
  const drawn = [0.5, 0.25, 0.5, 0.5]; // radius sqrt(2 ln 2) at angles pi / 2 and pi: normals 0 and -1.1774
  const known = { step: 0, epoch: 0, taskCount: 2, epochLosses: [] };
  const found = rlw.weights(rlw.init(2, {}), known, { total: 'tasks' }, () => drawn.shift() ?? NaN);
  const share = 1 / (1 + Math.exp(-Math.sqrt(2 * Math.LN2)));
  expect(found).toEqual([expect.closeTo(2 * share, 12), expect.closeTo(2 - 2 * share, 12)]);
});

test('slaw divides by the running deviation, after a first step of ones', () => {
  // means 1 and 2, then half of the way to 3 and 2.5: variances 0.5 * 1 * 2 = 1 and 0.5 * 0.25 * 0.5 = 0.0625, deviations 1 and 0.25
  expect(weights(slaw, [seen([1, 2]), seen([3, 2.5], 1)])).toEqual([
    [1, 1],
    [expect.closeTo(0.4, 12), expect.closeTo(1.6, 12)],
  ]);
  // with beta 0 the newest loss is all: no deviation is left but the floor of 1e-5 of the mean
  expect(weights(slaw, [seen([1, 2]), seen([3, 6], 1)], { beta: 0 })[1]).toEqual([expect.closeTo(4 / 3, 9), expect.closeTo(2 / 3, 9)]);
});

test('slaw does not depend on the unit of a loss', () => {
  const noise = [1, 0.7, 1.2, 0.9, 1.1, 0.6];
  const shape = (factor: number): (readonly number[])[] =>
    weights(
      slaw,
      noise.map((loss, step) => seen([loss, factor * at(noise, 5 - step)], step)),
    );
  const plain = shape(1).at(-1) ?? [];
  const scaled = shape(1e6).at(-1) ?? [];
  expect(at(scaled, 1) / at(scaled, 0)).toBeCloseTo((at(plain, 1) / at(plain, 0)) * 1e-6, 9);
});

test('famo raises the weight of the task that improved less', () => {
  const slow = Array.from({ length: 50 }, (_, step) => seen([1, 1], step, { lossesAfter: [0.9, 0.99] }));
  const last = weights(famo, slow).at(-1) ?? [];
  expect(at(last, 1)).toBeGreaterThan(0.6);
  expect(at(last, 0) + at(last, 1)).toBeCloseTo(1, 12);
});
