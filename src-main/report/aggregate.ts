/** Runs of one arm drawn together: mean line, 95 % t band, and few enough points that a chart stays light. */
import type { Point } from '../contract/blocks.ts';
import type { Series } from '../contract/results.ts';
import { moments } from '../stats/paired.ts';
import { studentTQuantile } from '../stats/studentT.ts';

export const mostPoints = 400; // a line: more than a printed column can show

export interface MeanLine {
  readonly points: readonly Point[];
  readonly band: readonly (readonly [x: number, low: number, high: number])[];
}

/** Mean and 95 % t interval over runs at every x that at least half of the runs reached. */
export function meanLine(runs: readonly (readonly Point[])[]): MeanLine {
  const byX = new Map<number, number[]>();
  for (const [x, y] of runs.flat()) {
    if (!Number.isFinite(y)) continue;
    const values = byX.get(x);
    if (values === undefined) byX.set(x, [y]);
    else values.push(y);
  }
  const quantiles = new Map<number, number>(); // one a number of runs: the same few serve thousands of steps
  const points: Point[] = [];
  const band: (readonly [number, number, number])[] = [];
  for (const [x, values] of [...byX].sort(([a], [b]) => a - b)) {
    if (2 * values.length < runs.length) continue;
    const { mean, standardDeviation } = moments(values);
    points.push([x, mean]);
    if (values.length < 2) continue;
    const t = quantiles.get(values.length) ?? studentTQuantile(0.975, values.length - 1);
    quantiles.set(values.length, t);
    const half = (t * standardDeviation) / Math.sqrt(values.length);
    band.push([x, mean - half, mean + half]);
  }
  return { points, band };
}

/** The points of a series that can be drawn. */
export function pointsOf(series: Series, scale = 1): Point[] {
  return series.steps.flatMap((x, i) => {
    const y = series.values[i];
    return y !== undefined && Number.isFinite(y) && Number.isFinite(x) ? [[x, y * scale] as const] : [];
  });
}

/** Means over equal stretches of x, for series of thousands of noisy steps.
 *  @returns the points themselves when a stretch would hold at most one of them */
export function binned(points: readonly Point[], width: number): Point[] {
  const bins = new Map<number, number[]>();
  for (const [x, y] of points) {
    const bin = Math.floor(x / width);
    const values = bins.get(bin);
    if (values === undefined) bins.set(bin, [y]);
    else values.push(y);
  }
  return [...bins].sort(([a], [b]) => a - b).map(([bin, values]) => [bin * width + (width - 1) / 2, moments(values).mean] as const);
}

/** Steps a bin must hold so that the longest of these series keeps about `count` points; 1 when they are short. */
export function binWidth(all: readonly (readonly Point[])[], count: number): number {
  const last = Math.max(0, ...all.map((points) => points.at(-1)?.[0] ?? 0));
  const longest = Math.max(0, ...all.map((points) => points.length));
  return longest <= count ? 1 : Math.max(1, Math.ceil((last + 1) / count));
}

/** Largest-triangle-three-buckets: keeps the points that give a line its shape (Steinarsson, 2013). */
export function decimate(points: readonly Point[], limit = mostPoints): readonly Point[] {
  const first = points[0];
  const last = points.at(-1);
  if (points.length <= limit || limit < 3 || first === undefined || last === undefined) return points;
  const kept: Point[] = [first];
  const bucket = (points.length - 2) / (limit - 2);
  let anchor = first;
  for (let i = 0; i < limit - 2; i++) {
    const from = Math.floor(i * bucket) + 1;
    const to = Math.floor((i + 1) * bucket) + 1;
    const following = points.slice(to, Math.min(Math.floor((i + 2) * bucket) + 1, points.length));
    const ahead =
      following.length === 0
        ? last
        : ([following.reduce((s, p) => s + p[0], 0) / following.length, following.reduce((s, p) => s + p[1], 0) / following.length] as const);
    let chosen = points[from] ?? last;
    let largest = -1;
    for (const point of points.slice(from, to)) {
      const area = Math.abs((anchor[0] - ahead[0]) * (point[1] - anchor[1]) - (anchor[0] - point[0]) * (ahead[1] - anchor[1]));
      if (area > largest) [chosen, largest] = [point, area];
    }
    kept.push(chosen);
    anchor = chosen;
  }
  return [...kept, last];
}

/** A mean line with its band at the same, fewer x. */
export function decimateMean({ points, band }: MeanLine, limit = mostPoints): MeanLine {
  const kept = decimate(points, limit);
  const xs = new Set(kept.map(([x]) => x));
  return { points: kept, band: band.filter(([x]) => xs.has(x)) };
}
