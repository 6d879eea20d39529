import { describe, expect, test } from 'vitest';
import {
  at,
  cell,
  cosine,
  dot,
  eigen,
  form,
  liftDiagonal,
  mean,
  norms,
  solvePositive,
  spectral,
  submatrix,
  sum,
  times,
  unit,
} from '../../src-main/methods/linalg.ts';
import { minimiseNonNegative, minimiseOnSimplex } from '../../src-main/methods/quadratic.ts';
import { gramianOf, randomJacobian } from './cases.ts';

const positive = (seed: number, size: number): number[][] => gramianOf(randomJacobian(seed, size, size + 3));

describe('eigen', () => {
  test('the vectors are orthonormal and M v = lambda v', () => {
    for (const size of [1, 2, 3, 6]) {
      const matrix = positive(size, size);
      const { values, vectors } = eigen(matrix);
      vectors.forEach((vector, k) => {
        times(matrix, vector).forEach((value, i) => expect(value).toBeCloseTo(at(values, k) * at(vector, i), 10));
        vectors.forEach((other, l) => expect(dot(vector, other)).toBeCloseTo(k === l ? 1 : 0, 12));
      });
    }
  });

  test('the values of [[2, 1], [1, 2]] are 1 and 3', () => {
    expect(
      eigen([
        [2, 1],
        [1, 2],
      ]).values.sort(),
    ).toEqual([expect.closeTo(1, 14), expect.closeTo(3, 14)]);
  });

  test('a matrix whose entries span 1e20 to 1e-20 has finite values', () => {
    expect(
      eigen([
        [1e20, 1],
        [1, 1e-20],
      ]).values.every(Number.isFinite),
    ).toBe(true);
  });
});

test('solvePositive solves positive definite systems and gives null for others', () => {
  const matrix = positive(4, 5);
  const x = [1, -2, 3, 0.5, 4];
  solvePositive(matrix, times(matrix, x))?.forEach((value, i) => expect(value).toBeCloseTo(at(x, i), 9));
  expect(
    solvePositive(
      [
        [1, 2],
        [2, 1],
      ],
      [1, 1],
    ),
  ).toBeNull();
});

test('spectral with 1 / lambda is the pseudo-inverse: it leaves out the null space', () => {
  // [[1, 1], [1, 1]] has the pseudo-inverse [[0.25, 0.25], [0.25, 0.25]]
  expect(
    spectral(
      [
        [1, 1],
        [1, 1],
      ],
      [1, 3],
      (value) => 1 / value,
    ),
  ).toEqual([expect.closeTo(1, 14), expect.closeTo(1, 14)]);
});

test('liftDiagonal makes an indefinite matrix positive definite', () => {
  expect(
    Math.min(
      ...eigen(
        liftDiagonal(
          [
            [1, -1.1],
            [-1.1, 1],
          ],
          1e-9,
        ),
      ).values,
    ),
  ).toBeGreaterThan(0);
  expect(
    liftDiagonal(
      [
        [1, 0],
        [0, 1],
      ],
      0.5,
    ),
  ).toEqual([
    [1.5, 0],
    [0, 1.5],
  ]);
});

test('an entry outside of a vector or matrix is refused', () => {
  expect(() => at([1, 2], 2)).toThrow('A vector of 2 has no entry 2.');
  expect(() => cell([[1, 2]], 1, 0)).toThrow('A matrix of 1 rows has no row 1.');
  expect(() => cell([[1, 2]], 0, 2)).toThrow('A vector of 2 has no entry 2.');
});

test('what rounding leaves of a Gramian is taken for what it should be', () => {
  const gramian = [
    [4, 3, 0],
    [3, 1, -5],
    [0, -5, -1e-9],
  ];
  expect(norms(gramian)).toEqual([2, 1, 0]);
  expect([cosine(gramian, 0, 1), cosine(gramian, 0, 2), cosine(gramian, 1, 2)]).toEqual([1, 0, 0]); // 1.5 is no cosine; nor is there one with nothing
  expect(
    cosine(
      [
        [4, -3],
        [-3, 1],
      ],
      0,
      1,
    ),
  ).toBe(-1);
  expect(
    cosine(
      [
        [4, 1],
        [1, 1],
      ],
      0,
      1,
    ),
  ).toBe(0.5);
  expect(submatrix(gramian, [0, 2])).toEqual([
    [4, 0],
    [0, -1e-9],
  ]);
  expect([unit(3, 1), mean([1, 2, 6])]).toEqual([[0, 1, 0], 3]);
});

describe('the quadratic solvers meet the conditions of optimality', () => {
  const problems = [2, 3, 5, 8].flatMap((size) =>
    [1, 2, 3, 4, 5].map((seed) => ({ size, seed, a: positive(seed * 100 + size, size), b: randomJacobian(seed * 7 + size, 1, size)[0] ?? [] })),
  );

  test.each(problems)('over z >= 0, size $size, seed $seed', ({ a, b }) => {
    const z = minimiseNonNegative(a, b);
    const gradient = times(a, z).map((value, i) => value + at(b, i));
    z.forEach((value, i) => {
      expect(value).toBeGreaterThanOrEqual(0);
      if (value > 0) expect(at(gradient, i)).toBeCloseTo(0, 9);
      else expect(at(gradient, i)).toBeGreaterThan(-1e-9);
    });
  });

  test.each(problems)('on the simplex, size $size, seed $seed', ({ a, b }) => {
    const w = minimiseOnSimplex(a, b);
    expect(sum(w)).toBeCloseTo(1, 10);
    const gradient = times(a, w).map((value, i) => value + at(b, i));
    const level = Math.min(...gradient);
    w.forEach((value, i) => {
      expect(value).toBeGreaterThanOrEqual(0);
      if (value > 0) expect(at(gradient, i)).toBeCloseTo(level, 8); // every used task has the smallest gradient
    });
  });

  test('without any curvature they stay where they begin', () => {
    const flat = [
      [0, 0],
      [0, 0],
    ];
    expect(minimiseNonNegative(flat, [-1, -1])).toEqual([0, 0]);
    expect(minimiseOnSimplex(flat, [2, 1])).toEqual([0, 1]); // the cheaper vertex
  });

  test('no point of a grid on the simplex is better', () => {
    const a = positive(9, 3);
    const b = [0.3, -0.5, 0.1];
    const value = (w: readonly number[]): number => 0.5 * form(w, a, w) + dot(b, w);
    const best = value(minimiseOnSimplex(a, b));
    for (let i = 0; i <= 40; i++) for (let j = 0; i + j <= 40; j++) expect(value([i / 40, j / 40, (40 - i - j) / 40])).toBeGreaterThanOrEqual(best - 1e-12);
  });
});
