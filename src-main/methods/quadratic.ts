/** Exact solvers for the two small convex problems behind several methods, by active sets: the free variables solve a linear system, a variable
 *  that would turn negative is fixed at 0, one whose fixing costs is freed (Lawson and Hanson, Solving least squares problems, 1974, chapter 23). */
import { at, dot, filled, solvePositive, submatrix, sum, times } from './linalg.ts';
import type { Matrix, Vector } from './linalg.ts';

/** The z >= 0 that minimises 0.5 zᵀAz + bᵀz.  @param a symmetric positive definite */
export function minimiseNonNegative(a: Matrix, b: Vector): number[] {
  const slackOf = (z: Vector): number[] => times(a, z).map((value, i) => value + at(b, i));
  const onFree = (free: readonly number[]): number[] | null =>
    solvePositive(
      submatrix(a, free),
      free.map((i) => -at(b, i)),
    );
  return activeSet(filled(b.length, 0), [], onFree, slackOf);
}

/** The w >= 0 with sum 1 that minimises 0.5 wᵀAw + bᵀw.  @param a symmetric positive definite */
export function minimiseOnSimplex(a: Matrix, b: Vector): number[] {
  const vertexCosts = b.map((value, i) => value + 0.5 * at(a[i] ?? [], i));
  const start = vertexCosts.indexOf(Math.min(...vertexCosts));
  const onFree = (free: readonly number[]): number[] | null => {
    const block = submatrix(a, free);
    const ones = solvePositive(
      block,
      free.map(() => 1),
    );
    const pulled = solvePositive(
      block,
      free.map((i) => at(b, i)),
    );
    if (ones === null || pulled === null) return null;
    const level = (1 + sum(pulled)) / sum(ones); // the multiplier of the sum
    return ones.map((value, k) => level * value - at(pulled, k));
  };
  const slackOf = (w: Vector): number[] => {
    const gradient = times(a, w).map((value, i) => value + at(b, i));
    const level = dot(gradient, w); // at the optimum of the free variables their gradient equals the multiplier
    return gradient.map((value) => value - level);
  };
  return activeSet(
    filled(b.length, 0).map((_, i) => (i === start ? 1 : 0)),
    [start],
    onFree,
    slackOf,
  );
}

/** @param onFree the unconstrained optimum of the free variables, the others at 0; null when the system is numerically singular
 *  @param slackOf what the objective gains per unit of each variable; at the optimum 0 for free ones, >= 0 for the others */
function activeSet(
  start: number[],
  startFree: readonly number[],
  onFree: (free: readonly number[]) => number[] | null,
  slackOf: (x: Vector) => number[],
): number[] {
  let x = start;
  let free = [...startFree];
  const limit = 30 * (start.length + 1); // reached only when rounding makes a variable enter and leave in turn; x is feasible at any time
  for (let round = 0; round < limit; round++) {
    if (free.length > 0) {
      const wanted = onFree(free);
      if (wanted === null) return x;
      const share = Math.min(1, ...free.map((i, k) => (at(wanted, k) < 0 ? at(x, i) / (at(x, i) - at(wanted, k)) : 1)));
      const moved = filled(x.length, 0);
      free.forEach((i, k) => (moved[i] = Math.max(0, at(x, i) + share * (at(wanted, k) - at(x, i)))));
      const stopped = free.filter((i, k) => share < 1 && at(wanted, k) < 0 && at(moved, i) <= 1e-15 * Math.max(...moved, at(x, i)));
      x = moved;
      for (const i of stopped) x[i] = 0;
      free = free.filter((i) => !stopped.includes(i));
      if (share < 1 && stopped.length > 0) continue;
    }
    const slack = slackOf(x);
    const scale = Math.max(...slack.map(Math.abs), Number.MIN_VALUE);
    const fixedOnes = slack.map((value, i) => (free.includes(i) ? Infinity : value));
    const worst = Math.min(...fixedOnes);
    if (!(worst < -1e-13 * Math.max(1, scale))) return x;
    free.push(fixedOnes.indexOf(worst));
  }
  return x;
}
