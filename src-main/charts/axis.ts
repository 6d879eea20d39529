/** Axes: from data to positions, with round ticks. Pure. */
import { scaleLinear, scaleLog } from 'd3-scale';
import { formatNumber } from './numbers.ts';

export interface Tick {
  readonly at: number; // position in the drawing
  readonly label: string;
}

export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly position: (value: number) => number;
  readonly ticks: readonly Tick[];
}

/** A linear (or logarithmic) axis whose ends lie on round numbers.
 *  @param domain smallest and largest value; may be equal
 *  @param range positions of both ends in the drawing
 *  @param integers ticks only at whole numbers
 *  @param signed ticks carry + or - */
export function axis(
  domain: readonly [number, number],
  range: readonly [number, number],
  count: number,
  options: { readonly log?: boolean; readonly integers?: boolean; readonly signed?: boolean; readonly nice?: boolean } = {},
): Axis {
  const [from, to] = widened(domain);
  const log = options.log === true && from > 0;
  const base = log ? scaleLog([from, to], range) : scaleLinear([from, to], range);
  const scale = options.nice === false ? base : base.nice(count);
  const [low = from, high = to] = scale.domain();
  const all = scale.ticks(count).filter((value) => options.integers !== true || Number.isInteger(value));
  const values = log ? fewer(all, count) : all;
  const digits = log ? null : decimals(values);
  return {
    low,
    high,
    position: (value) => scale(value),
    ticks: values.map((value) => ({ at: scale(value), label: formatNumber(value, digits ?? decimals([value]), options.signed === true) })),
  };
}

/** Smallest and largest finite value, or null of none. */
export function extent(values: readonly number[]): readonly [number, number] | null {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? [low, high] : null;
}

/** Ticks of a logarithmic axis that leave their labels room: those that begin with 1, 2 or 5, else the powers of ten, and of many powers every so many. */
function fewer(values: readonly number[], count: number): readonly number[] {
  const most = 1.5 * count;
  const beginsWith = (digits: string): readonly number[] => values.filter((value) => digits.includes(value.toExponential().charAt(0)));
  for (const kept of [values, beginsWith('125'), beginsWith('1')]) if (kept.length > 1 && kept.length <= most) return kept;
  const powers = beginsWith('1');
  const step = Math.max(1, Math.ceil(powers.length / most));
  return powers.length > 1 ? powers.filter((_, i) => i % step === 0) : values.filter((_, i) => i % Math.ceil(values.length / most) === 0);
}

/** Whether two ends are one value, but for what rounding does to it. */
export function isFlat([low, high]: readonly [number, number]): boolean {
  return high - low <= 1e-12 * Math.max(Math.abs(low), Math.abs(high));
}

function widened([low, high]: readonly [number, number]): readonly [number, number] {
  if (!isFlat([low, high])) return [low, high];
  const half = low === 0 ? 1 : Math.abs(low) * 0.1;
  return [low - half, high + half];
}

/** Fewest decimals that tell all ticks apart and lose nothing. */
function decimals(values: readonly number[]): number {
  for (let digits = 0; digits < 8; digits++)
    if (values.every((value) => Math.abs(Number(value.toFixed(digits)) - value) <= Math.abs(value) * 1e-9)) return digits;
  return 8;
}
