/** Lines as the window's charts take them: flat arrays, because 50 runs of 10,000 points are ordinary. Pure. */
import type { LineSeries, NumberStyle } from '../../src-main/contract/blocks.ts';
import { meanLine } from '../../src-main/report/aggregate.ts';
import { studentTQuantile } from '../../src-main/stats/studentT.ts';

export interface Line {
  readonly group: string; // a mean line and its runs, by ids: they are shown and hidden together. Labels may be equal
  readonly label: string;
  readonly arm: number;
  readonly role: 'main' | 'thin'; // thin: one run, faint
  readonly isDashed?: boolean;
  readonly xs: ArrayLike<number>; // ascending
  readonly ys: ArrayLike<number>;
  readonly band?: { readonly xs: ArrayLike<number>; readonly low: ArrayLike<number>; readonly high: ArrayLike<number> };
}

export interface LineChart {
  readonly title: string;
  readonly description: string;
  readonly note?: string;
  readonly x: string;
  readonly y: string;
  readonly hasWholeX?: boolean; // epochs, steps: ticks at whole numbers only
  readonly style: NumberStyle;
  readonly logY?: boolean;
  readonly canSmooth?: boolean; // series of steps; never what a verdict or a choice of weights goes by
  readonly lines: readonly Line[];
}

/** A report's line in flat arrays. A report's chart has one mean line for each arm, and a dashed one. */
export function flatLine({ label, arm, role, dashed, points, band }: LineSeries): Line {
  const isDashed = dashed === true;
  const line = { group: `${arm}${isDashed ? '-' : ''}`, label, arm, role, isDashed, xs: points.map(([x]) => x), ys: points.map(([, y]) => y) };
  if (band === undefined) return line;
  return { ...line, band: { xs: band.map(([x]) => x), low: band.map(([, low]) => low), high: band.map(([, , high]) => high) } };
}

export interface RunLine {
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
}

const fewestForBand = 4; // the interval of fewer runs is so wide that it hides everything else

/** Mean and 95 % t interval over the runs of an arm, at every x that at least half of them reached. */
export function meanOf(runs: readonly RunLine[]): Pick<Line, 'xs' | 'ys' | 'band'> {
  const longest = runs.reduce<RunLine | null>((most, run) => (most === null || run.xs.length > most.xs.length ? run : most), null);
  if (longest === null) return { xs: [], ys: [] };
  if (!runs.every((run) => hasSameSteps(run, longest) && isFiniteEverywhere(run.ys))) return unequalMean(runs);
  const count = longest.xs.length;
  const ends = runs.map(({ xs }) => xs.length);
  const reached = [...ends].sort((a, b) => b - a)[Math.ceil(runs.length / 2) - 1] ?? count;
  const ys = new Float64Array(reached);
  const low = new Float64Array(reached);
  const high = new Float64Array(reached);
  const quantiles = runs.map((_, i) => (i === 0 ? NaN : studentTQuantile(0.975, i)));
  let bandEnd = 0;
  for (let i = 0; i < reached; i++) {
    let sum = 0;
    let n = 0;
    for (let r = 0; r < runs.length; r++) {
      if (i >= (ends[r] ?? 0)) continue;
      sum += runs[r]?.ys[i] ?? 0;
      n++;
    }
    const mean = sum / n;
    let squares = 0;
    for (let r = 0; r < runs.length; r++) if (i < (ends[r] ?? 0)) squares += ((runs[r]?.ys[i] ?? 0) - mean) ** 2;
    ys[i] = mean;
    const half = n < fewestForBand ? NaN : ((quantiles[n - 1] ?? NaN) * Math.sqrt(squares / (n - 1))) / Math.sqrt(n);
    low[i] = mean - half;
    high[i] = mean + half;
    if (n >= fewestForBand) bandEnd = i + 1;
  }
  const xs = Float64Array.from({ length: reached }, (_, i) => longest.xs[i] ?? NaN);
  if (bandEnd === 0) return { xs, ys };
  return { xs, ys, band: { xs: xs.subarray(0, bandEnd), low: low.subarray(0, bandEnd), high: high.subarray(0, bandEnd) } };
}

function hasSameSteps({ xs }: RunLine, longest: RunLine): boolean {
  if (xs === longest.xs) return true;
  for (let i = 0; i < xs.length; i++) if (xs[i] !== longest.xs[i]) return false;
  return true;
}

function isFiniteEverywhere(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

/** Runs that recorded different steps: by the report's own rule. */
function unequalMean(runs: readonly RunLine[]): Pick<Line, 'xs' | 'ys' | 'band'> {
  const { points, band } = meanLine(runs.map(({ xs, ys }) => Array.from(xs, (x, i) => [x, ys[i] ?? NaN] as const)));
  const { xs, ys, band: flat } = flatLine({ label: '', arm: 0, role: 'main', points, band });
  return flat === undefined || flat.xs.length === 0 ? { xs, ys } : { xs, ys, band: flat };
}

/** The first place whose x is at least the wanted one. */
export function placeOfX(xs: ArrayLike<number>, wanted: number): number {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? Infinity) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place whose x is nearest; -1 of an empty line. */
export function nearestPlace(xs: ArrayLike<number>, wanted: number): number {
  const after = Math.min(placeOfX(xs, wanted), xs.length - 1);
  if (after < 1) return after;
  return wanted - (xs[after - 1] ?? -Infinity) <= (xs[after] ?? Infinity) - wanted ? after - 1 : after;
}
