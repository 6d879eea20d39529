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
  expectRelative(logGamma(0.001), 6.907178885383854); // mpmath, as are the next two
  expectRelative(logGamma(3.7), 1.428072326665388);
  expectRelative(logGamma(16.25), 28.58652940490194);
  expect(logGamma(1)).toBe(0);
  expect(logGamma(2)).toBe(0);
  expect(logGamma(Infinity)).toBe(Infinity);
  expect(() => logGamma(0)).toThrow('logGamma needs x above 0. Received: 0.');
});

test('the remainder of Stirling’s formula agrees with 1!', () => {
  expectRelative(stirlingRemainder(1), 1 - Math.log(2 * Math.PI) / 2, 1e-13);
  expectRelative(stirlingRemainder(15.5), 0.005375599032926834, 1e-13); // mpmath
  expectRelative(stirlingRemainder(16.25), 0.00512755847926, 1e-13);
  expectRelative(stirlingRemainder(1000), 0.00008333333055555635, 1e-13);
});

test('the incomplete beta agrees with closed forms', () => {
  expectRelative(incompleteBeta(2, 3, 0.3), 0.3483, 1e-13); // 6 x^2 - 8 x^3 + 3 x^4
  expectRelative(incompleteBeta(0.5, 0.5, 0.3), (2 / Math.PI) * Math.asin(Math.sqrt(0.3)), 1e-13); // arcsine distribution
  for (const [a, b, x, expected] of [
    [20, 3.5, 0.9, 0.724223760544875],
    [2.5, 30, 0.1, 0.7374516791292124],
    [5000, 0.5, 0.9995, 0.025332672657805693],
    [0.5, 2.5, 0.75, 0.9882751889960454],
    [300, 400, 0.43, 0.5318676325257012],
  ] as const)
    expectRelative(incompleteBeta(a, b, x), expected, 1e-12); // mpmath
  expect(incompleteBeta(3, 4, 0)).toBe(0);
  expect(incompleteBeta(3, 4, 1)).toBe(1);
  expect(() => incompleteBeta(1, 1, 1.5)).toThrow('incompleteBeta needs x from 0 to 1. Received: 1.5.');
  expect(() => incompleteBeta(1, 1, -0.5)).toThrow('Received: -0.5.');
  expect(() => incompleteBeta(0, 1, 0.5)).toThrow('incompleteBeta needs a and b above 0. Received: a = 0, b = 1.');
  expect(() => incompleteBeta(1, 0, 0.5)).toThrow('Received: a = 1, b = 0.');
});

test('the normal distribution agrees with tables far into the tail', () => {
  expectRelative(normalCdf(-1.96), 0.024997895148220435); // SciPy norm.cdf
  expectRelative(normalCdf(-5), 2.866515718791939e-7);
  expectRelative(normalCdf(3), 1 - 0.0013498980316300946);
  expectRelative(normalCdf(-2.5), 0.006209665325776135); // mpmath, as are the next
  expectRelative(normalCdf(-3), 0.0013498980316300946);
  expectRelative(normalCdf(-3.5), 0.00023262907903552504);
  expectRelative(normalCdf(-20), 2.7536241186062337e-89);
  expectRelative(normalCdf(-0.1), 0.46017216272297102);
  expect([0, -40, 40, -Infinity, Infinity, NaN].map(normalCdf)).toEqual([0.5, 0, 1, 0, 1, NaN]);
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
  // both sides of the place where the tail is matched instead of the centre
  expectRelative(studentTQuantile(0.6, Infinity), 0.2533471031357997); // mpmath
  expectRelative(studentTQuantile(0.6, 7), 0.2631668613520228);
  expectRelative(studentTQuantile(0.74, 7), 0.677240769394631);
  expectRelative(studentTQuantile(0.8, 7), 0.896029644313765);
  expectRelative(studentTQuantile(0.9999999, 7), 19.933902247923854, 1e-9); // 1 - p has 9 digits left
  expectRelative(studentTQuantile(0.51, 30), 0.02527878397176579);
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
  expect(studentTTwoSided(-Infinity, 4)).toBe(0);
  expect(studentTTwoSided(NaN, 4)).toBeNaN();
  expect(studentTTwoSided(0, 4)).toBe(1);
  expectRelative(studentTTwoSided(-1.96, Infinity), 2 * 0.024997895148220435); // the normal tail of above
});

test('the density of 1 degree of freedom is Cauchy’s, others are those of the formula with gamma functions', () => {
  expectRelative(studentTDensity(1, 1), 1 / (2 * Math.PI));
  expectRelative(studentTDensity(0.3, 7), 0.36581230078018734); // mpmath
  expectRelative(studentTDensity(5, 7), 0.0008815426573260058);
  expectRelative(studentTDensity(-1, 3), 0.20674833578317202);
  expectRelative(studentTDensity(2, 1000), 0.05408517400975593);
  expectRelative(studentTDensity(1.5, Infinity), 0.12951759566589173); // exp(-1.125) / sqrt(2 pi)
});

test('degrees of freedom must be above 0', () => {
  expect(() => studentTQuantile(0.9, 0)).toThrow('Degrees of freedom must be above 0. Received: 0.');
  expect(() => studentTQuantile(1.2, 3)).toThrow('A probability is from 0 to 1. Received: 1.2.');
});
