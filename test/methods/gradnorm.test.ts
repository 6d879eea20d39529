import { describe, expect, test } from 'vitest';
import { checkParams } from '../../src-main/contract/params.ts';
import { gradnorm } from '../../src-main/methods/gradnorm.ts';
import { at, norms } from '../../src-main/methods/linalg.ts';
import { gramianOf, run, start, steps } from './cases.ts';
import { expectLearntAfterwards } from './gramianCases.ts';

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

test('a step has the weights from before it, whatever its Gramian is; the next one has learnt from it', () => expectLearntAfterwards(gradnorm));

test('a parameter with a slip is refused with the nearest name', () => {
  expect(() => checkParams('method gradnorm', gradnorm.params, { alhpa: 1 })).toThrow(
    'Method gradnorm has no parameter "alhpa". Did you mean alpha? It has: alpha, learningRate, every, representation.',
  );
});
