import { expect, test } from 'vitest';
import { famo } from '../../src-main/methods/famo.ts';
import { at } from '../../src-main/methods/linalg.ts';
import { seen, weights } from './lossCases.ts';

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

test('famo raises the weight of the task that improved less', () => {
  const slow = Array.from({ length: 50 }, (_, step) => seen([1, 1], step, { lossesAfter: [0.9, 0.99] }));
  const last = weights(famo, slow).at(-1) ?? [];
  expect(at(last, 1)).toBeGreaterThan(0.6);
  expect(at(last, 0) + at(last, 1)).toBeCloseTo(1, 12);
});
