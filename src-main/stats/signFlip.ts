/** The exact sign-flip (paired permutation) test: how often random signs give a mean at least as far from 0 as the one seen. */
import { sum } from './paired.ts';

export const signFlipLimit = 20; // pairs: 2^20 sign patterns

/** Sums closer than this share of all absolute differences are ties: far above rounding (20 additions), far below any real gap. */
const TIE = 1e-12;

/** Two-sided p by counting all 2^n sign patterns. The two halves of the pairs are enumerated apart and met in the middle.
 *  @returns null above 20 pairs and without any
 *  @throws RangeError when a difference is not finite */
export function signFlipP(differences: readonly number[]): number | null {
  for (const value of differences) if (!Number.isFinite(value)) throw new RangeError(`Every difference must be a finite number. Received: ${String(value)}.`);
  const n = differences.length;
  if (n === 0 || n > signFlipLimit) return null;
  const largest = Math.max(...differences.map(Math.abs));
  if (largest === 0) return 1;
  const scaled = differences.map((value) => value / largest); // tiny and huge differences alike become sums near 1
  const seen = Math.abs(sum(scaled));
  const bar = seen - TIE * sum(scaled.map(Math.abs));
  if (bar <= 0) return 1;
  const left = signSums(scaled.slice(0, n >> 1));
  const right = signSums(scaled.slice(n >> 1)).sort();
  let extreme = 0;
  // sums come in pairs of opposite sign, so the upper tail is half of both
  for (const value of left) extreme += right.length - firstAtLeast(right, bar - value);
  return (2 * extreme) / 2 ** n;
}

/** All 2^k sums of +-values; of nothing, the one sum 0. */
function signSums(values: readonly number[]): Float64Array {
  let sums = Float64Array.of(0);
  for (const value of values) {
    const next = new Float64Array(sums.length * 2);
    for (const [i, partial] of sums.entries()) {
      next[2 * i] = partial - value;
      next[2 * i + 1] = partial + value;
    }
    sums = next;
  }
  return sums;
}

/** Index of the first value >= bar in an ascending array. */
function firstAtLeast(ascending: Float64Array, bar: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? Infinity) >= bar) high = middle;
    else low = middle + 1;
  }
  return low;
}
