import { expect, test } from 'vitest';
import { adam, noMoments, sgd } from '../../src-main/methods/descent.ts';

test('Adam takes the steps of its paper, and a number that joins later begins with its own correction', () => {
  // Kingma and Ba 2015, algorithm 1, written out in double precision for gradients 0.5 and -0.2 at rate 0.1
  const first = adam([1, 1], [0.5, 0], noMoments(2), 0.1);
  expect(first.values).toEqual([expect.closeTo(0.900000002, 12), 1]);
  const later = { ...first.moments, steps: first.moments.steps.map((count, i) => (i === 1 ? 0 : count)) };
  const { values, moments } = adam(first.values, [-0.2, 0.5], later, 0.1);
  expect(values).toEqual([expect.closeTo(0.8654394181165107, 12), expect.closeTo(0.900000002, 12)]);
  expect(moments.steps).toEqual([2, 1]);
});

test('gradient descent goes against the gradient', () => {
  expect(sgd([1, 2], [0.5, -1], 0.1)).toEqual([0.95, 2.1]);
});
