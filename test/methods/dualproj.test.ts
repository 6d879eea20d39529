import { expect, test } from 'vitest';
import { dualproj } from '../../src-main/methods/dualproj.ts';
import { conflict, weigh, zeroAuxiliary } from './cases.ts';

test('leaves the plain sum where nothing conflicts', () => {
  expect(
    weigh(dualproj, [
      [1, 2, 0],
      [2, 1, 1],
    ]),
  ).toEqual([1, 1]);
});

test('leaves exactly the main gradient when the auxiliary is silent', () => {
  expect(weigh(dualproj, zeroAuxiliary)[0]).toBe(1);
});

test('with auxiliary 0 the main gradient is only turned off the conflict', () => {
  // g_0 - <g_0, g_1> / |g_1|^2 g_1 = g_0 + 22 / 38 g_1, up to the ridge of 1e-4 of the trace
  const weights = weigh(dualproj, conflict, { auxiliary: 0 });
  expect(weights[0]).toBe(1);
  expect(weights[1]).toBeCloseTo(22 / 38, 3);
});
