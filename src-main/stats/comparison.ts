/** Everything the verdict needs to say about the arms of one experiment, from their paired differences alone. */
import { adjustForArms, type AdjustedInterval } from './holm.ts';
import { pairedDifference } from './paired.ts';
import { pairsStillNeeded } from './power.ts';
import { signFlipP } from './signFlip.ts';
import { leastHalfWidth } from './testRows.ts';
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
 *  @param testRows that the metric counts; null for a metric of other things
 *  @throws RangeError when a difference is not finite or the margin is negative */
export function compareArms(arms: readonly Omit<VerdictInput, 'margin' | 'testRows'>[], margin: number, testRows: number | null): ArmComparison[] {
  const leastHalf = leastHalfWidth(testRows);
  const adjusted = adjustForArms(
    arms.map(({ differences }) => differences),
    leastHalf,
  );
  return arms.map((arm, index) => {
    const { mean, low, high, standardDeviation, tP } = pairedDifference(arm.differences, leastHalf);
    const word = verdict({ ...arm, margin, testRows });
    return {
      verdict: word,
      difference: { mean, low, high, pairs: arm.differences.length },
      standardDeviation,
      tP,
      signFlipP: signFlipP(arm.differences),
      adjusted: adjusted[index] ?? { low, high, p: tP },
      pairsStillNeeded: pairsStillNeeded(arm.differences, margin, word, arm.plannedPairs, leastHalf),
    };
  });
}

/** From the best answer to "does an auxiliary loss help?" to none at all. An arm that cannot be judged (a failed run, too few pairs) speaks for the
 *  experiment only where no arm can be judged: the mean of what is left of it may flatter it. */
const bestFirst: readonly VerdictWord[] = ['helps', 'probably-helps', 'inconclusive', 'no-real-difference', 'probably-hurts', 'hurts', 'too-early'];

/** Index of the arm that gives the experiment its headline: the one with the best verdict, of several the one with the largest mean difference.
 *  @returns -1 when no arm has a pair */
export function bestArm(comparisons: readonly Pick<ArmComparison, 'verdict' | 'difference'>[]): number {
  const ranked = [...comparisons.entries()]
    .filter(([, { difference }]) => !Number.isNaN(difference.mean))
    .map(([index, { verdict: word, difference }]) => ({ index, rank: bestFirst.indexOf(word), mean: difference.mean }))
    .sort((a, b) => a.rank - b.rank || b.mean - a.mean);
  return ranked[0]?.index ?? -1;
}
