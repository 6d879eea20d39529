import { expect, test } from 'vitest';
import { at } from '../../src-main/methods/linalg.ts';
import { upgrad } from '../../src-main/methods/upgrad.ts';
import { conflict, weigh, zeroAuxiliary } from './cases.ts';

test('leaves the plain sum where nothing conflicts', () => {
  expect(
    weigh(upgrad, [
      [1, 2, 0],
      [2, 1, 1],
    ]),
  ).toEqual([1, 1]);
});

test('leaves exactly the main gradient when the auxiliary is silent', () => {
  expect(weigh(upgrad, zeroAuxiliary)[0]).toBe(1);
});

test('a weight of the plan on a task equals the same preference', () => {
  const half = conflict.map((row, i) => row.map((value) => (i === 1 ? value / 2 : value)));
  const scaledGradient = weigh(upgrad, half);
  const preferred = weigh(upgrad, conflict, { auxiliary: 0.5 });
  expect(at(scaledGradient, 0)).toBeCloseTo(at(preferred, 0), 3);
  expect(at(scaledGradient, 1) / 2).toBeCloseTo(at(preferred, 1), 3);
});
