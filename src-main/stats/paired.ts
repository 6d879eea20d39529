/** Mean, spread and t interval of paired differences. */
import { studentTQuantile, studentTTwoSided } from './studentT.ts';

export interface PairedDifference {
  readonly mean: number; // NaN without pairs
  readonly low: number; // -Infinity below 2 pairs: one pair bounds nothing
  readonly high: number;
  readonly standardDeviation: number; // n - 1 in the denominator; NaN below 2 pairs
  readonly tP: number | null; // two-sided, of the mean being 0; null below 2 pairs, and where the pairs agree more closely than their test rows allow
}

/** The paired t interval of a mean difference. Constant differences give an interval of no width at exactly that constant.
 *  @param differences one a pair, in any unit
 *  @param leastHalf half the width that the interval has at least, same unit (leastHalfWidth)
 *  @throws RangeError when a difference is not finite or the confidence is not between 0 and 1 */
export function pairedDifference(differences: readonly number[], leastHalf = 0, confidence = 0.95): PairedDifference {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`A confidence is between 0 and 1. Received: ${confidence}.`);
  const n = differences.length;
  const { mean, standardDeviation } = moments(differences);
  if (n < 2) return { mean, low: -Infinity, high: Infinity, standardDeviation, tP: null };
  const standardError = standardDeviation / Math.sqrt(n);
  const half = standardError === 0 ? 0 : studentTQuantile(1 - (1 - confidence) / 2, n - 1) * standardError;
  if (half < leastHalf) return { mean, low: mean - leastHalf, high: mean + leastHalf, standardDeviation, tP: null };
  if (standardDeviation === 0) return { mean, low: mean, high: mean, standardDeviation, tP: mean === 0 ? 1 : 0 };
  return { mean, low: mean - half, high: mean + half, standardDeviation, tP: studentTTwoSided(mean / standardError, n - 1) };
}

/** Mean and sample standard deviation. Exact for constants, safe from overflow and underflow, and summed with compensation.
 *  @returns NaN for the mean of nothing and for the spread of fewer than 2 values
 *  @throws RangeError when a value is not finite */
export function moments(values: readonly number[]): { readonly mean: number; readonly standardDeviation: number } {
  const first = values[0];
  if (first === undefined) return { mean: NaN, standardDeviation: NaN };
  let largest = 0;
  for (const [i, value] of values.entries()) {
    if (!Number.isFinite(value)) throw new RangeError(`Every difference must be a finite number. Received: ${String(value)} at position ${i}.`);
    largest = Math.max(largest, Math.abs(value));
  }
  if (largest === 0) return { mean: 0, standardDeviation: values.length > 1 ? 0 : NaN };
  // A power of two, so that scaling rounds nothing; in two factors, because 2^1074 alone would overflow.
  const exponent = Math.floor(Math.log2(largest));
  const up = 2 ** Math.trunc(exponent / 2);
  const rest = 2 ** (exponent - Math.trunc(exponent / 2));
  const origin = first / up / rest;
  const shifted = values.map((value) => value / up / rest - origin);
  const offset = sum(shifted) / shifted.length;
  const mean = (origin + offset) * up * rest;
  if (values.length < 2) return { mean, standardDeviation: NaN };
  const squares = sum(shifted.map((value) => (value - offset) ** 2));
  return { mean, standardDeviation: Math.sqrt(squares / (values.length - 1)) * up * rest };
}

/** Neumaier's compensated sum. */
export function sum(values: readonly number[]): number {
  let total = 0;
  let lost = 0;
  for (const value of values) {
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}
