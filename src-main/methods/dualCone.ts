/** Projection on the dual cone of the tasks' gradients, {d : <d, g_i> >= 0 for all i}, in the space of weights (Quinton and Rey 2024, proposition 1):
 *  the projection of sum_i u_i g_i has the weights v that minimise v^T G v over v >= u. G is divided by its trace and 1e-4 is added to the diagonal,
 *  as in the authors' library, so that a promise <d, g_i> >= 0 can fail by 1e-4 of the trace times the largest weight. */
import { at, diagonal, mapMatrix, sum, times } from './linalg.ts';
import type { Matrix, Vector } from './linalg.ts';
import { minimiseNonNegative } from './quadratic.ts';

export const coneRidge = 1e-4;

/** The Gramian as the projections use it. */
export function regularised(gramian: Matrix): number[][] {
  const trace = sum(diagonal(gramian));
  return mapMatrix(gramian, (value, i, j) => (trace > 0 ? value / trace : 0) + (i === j ? coneRidge : 0));
}

/** Weights of the projection.  @param g a regularised Gramian   @param u weights >= 0 of the mixture to project */
export function projectOnDualCone(g: Matrix, u: Vector): number[] {
  return minimiseNonNegative(g, times(g, u)).map((extra, i) => at(u, i) + extra);
}
