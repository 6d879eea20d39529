import { describe, expect, test } from 'vitest';
import { coneRidge } from '../../src-main/methods/dualCone.ts';
import { methods } from '../../src-main/methods/index.ts';
import type { Method, MethodClaim } from '../../src-main/methods/method.ts';
import type { Measured } from '../../src-main/methods/oneStep.ts';
import { degenerate, extreme, gramianOf, progress, regular, run, start, steps, withTasks } from './cases.ts';

const all = [...regular, ...degenerate, ...extreme];

/** Weights of a run over a case, with each step's Gramian the same. */
function weightsOf(method: Method, gramian: readonly (readonly number[])[], change: (seen: Measured) => Measured = (seen) => seen): (readonly number[])[] {
  return run(method, start(method, gramian.length), steps(10, gramian).map(change)).map(({ weights }) => weights);
}

/** How far below 0 <d, g_i> may fall: rounding of the sum, and for the cone projections their ridge of 1e-4 of the trace. */
function allowance(method: Method, weights: readonly number[], gramian: readonly (readonly number[])[], task: number): number {
  const length = (i: number): number => Math.sqrt(gramian[i]?.[i] ?? 0);
  const rounding = 1e-7 * length(task) * weights.reduce((total, weight, i) => total + Math.abs(weight) * length(i), 0);
  const trace = gramian.reduce((total, row, i) => total + (row[i] ?? 0), 0);
  return rounding + (method.id === 'upgrad' || method.id === 'dualproj' ? 1.0001 * coneRidge * trace * Math.max(...weights) : 0);
}

function expectNotOpposed(method: Method, tasks: (count: number) => number[]): void {
  for (const { name, jacobian } of all) {
    const gramian = gramianOf(jacobian);
    for (const weights of weightsOf(method, gramian)) {
      for (const task of tasks(jacobian.length)) {
        const allowed = allowance(method, weights, gramian, task);
        expect(progress(weights, gramian)[task], `${name}, task ${task}, weights ${String(weights)}`).toBeGreaterThanOrEqual(-allowed);
      }
    }
  }
}

function expectSum(method: Method, total: (count: number) => number): void {
  for (const { name, jacobian } of all) {
    for (const weights of weightsOf(method, gramianOf(jacobian))) {
      expect(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - total(weights.length)), `${name}: ${String(weights)}`).toBeLessThan(1e-9);
    }
  }
}

function expectReordered(method: Method, order: (count: number) => number[]): void {
  for (const { name, jacobian } of regular) {
    const places = order(jacobian.length);
    const reorder = <T>(values: readonly T[]): T[] => places.flatMap((place) => values.slice(place, place + 1));
    const gramian = gramianOf(jacobian);
    const direct = weightsOf(method, gramian);
    const turned = weightsOf(method, gramian, (seen) => withTasks(seen, reorder));
    turned.forEach((weights, step) => expectClose(weights, reorder(direct[step] ?? []), 1e-6, name));
  }
}

function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number, name: string): void {
  const size = Math.max(...expected.map(Math.abs), 1e-300);
  actual.forEach((weight, i) =>
    expect(Math.abs(weight - (expected[i] ?? NaN)) / size, `${name}: ${String(actual)} against ${String(expected)}`).toBeLessThan(tolerance),
  );
}

const checks: Readonly<Record<MethodClaim, (method: Method) => void>> = {
  'main-never-opposed': (method) => expectNotOpposed(method, () => [0]),
  'no-task-opposed': (method) => expectNotOpposed(method, (count) => Array.from({ length: count }, (_, i) => i)),
  'non-negative': (method) => {
    for (const { name, jacobian } of all) {
      for (const weights of weightsOf(method, gramianOf(jacobian))) expect(Math.min(...weights), `${name}: ${String(weights)}`).toBeGreaterThanOrEqual(0);
    }
  },
  'sum-of-weights-is-task-count': (method) => expectSum(method, (count) => count),
  'sum-of-weights-is-one': (method) => expectSum(method, () => 1),
  'permutation-equivariant': (method) => expectReordered(method, (count) => Array.from({ length: count }, (_, i) => count - 1 - i)),
  'auxiliary-order-irrelevant': (method) => expectReordered(method, (count) => [0, ...Array.from({ length: count - 1 }, (_, i) => count - 1 - i)]),
  'scale-invariant-direction': (method) => {
    for (const { name, jacobian } of regular) {
      const gramian = gramianOf(jacobian);
      const direct = weightsOf(method, gramian);
      for (const factor of [1e-10, 1e-3, 1e3, 1e10]) {
        const scaled = weightsOf(
          method,
          gramian.map((row) => row.map((value) => value * factor * factor)),
        );
        scaled.forEach((weights, step) => expectClose(weights, direct[step] ?? [], 1e-6, `${name} times ${factor}`));
      }
    }
  },
  'auxiliary-scale-irrelevant': (method) => {
    const relative = (weights: readonly number[]): number[] => weights.map((weight) => weight / (weights[0] ?? NaN)); // the direction without its length
    for (const { name, jacobian } of regular) {
      const gramian = gramianOf(jacobian);
      const direct = weightsOf(method, gramian);
      const factors = jacobian.map((_, task) => (task === 0 ? 1 : 3 * task));
      const factor = (task: number): number => factors[task] ?? 1;
      const scaled = weightsOf(
        method,
        gramian.map((row, i) => row.map((value, j) => value * factor(i) * factor(j))),
      );
      scaled.forEach((weights, step) => expectClose(relative(weights.map((weight, task) => weight * factor(task))), relative(direct[step] ?? []), 1e-5, name));
    }
  },
  'single-task-is-identity': (method) => {
    for (const weights of weightsOf(method, gramianOf([[0.3, -4]]))) expect(weights).toEqual([1]);
  },
};

describe.each(methods.map((method) => [method.id, method] as const))('%s keeps its claim', (_, method) => {
  test.each(method.claims)('%s', (claim) => checks[claim](method));
});

test('every method is the identity on a single task', () => {
  for (const method of methods) expect(method.claims, method.id).toContain('single-task-is-identity');
});
