/** A second view of the same differences: how probable a worse, a negligible and a better main task are. */
import { pairedDifference } from './paired.ts';
import { studentTCdf, studentTQuantile } from './studentT.ts';

export interface PracticalProbabilities {
  readonly worse: number; // the true mean difference is below -margin
  readonly same: number;
  readonly better: number; // above +margin
}

/** Student's posterior of the mean difference under a flat prior (Benavoli et al., JMLR 18, 2017, with independent pairs).
 *  @param leastHalf as of pairedDifference; where the pairs agree more closely, their interval has this width all the same
 *  @returns null below 2 pairs; probabilities that add up to 1 */
export function practicalProbabilities(differences: readonly number[], margin: number, leastHalf = 0): PracticalProbabilities | null {
  const n = differences.length;
  const { mean, standardDeviation } = pairedDifference(differences);
  if (n < 2) return null;
  const standardError = Math.max(standardDeviation / Math.sqrt(n), leastHalf / studentTQuantile(0.975, n - 1));
  if (standardError === 0) {
    const better = mean > margin ? 1 : 0;
    const worse = mean < -margin ? 1 : 0;
    return { worse, same: 1 - better - worse, better };
  }
  const worse = studentTCdf((-margin - mean) / standardError, n - 1);
  const better = studentTCdf((mean - margin) / standardError, n - 1);
  return { worse, same: Math.max(0, 1 - worse - better), better };
}
