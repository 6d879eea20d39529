/** Correction for looking at several auxiliary arms at once. */
import { pairedDifference } from './paired.ts';

/** Holm's step-down adjusted p values (Holm, Scand. J. Statist. 6, 1979), in the order of the input.
 *  @throws RangeError when a p is not from 0 to 1 */
export function holm(pValues: readonly number[]): number[] {
  for (const p of pValues) if (!(p >= 0 && p <= 1)) throw new RangeError(`A p value is from 0 to 1. Received: ${String(p)}.`);
  const order = pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
  const adjusted = new Array<number>(pValues.length).fill(0);
  let highest = 0;
  for (const [rank, { p, index }] of order.entries()) {
    highest = Math.min(1, Math.max(highest, (order.length - rank) * p));
    adjusted[index] = highest;
  }
  return adjusted;
}

export interface AdjustedInterval {
  readonly low: number;
  readonly high: number;
  readonly p: number | null; // Holm-adjusted two-sided paired t; null where there is none
}

/** Family-wise intervals and p values of k arms against one baseline.
 *  The intervals are Bonferroni's: each arm's paired t interval at confidence 1 - (1 - confidence) / k, so that all of them cover at once.
 *  They are never narrower than Holm's procedure asks for, so an arm whose interval leaves out 0 is also rejected by its Holm p.
 *  @param arms paired differences of each arm; an arm below 2 pairs has no p but counts in k
 *  @param leastHalf as of pairedDifference */
export function adjustForArms(arms: readonly (readonly number[])[], leastHalf = 0, confidence = 0.95): AdjustedInterval[] {
  const single = arms.map((differences) => pairedDifference(differences, leastHalf, 1 - (1 - confidence) / arms.length));
  const adjusted = holm(single.map(({ tP }) => tP ?? 1));
  return single.map(({ low, high, tP }, index) => ({ low, high, p: tP === null ? null : (adjusted[index] ?? 1) }));
}
