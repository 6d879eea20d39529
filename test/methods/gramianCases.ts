/** What several methods over the Gramian are asked alike, each in its own test file. */
import { expect } from 'vitest';
import { at } from '../../src-main/methods/linalg.ts';
import type { Method } from '../../src-main/methods/method.ts';
import { conflict, degenerate, gramianOf, randomJacobian, regular, run, start, steps, weigh } from './cases.ts';

/** Gradients of which none is a mixture of the others. */
export const independent = regular.filter(({ name }) => name.includes('random') || name.includes('three'));

export const threes = [...regular, ...degenerate].filter(({ jacobian }) => jacobian.length === 3);

/** Shares of three tasks that sum to 1, on a grid of fiftieths. */
export const mixturesOfThree = Array.from({ length: 51 }, (_, i) => Array.from({ length: 51 - i }, (__, j) => [i / 50, j / 50, (50 - i - j) / 50])).flat();

export function expectLengthsIrrelevant<State>(method: Method<State>): void {
  const plain = weigh(method, conflict);
  const longer = weigh(
    method,
    conflict.map((row, i) => row.map((value) => (i === 1 ? 5 * value : value))),
  );
  expect((5 * at(longer, 1)) / at(longer, 0)).toBeCloseTo(at(plain, 1) / at(plain, 0), 6);
}

export function expectLearntAfterwards<State>(method: Method<State>): void {
  const seen = steps(8, gramianOf(regular[2]?.jacobian ?? []));
  const turned = gramianOf(randomJacobian(3, 3, 5));
  const usual = run(method, start(method, 3), seen);
  const other = run(method, start(method, 3), [...seen.slice(0, 6), ...seen.slice(6).map((step) => ({ ...step, gramian: turned }))]);
  expect(other[6]?.weights).toEqual(usual[6]?.weights);
  expect(other[7]?.weights).not.toEqual(usual[7]?.weights);
}
