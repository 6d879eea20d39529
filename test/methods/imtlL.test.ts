import { expect, test } from 'vitest';
import { imtlL } from '../../src-main/methods/imtlL.ts';
import { seen, weights } from './lossCases.ts';

test('imtl-l brings all weighted losses to 1, and keeps the main task on request', () => {
  const steps = Array.from({ length: 4000 }, (_, step) => seen([0.5, 4], step));
  expect(weights(imtlL, steps, { optimizer: 'sgd' }).at(-1)).toEqual([expect.closeTo(2, 6), expect.closeTo(0.25, 6)]);
  expect(weights(imtlL, steps, { optimizer: 'sgd', pinMain: true }).at(-1)).toEqual([1, expect.closeTo(0.25, 6)]);
});

test('imtl-l holds what it learns within its limits', () => {
  expect(weights(imtlL, [seen([1e9, 1]), seen([1, 1], 1)], { optimizer: 'sgd', learningRate: 1 })[1]).toEqual([Math.exp(-20), 1]);
});
