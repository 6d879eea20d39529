/** Lines as the blocks of a report hold them: as points, and few enough that a page of many charts stays light. */
import { shapePlaces, type Line } from '../charts/index.ts';
import type { LineSeries } from '../contract/blocks.ts';

const mostPoints = { main: 400, thin: 200 } as const; // of a line: more than a printed column can show

/** A mean line keeps its band at the x that it keeps itself. */
export function lineSeries({ label, arm, role, isDashed = false, xs, ys, band }: Line): LineSeries {
  const places = shapePlaces(xs, ys, mostPoints[role]);
  const series = { label, arm, role, dashed: isDashed, points: places.map((i) => [xs[i] ?? 0, ys[i] ?? 0] as const) };
  if (band === undefined) return series;
  const kept = new Set(series.points.map(([x]) => x));
  return { ...series, band: Array.from(band.xs, (x, i) => [x, band.low[i] ?? 0, band.high[i] ?? 0] as const).filter(([x]) => kept.has(x)) };
}
