import { expect, test } from 'vitest';
import { bestArm, compareArms } from '../../src-main/stats/comparison.ts';
import { noncentralTCdf, pairedPower, pairsForPower, pairsStillNeeded, pairsToSettle } from '../../src-main/stats/power.ts';
import { verdict, type VerdictWord } from '../../src-main/stats/verdict.ts';

const around = (mean: number): number[] => [-0.2, -0.1, 0, 0.1, 0.2].map((value) => mean + value); // interval: mean +- 0.196

test.each([
  ['helps', 1, 0.5],
  ['hurts', -1, 0.5],
  ['no-real-difference', 0.1, 0.5],
  ['probably-helps', 0.4, 0.5],
  ['probably-hurts', -0.4, 0.5],
  ['inconclusive', 0.1, 0.15],
] as const)('%s: mean %d, margin %d', (expected, mean, margin) => {
  expect(verdict({ differences: around(mean), margin })).toBe(expected);
});

test('fewer than five pairs, a failed pair, unfinished pairs and unequal budgets are too early, whatever the numbers', () => {
  const differences = around(5);
  expect(verdict({ differences: differences.slice(1), margin: 0 })).toBe('too-early');
  expect(verdict({ differences, margin: 0, failedPairs: 1 })).toBe('too-early');
  expect(verdict({ differences, margin: 0, plannedPairs: 6 })).toBe('too-early');
  expect(verdict({ differences, margin: 0, unequalBudgets: true })).toBe('too-early');
  expect(verdict({ differences, margin: 0, plannedPairs: 5, failedPairs: 0 })).toBe('helps');
  expect(verdict({ differences: [], margin: 0 })).toBe('too-early');
});

test('at margin 0 identical arms are no real difference and a constant gain helps', () => {
  expect(verdict({ differences: [0, 0, 0, 0, 0], margin: 0 })).toBe('no-real-difference');
  expect(verdict({ differences: [0, -0, 0, -0, 0], margin: 0 })).toBe('no-real-difference');
  expect(verdict({ differences: Array<number>(6).fill(0.1), margin: 0 })).toBe('helps');
  expect(verdict({ differences: Array<number>(6).fill(-0.1), margin: 0 })).toBe('hurts');
});

test('a constant difference of exactly the margin lies inside it, whatever the rounding of its sum', () => {
  for (const margin of [0.1, 0.3, 0.7, 1e-9]) expect(verdict({ differences: Array<number>(7).fill(margin), margin })).toBe('no-real-difference');
});

test('a margin below 0 or not a number is refused', () => {
  expect(() => verdict({ differences: around(1), margin: -1 })).toThrow('The margin must be at least 0. Received: -1.');
  expect(() => verdict({ differences: around(1), margin: NaN })).toThrow(RangeError);
  expect(() => verdict({ differences: [NaN], margin: 1 })).toThrow(RangeError);
});

test('the power of the paired t test is the published one', () => {
  // product design: 18 % at 3 pairs, 51 % at 6, 68 % at 8, 80 % at 10, 95 % at 15, for an effect of one standard deviation
  for (const [pairs, power] of [
    [3, 0.18],
    [6, 0.51],
    [8, 0.68],
    [10, 0.8],
    [15, 0.95],
  ] as const)
    expect(pairedPower(pairs, 1)).toBeCloseTo(power, 2);
  // SciPy 1.17 nct: 1 - cdf(t) + cdf(-t)
  expect(pairedPower(5, 1.5)).toBeCloseTo(0.7107026739256758, 12);
  expect(pairedPower(6, 0.1)).toBeCloseTo(0.0546887003858024, 12);
  expect(pairedPower(100, 0.3)).toBeCloseTo(0.8439471027374162, 12);
  // mpmath 1.3: the normal probability averaged over the distribution of the standard deviation
  expect(pairedPower(2, 1)).toBeCloseTo(0.09280915505633603, 12);
  expect(pairedPower(8, -0.7)).toBeCloseTo(0.4013973788021729, 12);
  expect(pairedPower(1, 5)).toBe(0);
  expect(pairedPower(40, 20)).toBe(1);
});

test('the noncentral t distribution agrees with its integral', () => {
  expect(noncentralTCdf(0, 5, 0)).toBeCloseTo(0.5, 15);
  expect(noncentralTCdf(0, 5, 1)).toBeCloseTo(0.15865525393145705, 14); // the normal probability of -1
  expect(noncentralTCdf(1, 4, 0)).toBeCloseTo(0.8130495168499706, 14); // Student's t
  expect(noncentralTCdf(2, 7, 1.5)).toBeCloseTo(0.6468007850041533, 12); // mpmath 1.3, as above
  expect(noncentralTCdf(2, 7, -1.5)).toBeCloseTo(0.9989610394768064, 12);
  expect(noncentralTCdf(6, 9, 5)).toBeCloseTo(0.6803713615843738, 12);
  expect(() => noncentralTCdf(-1, 5, 1)).toThrow('noncentralTCdf needs t of at least 0. Received: -1.');
});

test('pairs for 80 % power: 10 for one standard deviation, 34 for half of one', () => {
  expect(pairsForPower(1, 1)).toBe(10);
  expect(pairsForPower(0.5, 1)).toBe(34);
  expect(pairsForPower(-0.5, 1)).toBe(34);
  // where the approximation is one short: 74.5 % at 3 pairs and 96.7 % at 4; 75.5 % at 4 and 90.9 % at 5 (mpmath 1.3)
  expect([pairsForPower(3, 1), pairsForPower(2, 1)]).toEqual([4, 5]);
  expect(pairsForPower(1, 0)).toBe(2);
  expect(pairsForPower(0, 1)).toBeNull();
  expect(pairsForPower(Infinity, 1)).toBeNull();
  expect(pairsForPower(1, NaN)).toBeNull(); // the spread of a single pair
  expect(pairsForPower(100, 1)).toBe(2);
  // beyond the exact search the corrected normal approximation: (1.959964 + 0.841621)^2 / 0.01^2 + 1.92
  expect(pairsForPower(0.01, 1)).toBe(78_491);
});

test('the approximation and the exact search meet without a jump', () => {
  const near = pairsForPower(0.0628, 1)!; // just below 2000
  expect(pairedPower(near, 0.0628)).toBeGreaterThanOrEqual(0.8);
  expect(pairedPower(near - 1, 0.0628)).toBeLessThan(0.8);
  expect(pairsForPower(0.0626, 1)! - near).toBeLessThan(20);
});

test('no more pairs are needed when the verdict stands, and otherwise enough to detect the margin', () => {
  expect(pairsStillNeeded(around(1), 0.5, 'helps')).toBe(0);
  expect(pairsStillNeeded(around(-1), 0.5, 'hurts')).toBe(0);
  expect(pairsStillNeeded(around(0.1), 0.5, 'no-real-difference')).toBe(0);
  // sd of `around` is 0.158114; margin 0.1 is an effect of 0.63246: 22 pairs (22: 80.6 %, 21: 78.6 %)
  expect(pairsStillNeeded(around(0.1), 0.1, 'inconclusive')).toBe(17);
  expect(pairsStillNeeded([], 0.1, 'too-early')).toBe(5);
  expect(pairsStillNeeded([1], 0.1, 'too-early', 12)).toBe(11);
  expect(pairsStillNeeded([0.1, 0.11, 0.12], 5, 'too-early')).toBe(2);
});

test('at margin 0 the number of pairs is the one that settles the sign', () => {
  const needed = pairsStillNeeded(around(0.1), 0, 'inconclusive')!;
  const total = pairsToSettle(0.1, 0.15811388300841897, 0)!;
  expect(needed).toBe(total - 5);
  expect(total).toBe(13); // t(12) = 2.179: 2.179 * 0.158114 / sqrt(13) = 0.0956 < 0.1; at 12: 2.201 * 0.158114 / sqrt(12) = 0.1005
  expect(pairsStillNeeded(around(0), 0, 'inconclusive')).toBeNull();
});

test('pairs that settle the interval are the fewest, and none are named for a mean on a border or beyond a million', () => {
  expect(pairsToSettle(1, 0.05, 0)).toBe(2); // t(1) = 12.706: 12.706 * 0.05 / sqrt(2) = 0.449 < 1
  expect(pairsToSettle(1, 0.3, 0)).toBe(3); // 12.706 * 0.3 / sqrt(2) = 2.695; t(2) = 4.303: 4.303 * 0.3 / sqrt(3) = 0.745 < 1
  expect(pairsToSettle(-0.9, 0.15811388300841897, 1)).toBe(13); // as far from the margin as the mean of 0.1 above from 0
  expect(pairsToSettle(1, 0, 0.5)).toBe(2);
  expect(pairsToSettle(0.5, 1, 0.5)).toBeNull();
  expect(pairsToSettle(-0.5, 1, 0.5)).toBeNull();
  expect(pairsToSettle(0.5, NaN, 0)).toBeNull();
  expect(pairsToSettle(0.0028, 1, 0)).toBe(489_985); // 1.9599688 / 0.0028 = 699.9889, squared 489,984.4
  expect(pairsToSettle(0.001, 1, 0)).toBeNull(); // 3.8 million
});

test('several arms are compared in their order, each with its own verdict and an adjusted interval around it', () => {
  const compared = compareArms([{ differences: around(0.1) }, { differences: around(1), failedPairs: 1 }, { differences: [] }], 0.05, null);
  expect(compared.map((entry) => entry.verdict)).toEqual(['inconclusive', 'too-early', 'too-early']);
  expect(compared[0]!.adjusted.low).toBeLessThan(compared[0]!.difference.low);
  expect(compared[2]!.difference).toEqual({ mean: NaN, low: -Infinity, high: Infinity, pairs: 0 });
});

test('the headline goes to the best verdict, and to an arm that cannot be judged only when no arm can', () => {
  const arm = (verdict: VerdictWord, mean: number) => ({ verdict, difference: { mean, low: mean - 1, high: mean + 1, pairs: 5 } });
  expect(bestArm([arm('inconclusive', 0.1), arm('too-early', 1)])).toBe(0); // a failed run left the second arm its four best pairs
  expect(bestArm([arm('inconclusive', 2), arm('helps', 1), arm('probably-helps', 3)])).toBe(1);
  expect(bestArm([arm('helps', 1), arm('helps', 2)])).toBe(1);
  expect(bestArm([arm('hurts', -2), arm('no-real-difference', 0), arm('inconclusive', -0.1)])).toBe(2);
  expect(bestArm([arm('too-early', 1), arm('too-early', 2)])).toBe(1);
  expect(bestArm([arm('too-early', NaN), arm('too-early', -2)])).toBe(1);
  expect(bestArm([arm('too-early', NaN)])).toBe(-1);
  expect(bestArm([])).toBe(-1);
});

const still = (count: number, value = 0): number[] => Array<number>(count).fill(value);

test('where no test row changed, the interval of a share reaches three rows to either side', () => {
  // 3 / 147 = 0.0204: reference values of the row-aware interval for six pairs without any difference, margin 0.02
  const [none] = compareArms([{ differences: still(6) }], 0.02, 147);
  expect(none).toMatchObject({ verdict: 'inconclusive', difference: { mean: 0, low: -0.02040816326530612, high: 0.02040816326530612 }, tP: null });
  expect(none!.adjusted).toEqual({ low: -0.02040816326530612, high: 0.02040816326530612, p: null });
  expect(verdict({ differences: still(6), margin: 0.02, testRows: 150 })).toBe('no-real-difference'); // 3 / 150 is the margin
  expect(verdict({ differences: still(6), margin: 0.02 })).toBe('no-real-difference'); // a metric of other things
});

test('three test rows say neither that an arm helps nor that it does not', () => {
  const third = 1 / 3;
  for (const differences of [still(5), still(5, third), still(5, -third), [third, third, third, third, 0], [0, 0, 0, 0, -third], still(5, 2 / 3)])
    expect(verdict({ differences, margin: 0.005, testRows: 3 })).toBe('inconclusive');
  expect(verdict({ differences: [third, third, third, third, 0], margin: 0.005 })).toBe('helps'); // what the pairs alone would say
});

test('pairs that spread more than the test rows allow are judged by their own interval', () => {
  const [free, bound] = [null, 4000].map((testRows) => compareArms([{ differences: around(1) }], 0.5, testRows));
  expect(bound).toEqual(free); // 3 / 4000 is below half of 0.196
});

test('more pairs are named only where they could settle it', () => {
  // the interval of 100 rows reaches 0.03 to either side: it stays across a margin of 0.02 for good
  const differences = [-0.01, 0, 0, 0, 0.01];
  expect(pairsStillNeeded(differences, 0.02, 'inconclusive', 5, 0.03)).toBeNull();
  expect(pairsToSettle(0.1, 0.15, 0, 0.2)).toBeNull();
  expect(pairsToSettle(0.3, 0.15, 0, 0.2)).toBe(pairsToSettle(0.3, 0.15, 0));
});
