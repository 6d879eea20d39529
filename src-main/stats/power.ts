/** How many pairs an experiment needs: power of the two-sided paired t test by the noncentral t distribution. */
import { pairedDifference } from './paired.ts';
import { incompleteBeta, logGamma, normalCdf } from './special.ts';
import { studentTQuantile } from './studentT.ts';
import { fewestPairs, type VerdictWord } from './verdict.ts';

/** P(T <= t) of the noncentral t distribution (Lenth, algorithm AS 243, Appl. Statist. 38, 1989), for t >= 0. */
export function noncentralTCdf(t: number, df: number, noncentrality: number): number {
  if (!(t >= 0)) throw new RangeError(`noncentralTCdf needs t of at least 0. Received: ${t}.`);
  const below = normalCdf(-noncentrality);
  const x = (t * t) / (df + t * t);
  const y = df / (df + t * t);
  const lambda = (noncentrality * noncentrality) / 2;
  if (x === 0) return below;
  if (lambda === 0) return below + incompleteBeta(0.5, df / 2, x, y) / 2;
  const last = Math.ceil(lambda + 12 * Math.sqrt(lambda + 1) + 30);
  let total = 0;
  for (let j = 0; j <= last; j++) {
    const p = Math.exp(-lambda + j * Math.log(lambda) - logGamma(j + 1));
    const q = (noncentrality / Math.SQRT2) * Math.exp(-lambda + j * Math.log(lambda) - logGamma(j + 1.5));
    if (p + Math.abs(q) < 1e-18) continue;
    total += p * incompleteBeta(j + 0.5, df / 2, x, y) + q * incompleteBeta(j + 1, df / 2, x, y);
  }
  return Math.min(1, below + total / 2);
}

/** Power of the two-sided paired t test.
 *  @param effect mean difference in standard deviations of the differences */
export function pairedPower(pairs: number, effect: number, alpha = 0.05): number {
  if (pairs < 2) return 0;
  const critical = studentTQuantile(1 - alpha / 2, pairs - 1);
  const noncentrality = Math.abs(effect) * Math.sqrt(pairs);
  if (noncentrality > 30) return 1; // the series would need thousands of terms for a power of 1 to 100 digits
  // the wrong tail P(T' < -c) is the upper tail of the mirrored distribution
  return 1 - noncentralTCdf(critical, pairs - 1, noncentrality) + (1 - noncentralTCdf(critical, pairs - 1, -noncentrality));
}

/** Smallest number of pairs with at least this power for a true difference of `difference`.
 *  @param standardDeviation of the paired differences, same unit
 *  @returns at least 2; null when the difference is 0, which no number of pairs detects */
export function pairsForPower(difference: number, standardDeviation: number, power = 0.8, alpha = 0.05): number | null {
  if (!(standardDeviation >= 0) || !Number.isFinite(difference)) return null;
  if (difference === 0) return null;
  if (standardDeviation === 0) return 2;
  const effect = Math.abs(difference) / standardDeviation;
  const z = studentTQuantile(1 - alpha / 2, Infinity);
  // Normal approximation with Guenther's correction z^2/2 (Am. Statist. 35, 1981): within one pair, so the search is short, and beyond 2000 it is the answer.
  const guess = ((z + studentTQuantile(power, Infinity)) / effect) ** 2 + (z * z) / 2;
  if (!(guess < 2000)) return Math.ceil(guess);
  let pairs = Math.max(2, Math.floor(guess));
  while (pairs > 2 && pairedPower(pairs - 1, effect, alpha) >= power) pairs--;
  while (pairedPower(pairs, effect, alpha) < power) pairs++;
  return pairs;
}

/** Pairs after which the interval would lie clear of the margin's borders, if mean and spread stayed as they are.
 *  @param leastHalf as of pairedDifference
 *  @returns null when the mean lies on a border, or closer than the interval can tell, or when it would take more than a million pairs */
export function pairsToSettle(mean: number, standardDeviation: number, margin: number, leastHalf = 0, confidence = 0.95): number | null {
  const distance = Math.abs(Math.abs(mean) - margin);
  if (!(distance > leastHalf) || !(standardDeviation >= 0)) return null;
  const half = (pairs: number): number => (studentTQuantile(1 - (1 - confidence) / 2, pairs - 1) * standardDeviation) / Math.sqrt(pairs);
  let high = 2;
  while (half(high) >= distance) if ((high *= 2) > 1e6) return null;
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (middle >= 2 && half(middle) < distance) high = middle;
    else low = middle;
  }
  return high;
}

/** How many more pairs to run: enough to detect the margin at 80 % power given the spread seen so far, and at least 5 and all planned ones.
 *  Where that many have run already (or the margin is 0), as many as would settle the interval if the mean stayed where it is.
 *  @param leastHalf as of pairedDifference: a margin that it covers is detected by no number of pairs
 *  @returns 0 when the verdict stands; null when no number can be said */
export function pairsStillNeeded(differences: readonly number[], margin: number, word: VerdictWord, plannedPairs = 0, leastHalf = 0): number | null {
  const n = differences.length;
  if (word === 'helps' || word === 'hurts' || word === 'no-real-difference') return 0;
  const fewest = Math.max(fewestPairs, plannedPairs);
  if (n < 2) return fewest - n;
  const { mean, standardDeviation } = pairedDifference(differences);
  const toDetect = margin > leastHalf ? pairsForPower(margin, standardDeviation) : null;
  const goals = [toDetect, pairsToSettle(mean, standardDeviation, margin, leastHalf)];
  const goal = goals.find((pairs) => pairs !== null && pairs > n) ?? 0;
  return Math.max(fewest, goal) > n ? Math.max(fewest, goal) - n : null;
}
