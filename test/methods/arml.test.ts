import { expect, test } from 'vitest';
import { arml } from '../../src-main/methods/arml.ts';
import { at } from '../../src-main/methods/linalg.ts';
import { gramianOf, run, start, steps } from './cases.ts';
import { expectLearntAfterwards } from './gramianCases.ts';

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

test('the weights move by the gradient of the distance, over the squared lengths of the auxiliaries alone', () => {
  const gramian = gramianOf([
    [1, 1, 0],
    [2, 0, 0],
    [0, -1, 0],
  ]);
  // From weights of 1 both slopes are g_i (g_1 + g_2 - g_0) = 2: 1 - 2 * 0.05 * 2 / (4 + 1)
  expect(run(arml, start(arml, 3), steps(2, gramian)).at(-1)?.weights).toEqual([1, expect.closeTo(0.96, 12), expect.closeTo(0.96, 12)]);
});

test('a step has the weights from before it, whatever its Gramian is; the next one has learnt from it', () => expectLearntAfterwards(arml));
