/** What each Gramian method is by its own definition, beyond the reference vectors. */
import { describe, expect, test } from 'vitest';
import { alignedMtl } from '../../src-main/methods/alignedMtl.ts';
import { arml } from '../../src-main/methods/arml.ts';
import { cagrad } from '../../src-main/methods/cagrad.ts';
import { config } from '../../src-main/methods/config.ts';
import { dualproj } from '../../src-main/methods/dualproj.ts';
import { gradnorm } from '../../src-main/methods/gradnorm.ts';
import { gradvac } from '../../src-main/methods/gradvac.ts';
import { imtlG } from '../../src-main/methods/imtlG.ts';
import { at, cosine, form, norms, times } from '../../src-main/methods/linalg.ts';
import type { Measured } from '../../src-main/methods/oneStep.ts';
import { mgda } from '../../src-main/methods/mgda.ts';
import { nashMtl } from '../../src-main/methods/nashMtl.ts';
import { upgrad } from '../../src-main/methods/upgrad.ts';
import { conflict, degenerate, gramianOf, progress, randomJacobian, regular, run, start, steps, weigh, zeroAuxiliary } from './cases.ts';

describe('nash-mtl', () => {
  test.each(regular)('solves G a = 1 / a for $name', ({ jacobian }) => {
    const a = weigh(nashMtl, jacobian);
    times(gramianOf(jacobian), a).forEach((value, i) => expect(value * at(a, i)).toBeCloseTo(1, 5));
  });

  test('the step has length sqrt(K) as published and the length of the main gradient on request', () => {
    const gramian = gramianOf(conflict);
    const length = (weights: readonly number[]): number => Math.sqrt(form(weights, gramian, weights));
    expect(length(weigh(nashMtl, conflict))).toBeCloseTo(Math.SQRT2, 6); // a^T G a = sum of a_i / a_i = 2
    expect(length(weigh(nashMtl, conflict, { length: 'main' }))).toBeCloseTo(Math.sqrt(18), 6);
  });
});

describe('mgda and cagrad', () => {
  const grid = Array.from({ length: 51 }, (_, i) => Array.from({ length: 51 - i }, (__, j) => [i / 50, j / 50, (50 - i - j) / 50])).flat();
  const threes = [...regular, ...degenerate].filter(({ jacobian }) => jacobian.length === 3);

  test.each(threes)('mgda finds no longer gradient than any mixture of a grid: $name', ({ jacobian }) => {
    const gramian = gramianOf(jacobian);
    const weights = weigh(mgda, jacobian);
    const smallest = Math.min(...grid.map((w) => form(w, gramian, w)));
    expect(form(weights, gramian, weights)).toBeLessThanOrEqual(smallest + 1e-8);
  });

  test.each(threes)('cagrad improves the worst task at least as much as any direction from a mixture of a grid: $name', ({ jacobian }) => {
    const gramian = gramianOf(jacobian);
    const even = [1 / 3, 1 / 3, 1 / 3];
    const radius = 0.4 * Math.sqrt(Math.max(0, form(even, gramian, even))); // rounding of a sum that cancels
    const worst = (weights: readonly number[]): number => Math.min(...progress(weights, gramian));
    const ours = worst(weigh(cagrad, jacobian));
    for (const w of grid) {
      const length = Math.sqrt(Math.max(0, form(w, gramian, w)));
      if (length > 1e-3) expect(ours).toBeGreaterThanOrEqual(worst(even.map((share, i) => share + (radius / length) * at(w, i))) - 1e-6);
    }
  });

  test('both stop when an auxiliary has no gradient, as their traps say', () => {
    expect(weigh(mgda, zeroAuxiliary)).toEqual([0, 1]);
    expect(weigh(cagrad, zeroAuxiliary)).toEqual([0, 0]);
  });
});

describe('the cone projections', () => {
  test('leave the plain sum where nothing conflicts', () => {
    expect(
      weigh(dualproj, [
        [1, 2, 0],
        [2, 1, 1],
      ]),
    ).toEqual([1, 1]);
    expect(
      weigh(upgrad, [
        [1, 2, 0],
        [2, 1, 1],
      ]),
    ).toEqual([1, 1]);
  });

  test('leave exactly the main gradient when the auxiliary is silent', () => {
    expect(weigh(dualproj, zeroAuxiliary)[0]).toBe(1);
    expect(weigh(upgrad, zeroAuxiliary)[0]).toBe(1);
  });

  test('with auxiliary 0 the main gradient is only turned off the conflict', () => {
    // g_0 - <g_0, g_1> / |g_1|^2 g_1 = g_0 + 22 / 38 g_1, up to the ridge of 1e-4 of the trace
    const weights = weigh(dualproj, conflict, { auxiliary: 0 });
    expect(weights[0]).toBe(1);
    expect(weights[1]).toBeCloseTo(22 / 38, 3);
  });

  test('a weight of the plan on a task equals the same preference', () => {
    const half = conflict.map((row, i) => row.map((value) => (i === 1 ? value / 2 : value)));
    const scaledGradient = weigh(upgrad, half);
    const preferred = weigh(upgrad, conflict, { auxiliary: 0.5 });
    expect(at(scaledGradient, 0)).toBeCloseTo(at(preferred, 0), 3);
    expect(at(scaledGradient, 1) / 2).toBeCloseTo(at(preferred, 1), 3);
  });
});

describe('methods of equal angles and lengths', () => {
  const independent = regular.filter(({ name }) => name.includes('random') || name.includes('three'));

  test.each(independent)('imtl-g projects equally on all unit gradients: $name', ({ jacobian }) => {
    const gramian = gramianOf(jacobian);
    const lengths = norms(gramian);
    const reach = progress(weigh(imtlG, jacobian), gramian).map((value, i) => value / at(lengths, i));
    for (const value of reach) expect(value).toBeCloseTo(at(reach, 0), 8);
  });

  test.each(independent)('config has equal cosines with all gradients, and the length of their projections: $name', ({ jacobian }) => {
    const gramian = gramianOf(jacobian);
    const weights = weigh(config, jacobian);
    const length = Math.sqrt(form(weights, gramian, weights));
    const along = progress(weights, gramian).map((value) => value / length);
    const lengths = norms(gramian);
    along.forEach((value, i) => expect(value / at(lengths, i)).toBeCloseTo(at(along, 0) / at(lengths, 0), 8));
    expect(along.reduce((total, value) => total + value, 0)).toBeCloseTo(length, 8);
  });

  test.each(independent)('aligned-mtl averages orthogonal gradients of the smallest principal length: $name', ({ jacobian }) => {
    const gramian = gramianOf(jacobian);
    const count = jacobian.length;
    const weights = weigh(alignedMtl, jacobian);
    // |d|^2 = sigma^2 p^T V V^T p = sigma^2 / K, and sigma^2 is at most the smallest squared gradient length
    const sigmaSquare = count * form(weights, gramian, weights);
    expect(sigmaSquare).toBeLessThanOrEqual(Math.min(...norms(gramian)) ** 2 + 1e-9);
    const longer = weigh(alignedMtl, jacobian, { scale: 'rmse' });
    // Mean eigenvalue = trace / K
    expect(count * form(longer, gramian, longer)).toBeCloseTo(gramian.reduce((total, row, i) => total + at(row, i), 0) / count, 8);
  });

  test('aligned-mtl takes the smallest, the lower median or the mean of the principal lengths', () => {
    const orthogonal = [
      [2, 0, 0],
      [0, 1, 0],
      [0, 0, 3],
    ]; // eigenvalues 4, 1, 9
    const expected = (sigma: number): unknown[] => [2, 1, 3].map((length) => expect.closeTo(sigma / length / 3, 12) as unknown);
    expect(weigh(alignedMtl, orthogonal)).toEqual(expected(1));
    expect(weigh(alignedMtl, orthogonal, { scale: 'median' })).toEqual(expected(2));
    expect(weigh(alignedMtl, orthogonal, { scale: 'rmse' })).toEqual(expected(Math.sqrt(14 / 3)));
    expect(weigh(alignedMtl, orthogonal, { preference: 'main', auxiliary: 0 })).toEqual([expect.closeTo(1 / 2, 12), 0, 0]);
    expect(
      weigh(
        alignedMtl,
        [
          [2, 0],
          [0, 1],
        ],
        { scale: 'median' },
      ),
    ).toEqual([expect.closeTo(1 / 4, 12), expect.closeTo(1 / 2, 12)]);
  });

  test('aligned-mtl with preference main leaves the main gradient beside a silent auxiliary', () => {
    expect(weigh(alignedMtl, zeroAuxiliary, { preference: 'main' })).toEqual([expect.closeTo(1, 12), 0]);
  });

  test.each([imtlG, config, nashMtl])('the direction of $id does not depend on the lengths of the gradients, as its trap says', (method) => {
    const plain = weigh(method, conflict);
    const longer = weigh(
      method,
      conflict.map((row, i) => row.map((value) => (i === 1 ? 5 * value : value))),
    );
    expect((5 * at(longer, 1)) / at(longer, 0)).toBeCloseTo(at(plain, 1) / at(plain, 0), 6);
  });
});

describe('gradnorm', () => {
  const gramian = gramianOf([
    [1, 0, 0],
    [0, 10, 0],
    [0, 0, 0.1],
  ]);
  const after = (given: Readonly<Record<string, unknown>>, losses: readonly number[]): readonly number[] => {
    const seen = steps(1500, gramian).map((step) => ({ ...step, losses, epochLosses: [[1, 1, 1]] }));
    return run(gradnorm, start(gradnorm, 3), seen, given).at(-1)?.weights ?? [];
  };

  test('weights are 1 during the first epoch', () => {
    expect(run(gradnorm, start(gradnorm, 3), [{ step: 0, epoch: 0, losses: [1, 2, 3], epochLosses: [], gramian }])[0]?.weights).toEqual([1, 1, 1]);
  });

  test('its first steps follow its formula', () => {
    // written out in double precision with Adam: gradients of lengths 3 and 1, losses 0.5 of 1 and 2 of 2, alpha 1.5, rate 0.25
    const lengths = gramianOf([
      [3, 0],
      [0, 1],
    ]);
    const all = steps(3, lengths).map((step) => ({ ...step, losses: [0.5, 2], epochLosses: [[1, 2]] }));
    const found = run(gradnorm, start(gradnorm, 2, { learningRate: 0.25 }), all, { learningRate: 0.25 }).map(({ weights }) => weights);
    const expected = [
      [1, 1],
      [0.7550813399463279, 1.2449186600536724],
      [0.5382936379364366, 1.4617063620635635],
    ];
    found.forEach((row, step) => row.forEach((weight, task) => expect(weight).toBeCloseTo(at(expected[step] ?? [], task), 12)));
  });

  test('with alpha 0 the weighted gradients become about equally long', () => {
    const pulls = after({ alpha: 0 }, [1, 1, 1]).map((weight, i) => weight * at(norms(gramian), i));
    expect(Math.max(...pulls) / Math.min(...pulls)).toBeLessThan(1.3); // from 100; the sign steps end in a small oscillation
  });

  test('with alpha above 0 a task that trains slowly pulls harder', () => {
    const pulls = after({ alpha: 1 }, [0.5, 1, 0.5]).map((weight, i) => weight * at(norms(gramian), i));
    expect(at(pulls, 1) / at(pulls, 0)).toBeGreaterThan(1.5); // r_1 / r_0 = 2
    expect(at(pulls, 1) / at(pulls, 0)).toBeLessThan(2.6);
  });
});

test.each([gradnorm, arml])('$id: a step has the weights from before it, whatever its Gramian is; the next one has learnt from it', (method) => {
  const seen = steps(8, gramianOf(regular[2]?.jacobian ?? []));
  const turned = gramianOf(randomJacobian(3, 3, 5));
  const usual = run<unknown>(method, start<unknown>(method, 3), seen);
  const other = run<unknown>(method, start<unknown>(method, 3), [...seen.slice(0, 6), ...seen.slice(6).map((step) => ({ ...step, gramian: turned }))]);
  expect(other[6]?.weights).toEqual(usual[6]?.weights);
  expect(other[7]?.weights).not.toEqual(usual[7]?.weights);
});

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
