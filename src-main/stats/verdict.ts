/** The verdict on one auxiliary arm. Rules are tried in a fixed order and the first that matches wins; wording is the report's. */
import { pairedDifference } from './paired.ts';
import { leastHalfWidth } from './testRows.ts';

export type VerdictWord = 'too-early' | 'helps' | 'hurts' | 'no-real-difference' | 'probably-helps' | 'probably-hurts' | 'inconclusive';

export const fewestPairs = 5; // below this no interval is worth a verdict, and a sign-flip test cannot pass 0.125

export interface VerdictInput {
  readonly differences: readonly number[]; // of the finished pairs; positive is better
  readonly margin: number; // smallest difference worth having, same unit, at least 0
  readonly testRows?: number | null; // of a metric of right and wrong rows: how many it was measured on
  readonly plannedPairs?: number; // more than there are differences: the plan has not been carried out yet
  readonly failedPairs?: number; // pairs of which a run failed
  readonly unequalBudgets?: boolean; // the arms trained under different limits
}

/** Judges paired differences by their 95 % interval and the margin.
 *  "Above" and "below" are strict and "inside" includes the borders, so identical arms are no real difference even at margin 0.
 *  @throws RangeError when a difference is not finite or the margin is negative */
export function verdict(input: VerdictInput): VerdictWord {
  const { differences, margin, testRows = null, plannedPairs = 0, failedPairs = 0, unequalBudgets = false } = input;
  if (!(margin >= 0)) throw new RangeError(`The margin must be at least 0. Received: ${String(margin)}.`);
  const { low, high } = pairedDifference(differences, leastHalfWidth(testRows));
  if (differences.length < fewestPairs || failedPairs > 0 || plannedPairs > differences.length || unequalBudgets) return 'too-early';
  if (low > margin) return 'helps';
  if (high < -margin) return 'hurts';
  if (low >= -margin && high <= margin) return 'no-real-difference';
  if (low > 0) return 'probably-helps';
  if (high < 0) return 'probably-hurts';
  return 'inconclusive';
}
