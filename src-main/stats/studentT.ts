/** Student's t distribution: tail, cumulative probability, density and quantile, for any positive number of degrees of freedom. */
import { incompleteBeta, normalCdf, stirlingRemainder } from './special.ts';

/** P(|T| > |t|): the two-sided p of a t statistic. */
export function studentTTwoSided(t: number, df: number): number {
  requireDf(df);
  if (Number.isNaN(t)) return NaN;
  if (!Number.isFinite(t)) return 0;
  if (df === Infinity) return 2 * normalCdf(-Math.abs(t));
  const { inner, outer } = shares(t, df);
  return incompleteBeta(df / 2, 0.5, inner, outer);
}

/** P(T <= t). */
export function studentTCdf(t: number, df: number): number {
  const tail = studentTTwoSided(t, df) / 2;
  return t > 0 ? 1 - tail : tail;
}

/** Density at t. */
export function studentTDensity(t: number, df: number): number {
  requireDf(df);
  if (df === Infinity) return Math.exp(-0.5 * t * t) / Math.sqrt(2 * Math.PI);
  // Gamma((df + 1)/2) / Gamma(df/2) through Stirling's remainders, which keeps its digits at large df
  const half = df / 2;
  const front = stirlingRemainder(half + 0.5) - stirlingRemainder(half) + half * Math.log1p(0.5 / half) - 0.5;
  const power = t * t < df ? -(half + 0.5) * Math.log1p((t * t) / df) : -(df + 1) * Math.log(Math.hypot(1, t / Math.sqrt(df)));
  return Math.exp(front + power) / Math.sqrt(2 * Math.PI);
}

/** The t with P(T <= t) = probability.
 *  @returns -Infinity at 0, Infinity at 1 */
export function studentTQuantile(probability: number, df: number): number {
  requireDf(df);
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`A probability is from 0 to 1. Received: ${probability}.`);
  if (probability < 0.5) return -upperQuantile(probability, df);
  return probability === 0.5 ? 0 : upperQuantile(1 - probability, df);
}

/** Newton steps in ln t, inside a bracket that every step narrows; the tail is matched far out, the centre near 0, each with all its digits. */
function upperQuantile(tail: number, df: number): number {
  if (tail <= 0) return Infinity;
  const byTail = tail < 0.25;
  const target = byTail ? 2 * tail : 1 - 2 * tail;
  const probability = (t: number): number => (byTail ? studentTTwoSided(t, df) : central(t, df));
  let low = -745; // ln of the smallest number
  let high = 709; // ln of the largest
  let u = 0;
  for (let i = 0; i < 200; i++) {
    const t = Math.exp(u);
    const value = probability(t);
    if (value === target) return t;
    if (value > target === byTail) low = u;
    else high = u;
    const slope = (2 * t * studentTDensity(t, df)) / value; // d ln(probability) / d ln t, without its sign
    const step = ((byTail ? 1 : -1) * Math.log(value / target)) / slope;
    const next = Number.isFinite(step) && u + step > low && u + step < high ? u + step : (low + high) / 2;
    if (Math.abs(next - u) <= 4e-16 * Math.max(1, Math.abs(u))) return Math.exp(next);
    u = next;
  }
  return Math.exp(u);
}

function central(t: number, df: number): number {
  if (df === Infinity) return 1 - 2 * normalCdf(-t);
  const { inner, outer } = shares(t, df);
  return incompleteBeta(0.5, df / 2, outer, inner);
}

/** df / (df + t^2) and t^2 / (df + t^2), without overflow of t^2. */
function shares(t: number, df: number): { inner: number; outer: number } {
  const ratio = Math.abs(t) / Math.sqrt(df);
  if (ratio <= 1) return { inner: 1 / (1 + ratio * ratio), outer: (ratio * ratio) / (1 + ratio * ratio) };
  const inverse = 1 / ratio;
  return { inner: (inverse * inverse) / (1 + inverse * inverse), outer: 1 / (1 + inverse * inverse) };
}

function requireDf(df: number): void {
  if (!(df > 0)) throw new RangeError(`Degrees of freedom must be above 0. Received: ${df}.`);
}
