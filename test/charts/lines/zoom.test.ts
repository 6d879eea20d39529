import { expect, test } from 'vitest';
import { moved, zoomed } from '../../../src-main/charts/lines/zoom.ts';

test('zooming in and out stays inside and comes back to everything', () => {
  expect(zoomed([0, 100], [0, 100], 0.5)).toEqual([25, 75]);
  expect(zoomed([25, 75], [0, 100], 0.5, 25)).toEqual([25, 50]);
  expect(zoomed([25, 75], [0, 100], 2)).toBeNull();
  expect(moved([25, 75], [0, 100], 1)).toEqual([50, 100]);
  expect(moved([25, 75], [0, 100], -1)).toEqual([0, 50]);
});
