import { expect, test } from 'vitest';
import { nearestPlace, placeOfX } from '../../../src-main/charts/lines/places.ts';

test('places of an x are found by halving', () => {
  expect([placeOfX([0, 2, 4], 3), placeOfX([0, 2, 4], 4), placeOfX([0, 2, 4], 9)]).toEqual([2, 2, 3]);
  expect([nearestPlace([0, 2, 4], 2.9), nearestPlace([0, 2, 4], 3.1), nearestPlace([0, 2, 4], 99), nearestPlace([], 1)]).toEqual([1, 2, 2, -1]);
});
