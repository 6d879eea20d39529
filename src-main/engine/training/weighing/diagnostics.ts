/** What the tasks' gradients say about a step, from their inner products alone.
 *  Diagnostics, never a verdict: agreement of gradients does not tell who gains. */
import type { Point } from '../../protocol.ts';

/** Gradients of the plain losses on the trunk, before weights, clipping, weight decay and optimizer. */
export interface Directions {
  readonly gramian: readonly (readonly number[])[]; // [K, K]; NaN where a task was not looked at
  readonly weights: readonly number[]; // of each loss in the direction that the step takes
}

/** The points of one look:
 *  gradient-norm/<task>: |g_i|; cosine/<task>: with the main gradient; step-ratio: |d| / |g_0|; main-progress: <d, g_0> / |g_0|^2, below 0 where the step
 *  ascends the main loss to first order, 0 where it stands still. d = sum_i weights[i] g_i. */
export function diagnosticPoints(taskIds: readonly string[], step: number, { gramian, weights }: Directions): Point[] {
  const cell = (i: number, j: number): number => gramian[i]?.[j] ?? NaN;
  const mainSquare = cell(0, 0);
  const points: Point[] = [];
  taskIds.forEach((id, k) => {
    const square = cell(k, k);
    if (!Number.isFinite(square)) return;
    points.push([`gradient-norm/${id}`, step, Math.sqrt(square)]);
    if (k > 0 && square > 0 && mainSquare > 0) points.push([`cosine/${id}`, step, clamp(cell(0, k) / Math.sqrt(square * mainSquare))]);
  });
  if (!(mainSquare > 0)) return points;
  const taking = weights.flatMap((weight, k) => (weight === 0 ? [] : [k])); // the others move nothing, looked at or not
  const weighted = (i: number): number => taking.reduce((sum, j) => sum + (weights[j] ?? 0) * cell(i, j), 0);
  const length = Math.sqrt(
    Math.max(
      0,
      taking.reduce((sum, i) => sum + (weights[i] ?? 0) * weighted(i), 0),
    ),
  );
  points.push(['step-ratio', step, length / Math.sqrt(mainSquare)], ['main-progress', step, weighted(0) / mainSquare]);
  return points;
}

/** Steps between two looks when the plan does not say: about 40 looks a run, but none more often than every 25 steps, as each costs about two steps; a
 *  short run gets ten. */
export function usualInterval(totalSteps: number): number {
  return Math.max(Math.ceil(totalSteps / 40), Math.min(25, Math.ceil(totalSteps / 10)));
}

function clamp(cosine: number): number {
  return Math.max(-1, Math.min(1, cosine)); // single precision leaves the range by a rounding
}
