/** The runs of an arm drawn as one: their mean and its 95 % t interval. Pure; window and report draw what this file decides. */
import { studentTQuantile } from '../../stats/studentT.ts';
import type { Band, RunLine } from './lines.ts';

/** From so many runs on a mean is drawn with its interval, in a band or a cross. The interval of two runs is 12.7 times as wide as they lie apart (t quantile
 *  12.706): it would fill the chart and bound nothing that the two lines do not show better. That of three is at most 2.9 times as wide (4.303). */
export const fewestForInterval = 3;

/** At every x that at least half of the runs reached, the mean of those that have a value there; the band wherever they are enough for one.
 *  @returns no band where it would be nowhere */
export function meanLine(runs: readonly RunLine[]): RunLine & { readonly band?: Band } {
  const [xs, ys]: [number[], number[]] = [[], []];
  const band: { xs: number[]; low: number[]; high: number[] } = { xs: [], low: [], high: [] };
  const quantiles = runs.map((_, i) => (i + 1 < fewestForInterval ? NaN : studentTQuantile(0.975, i)));
  const places = new Uint32Array(runs.length); // of each run's next point
  const values = new Float64Array(runs.length);
  for (let x = nextX(runs, places); x < Infinity; x = nextX(runs, places)) {
    const count = takeValues(runs, places, x, values);
    if (count === 0 || 2 * count < runs.length) continue;
    const mean = meanOf(values, count);
    xs.push(x);
    ys.push(mean);
    if (count < fewestForInterval) continue;
    const half = ((quantiles[count - 1] ?? NaN) * spread(values, count, mean)) / Math.sqrt(count);
    band.xs.push(x);
    band.low.push(mean - half);
    band.high.push(mean + half);
  }
  return band.xs.length === 0 ? { xs, ys } : { xs, ys, band };
}

/** The least x that a run has not given yet; Infinity at the end of all. */
function nextX(runs: readonly RunLine[], places: Uint32Array): number {
  let least = Infinity;
  for (let r = 0; r < runs.length; r++) {
    const x = runs[r]?.xs[places[r] ?? 0] ?? Infinity;
    if (x < least) least = x;
  }
  return least;
}

/** The finite values at x, put to the front of `values`; the runs that have that x go on to their next one.  @returns how many */
function takeValues(runs: readonly RunLine[], places: Uint32Array, x: number, values: Float64Array): number {
  let count = 0;
  for (let r = 0; r < runs.length; r++) {
    const place = places[r] ?? 0;
    if (runs[r]?.xs[place] !== x) continue;
    places[r] = place + 1;
    const y = runs[r]?.ys[place] ?? NaN;
    if (Number.isFinite(y)) values[count++] = y;
  }
  return count;
}

/** Summed around the first value, so that the mean of equal values is exactly that value: a constant is recognised by it. */
function meanOf(values: Float64Array, count: number): number {
  const first = values[0] ?? NaN;
  let sum = 0;
  for (let i = 1; i < count; i++) sum += (values[i] ?? NaN) - first;
  return first + sum / count;
}

/** Sample standard deviation. */
function spread(values: Float64Array, count: number, mean: number): number {
  let squares = 0;
  for (let i = 0; i < count; i++) squares += ((values[i] ?? NaN) - mean) ** 2;
  return Math.sqrt(squares / (count - 1));
}
