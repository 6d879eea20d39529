/** Special functions behind the t distribution: Stirling's remainder, log-gamma, the regularised incomplete beta, the normal distribution.
 *  Everything works with both x and 1 - x, so that neither tail loses digits. */

const LOG_TWO_PI = Math.log(2 * Math.PI);
// Coefficients of Stirling's series, B_2k / (2k (2k - 1)): 1/12, -1/360, 1/1260, ... (Abramowitz & Stegun 6.1.41)
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];

/** ln(x!) minus Stirling's formula (x + 1/2) ln x - x + ln(2 pi)/2, for x > 0; keeps its digits where log-gamma itself is large. */
export function stirlingRemainder(x: number): number {
  let remainder = 0;
  let at = x;
  for (; at < 16; at++) remainder += (at + 0.5) * Math.log1p(1 / at) - 1; // the recursion of ln(x!), up to where the series is exact
  const inverse = 1 / at;
  let series = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) series = series * inverse * inverse + (STIRLING[k] ?? 0);
  return remainder + series * inverse;
}

/** Natural logarithm of the gamma function for x > 0. */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma needs x above 0. Received: ${x}.`);
  if (x === Infinity) return Infinity;
  if (x === 1 || x === 2) return 0;
  return (x - 0.5) * Math.log(x) - x + LOG_TWO_PI / 2 + stirlingRemainder(x);
}

/** a ln(a/m) + m - a without cancellation near a = m (Loader 2000, "Fast and accurate computation of binomial probabilities"). */
function deviance(a: number, m: number): number {
  const gap = a - m;
  if (Math.abs(gap) >= 0.1 * (a + m)) return a * Math.log(a / m) + m - a;
  const v = gap / (a + m);
  let sum = gap * v;
  let term = 2 * a * v;
  for (let j = 1; j < 200; j++) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) return sum;
    sum = next;
  }
  return sum;
}

/** x^a y^b / B(a, b) with y = 1 - x, in Loader's saddle-point form. */
function betaFront(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const exponent = stirlingRemainder(n) - stirlingRemainder(a) - stirlingRemainder(b) - deviance(a, n * x) - deviance(b, n * y);
  return Math.exp(exponent) * Math.sqrt((a / n) * (b / (2 * Math.PI)));
}

/** Regularised incomplete beta I_x(a, b).
 *  @param y 1 - x, given apart because it may be far smaller than the rounding of x */
export function incompleteBeta(a: number, b: number, x: number, y: number = 1 - x): number {
  if (!(a > 0) || !(b > 0)) throw new RangeError(`incompleteBeta needs a and b above 0. Received: a = ${a}, b = ${b}.`);
  if (!(x >= 0 && x <= 1)) throw new RangeError(`incompleteBeta needs x from 0 to 1. Received: ${x}.`);
  if (x === 0) return 0;
  if (y === 0) return 1;
  // the fraction converges fast left of the mean; right of it the mirrored one does
  if (x > (a + 1) / (a + b + 2)) return 1 - (betaFront(b, a, y, x) / b) * betaFraction(b, a, y);
  return (betaFront(a, b, x, y) / a) * betaFraction(a, b, x);
}

/** Continued fraction of the incomplete beta (DLMF 8.17.22) by the modified Lentz method. */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const guard = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return fraction;
}

/** P(Z <= z) of the standard normal distribution. */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return NaN;
  if (z > 0) return 1 - normalCdf(-z);
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  if (z > -3) {
    let term = -z; // Phi(-|z|) = 1/2 - density (|z| + |z|^3/3 + |z|^5/15 + ...)
    let sum = term;
    for (let k = 3; term > sum * 1e-17; k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let tail = -z; // Mills' ratio as a continued fraction, from its end
  for (let k = 200; k >= 1; k--) tail = -z + k / tail;
  return density / tail;
}
