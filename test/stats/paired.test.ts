import fc from 'fast-check';
import { expect, test } from 'vitest';
import { moments, pairedDifference, sum } from '../../src-main/stats/paired.ts';
import { practicalProbabilities } from '../../src-main/stats/probability.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e150, max: 1e150 });

test('the interval of Student’s sleep data is the published one', () => {
  // R: t.test(extra ~ group, paired = TRUE) on `sleep`: mean 1.58, 95 % interval 0.7001142 to 2.4598858, p = 0.002833
  const { mean, low, high, tP } = pairedDifference([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]);
  expect(mean).toBeCloseTo(1.58, 12);
  expect(low).toBeCloseTo(0.7001142, 6);
  expect(high).toBeCloseTo(2.4598858, 6);
  expect(tP).toBeCloseTo(0.002833, 6);
});

test('constant differences give an interval of no width at exactly that constant', () => {
  fc.assert(
    fc.property(finite, fc.integer({ min: 2, max: 200 }), (value, count) => {
      const { mean, low, high, standardDeviation, tP } = pairedDifference(Array<number>(count).fill(value));
      expect([mean + 0, low + 0, high + 0]).toEqual([value + 0, value + 0, value + 0]);
      expect(standardDeviation).toBe(0);
      expect(tP).toBe(value === 0 ? 1 : 0);
    }),
  );
});

test('one pair bounds nothing and none says nothing', () => {
  expect(pairedDifference([0.4])).toEqual({ mean: 0.4, low: -Infinity, high: Infinity, standardDeviation: NaN, tP: null });
  expect(pairedDifference([])).toEqual({ mean: NaN, low: -Infinity, high: Infinity, standardDeviation: NaN, tP: null });
});

test('scaling the differences by a power of two scales the interval exactly, down to the smallest numbers', () => {
  const base = pairedDifference([1, 2, 4]);
  for (const scale of [2 ** -1000, 2 ** 900]) {
    const { mean, low, high, tP } = pairedDifference([1 * scale, 2 * scale, 4 * scale]);
    expect([mean / scale, low / scale, high / scale]).toEqual([base.mean, base.low, base.high]);
    expect(tP).toBe(base.tP);
  }
  expect(pairedDifference([1e-310, 2e-310, 3e-310]).mean).toBeCloseTo(2e-310, 320);
});

test('a small difference on top of a large constant is not lost', () => {
  // mean 1e9 + 2, sd of 1, 2, 3 is exactly 1
  expect(moments([1e9 + 1, 1e9 + 2, 1e9 + 3])).toEqual({ mean: 1e9 + 2, standardDeviation: 1 });
});

test('what a sum loses beside a large number comes back, whatever its sign', () => {
  expect([sum([1, 1e100, 1, -1e100]), sum([1, -1e100, 1, 1e100])]).toEqual([2, 2]); // Neumaier 1974, where a plain sum gives 0
});

test('a million differences are summed without drift', () => {
  const { mean } = pairedDifference(Array.from({ length: 1_000_000 }, (_, i) => (i % 2 === 0 ? 0.1 : 0.3)));
  expect(mean).toBeCloseTo(0.2, 15);
});

test('a difference that is not finite is refused by its place', () => {
  expect(() => pairedDifference([1, NaN])).toThrow('Every difference must be a finite number. Received: NaN at position 1.');
  expect(() => pairedDifference([Infinity, 1])).toThrow('Received: Infinity at position 0.');
  expect(() => pairedDifference([1, 2], 0, 1)).toThrow('A confidence is between 0 and 1. Received: 1.');
});

test('the probabilities of worse, same and better add up to 1 and mirror with the sign', () => {
  const seen = [0.3, 0.9, 0.4, 1.2, 0.1, 0.7];
  const chances = practicalProbabilities(seen, 0.2);
  const mirrored = practicalProbabilities(
    seen.map((value) => -value),
    0.2,
  );
  expect(chances!.worse + chances!.same + chances!.better).toBeCloseTo(1, 12);
  expect(mirrored!.worse).toBeCloseTo(chances!.better, 12);
  // Student's t with 5 degrees of freedom at (0.6 - 0.2) / (0.409878 / sqrt 6) = 2.3905 and at -(0.6 + 0.2) / ... = -4.7809; mpmath 1.3, 40 digits
  expect(chances!.better).toBeCloseTo(0.9688237919989248, 12);
  expect(chances!.worse).toBeCloseTo(0.0024833104330688393, 12);
  expect(practicalProbabilities([1], 0)).toBeNull();
});

test('differences that are all equal are worse, negligible or better for certain; at the margin itself they are negligible', () => {
  const certain = (value: number, margin: number) => practicalProbabilities([value, value, value], margin);
  expect(certain(0, 0)).toEqual({ worse: 0, same: 1, better: 0 });
  expect(certain(1, 0.5)).toEqual({ worse: 0, same: 0, better: 1 });
  expect(certain(-1, 0.5)).toEqual({ worse: 1, same: 0, better: 0 });
  for (const value of [0.5, -0.5]) expect(certain(value, 0.5)).toEqual({ worse: 0, same: 1, better: 0 });
});
