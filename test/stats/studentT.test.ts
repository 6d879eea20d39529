import { expect, test } from 'vitest';
import { incompleteBeta, logGamma, normalCdf, stirlingRemainder } from '../../src-main/stats/special.ts';
import { studentTCdf, studentTDensity, studentTQuantile, studentTTwoSided } from '../../src-main/stats/studentT.ts';

function expectRelative(actual: number, expected: number, tolerance = 1e-12): void {
  expect(Math.abs(actual / expected - 1), `${actual} against ${expected}`).toBeLessThan(tolerance);
}

test('log-gamma agrees with closed forms', () => {
  expectRelative(logGamma(0.5), Math.log(Math.PI) / 2);
  expectRelative(logGamma(10), Math.log(362_880)); // 9!
  expectRelative(logGamma(100.5), 361.43554046777757); // mpmath 1.3, 40 digits
  expect(logGamma(1)).toBe(0);
  expect(() => logGamma(0)).toThrow('logGamma needs x above 0. Received: 0.');
});

test('the remainder of Stirling’s formula agrees with 1!', () => {
  expectRelative(stirlingRemainder(1), 1 - Math.log(2 * Math.PI) / 2, 1e-13);
});

test('the incomplete beta agrees with closed forms', () => {
  expectRelative(incompleteBeta(2, 3, 0.3), 0.3483, 1e-13); // 6 x^2 - 8 x^3 + 3 x^4
  expectRelative(incompleteBeta(0.5, 0.5, 0.3), (2 / Math.PI) * Math.asin(Math.sqrt(0.3)), 1e-13); // arcsine distribution
  expect(incompleteBeta(3, 4, 0)).toBe(0);
  expect(incompleteBeta(3, 4, 1)).toBe(1);
  expect(() => incompleteBeta(1, 1, 1.5)).toThrow(RangeError);
});

test('the normal distribution agrees with tables far into the tail', () => {
  expectRelative(normalCdf(-1.96), 0.024997895148220435); // SciPy norm.cdf
  expectRelative(normalCdf(-5), 2.866515718791939e-7);
  expectRelative(normalCdf(3), 1 - 0.0013498980316300946);
});

test('t quantiles agree with closed forms of 1 and 2 degrees of freedom', () => {
  for (const p of [0.6, 0.9, 0.975, 0.9999]) {
    expectRelative(studentTQuantile(p, 1), Math.tan(Math.PI * (p - 0.5)));
    expectRelative(studentTQuantile(p, 2), (2 * p - 1) * Math.sqrt(2 / (4 * p * (1 - p))));
  }
});

test('t quantiles agree with the exact ones for a few and for very many degrees of freedom', () => {
  // roots of the regularised incomplete beta, mpmath 1.3 with 40 digits
  const exact = [
    [5, 2.5705818356363155],
    [9, 2.2621571627982053],
    [19, 2.0930240544083096],
    [99_999, 1.9599877077718448],
  ] as const;
  for (const [df, t] of exact) expectRelative(studentTQuantile(0.975, df), t, 2e-12);
  expectRelative(studentTQuantile(0.975, Infinity), 1.959963984540054); // standard normal
});

test('a quantile and its probability undo each other in both tails', () => {
  for (const df of [1, 3, 4.5, 30, 1e4]) {
    for (const p of [1e-10, 0.01, 0.3, 0.4999, 0.7, 0.999]) expectRelative(studentTCdf(studentTQuantile(p, df), df), p, 1e-11);
  }
  expect(studentTQuantile(0.5, 3)).toBe(0);
  expect(studentTQuantile(0, 3)).toBe(-Infinity);
  expect(studentTQuantile(1, 3)).toBe(Infinity);
});

test('two-sided tails keep their digits where they are tiny', () => {
  expectRelative(studentTTwoSided(50, 3), 1.7617152041271974e-5); // mpmath
  expectRelative(studentTTwoSided(8, 999_999), 1.24550634463512e-15, 1e-11); // mpmath
  expect(studentTTwoSided(Infinity, 4)).toBe(0);
});

test('the density of 1 degree of freedom is Cauchy’s', () => {
  expectRelative(studentTDensity(1, 1), 1 / (2 * Math.PI));
});

test('degrees of freedom must be above 0', () => {
  expect(() => studentTQuantile(0.9, 0)).toThrow('Degrees of freedom must be above 0. Received: 0.');
  expect(() => studentTQuantile(1.2, 3)).toThrow('A probability is from 0 to 1. Received: 1.2.');
});
