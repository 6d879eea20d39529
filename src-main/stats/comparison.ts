/** Everything the verdict needs to say about the arms of one experiment, from their paired differences alone. */
import { adjustForArms, type AdjustedInterval } from './holm.ts';
import { pairedDifference } from './paired.ts';
import { pairsStillNeeded } from './power.ts';
import { signFlipP } from './signFlip.ts';
import { verdict, type VerdictInput, type VerdictWord } from './verdict.ts';

export interface ArmComparison {
  readonly verdict: VerdictWord;
  readonly difference: { readonly mean: number; readonly low: number; readonly high: number; readonly pairs: number };
  readonly standardDeviation: number;
  readonly tP: number | null;
  readonly signFlipP: number | null;
  readonly adjusted: AdjustedInterval;
  readonly pairsStillNeeded: number | null;
}

/** Compares every auxiliary arm with the baseline; the answers stand in the order of the arms.
 *  @throws RangeError when a difference is not finite or the margin is negative */
export function compareArms(arms: readonly Omit<VerdictInput, 'margin'>[], margin: number): ArmComparison[] {
  const adjusted = adjustForArms(arms.map(({ differences }) => differences));
  return arms.map((arm, index) => {
    const { mean, low, high, standardDeviation, tP } = pairedDifference(arm.differences);
    const word = verdict({ ...arm, margin });
    return {
      verdict: word,
      difference: { mean, low, high, pairs: arm.differences.length },
      standardDeviation,
      tP,
      signFlipP: signFlipP(arm.differences),
      adjusted: adjusted[index] ?? { low, high, p: tP },
      pairsStillNeeded: pairsStillNeeded(arm.differences, margin, word, arm.plannedPairs),
    };
  });
}

/** Index of the arm with the largest mean difference, which gives the experiment its headline.
 *  @returns -1 when no arm has a pair */
export function bestArm(comparisons: readonly { readonly difference: { readonly mean: number } }[]): number {
  let best = -1;
  let highest = -Infinity;
  for (const [index, { difference }] of comparisons.entries()) {
    if (difference.mean > highest) {
      best = index;
      highest = difference.mean;
    }
  }
  return best;
}
