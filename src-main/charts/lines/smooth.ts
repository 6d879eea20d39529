/** Smoothed lines: a centred moving mean over a stretch of x, narrower towards both ends so that a trend is not bent there. Pure. */
import type { Line } from './lines.ts';
import { placeOfX } from './places.ts';

const fewestPoints = 5; // in a stretch; fewer would hardly smooth

/** @returns how far the moving mean reaches, from end to end: a twentieth of all x, or five points where they are sparse; 0 of too few points */
export function smoothingWidth(lines: readonly Line[]): number {
  const longest = lines.reduce<Line | null>((most, line) => (most === null || line.xs.length > most.xs.length ? line : most), null);
  if (longest === null || longest.xs.length <= fewestPoints) return 0;
  const { xs } = longest;
  const range = (xs[xs.length - 1] ?? 0) - (xs[0] ?? 0);
  return Math.max(1, Math.round(Math.max(range / 20, ((fewestPoints - 1) * range) / (xs.length - 1))));
}

/** The line, and its band's two borders, smoothed alike. A missing value stays missing. */
export function smoothedLine(line: Line, width: number): Line {
  const ys = movingMean(line.xs, line.ys, width);
  if (line.band === undefined) return { ...line, ys };
  const { xs, low, high } = line.band;
  return { ...line, ys, band: { xs, low: movingMean(xs, low, width), high: movingMean(xs, high, width) } };
}

/** @param xs ascending  @returns a value for every x; NaN where there was none */
export function movingMean(xs: ArrayLike<number>, ys: ArrayLike<number>, width: number): Float64Array {
  const count = xs.length;
  const sums = new Float64Array(count + 1);
  const finite = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) {
    const y = ys[i] ?? NaN;
    const isFinite = Number.isFinite(y);
    sums[i + 1] = (sums[i] ?? 0) + (isFinite ? y : 0);
    finite[i + 1] = (finite[i] ?? 0) + (isFinite ? 1 : 0);
  }
  const [first, last] = [xs[0] ?? 0, xs[count - 1] ?? 0];
  return Float64Array.from({ length: count }, (_, i) => {
    const x = xs[i] ?? NaN;
    if (!Number.isFinite(ys[i])) return NaN;
    const half = Math.min(width / 2, x - first, last - x);
    if (!(half > 0)) return ys[i] ?? NaN;
    const from = placeOfX(xs, x - half);
    const to = placeOfX(xs, x + half + half * 1e-9);
    const end = Math.max(to, i + 1);
    return ((sums[end] ?? 0) - (sums[from] ?? 0)) / ((finite[end] ?? 0) - (finite[from] ?? 0));
  });
}
