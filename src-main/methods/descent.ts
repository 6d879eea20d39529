/** One step of gradient descent on a method's own numbers (log variances, logits, weights): never touched by the network's optimizer, so neither by
 *  its weight decay nor by its learning rate. */
import { at } from './linalg.ts';

/** Adam's memory, one entry a number. Each counts its own steps: one that joins later starts with its own bias correction. */
export interface Moments {
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly steps: readonly number[];
}

export function noMoments(count: number): { first: number[]; second: number[]; steps: number[] } {
  const zeros = (): number[] => new Array<number>(count).fill(0);
  return { first: zeros(), second: zeros(), steps: zeros() };
}

/** x - learningRate * gradient. */
export function sgd(values: readonly number[], gradient: readonly number[], learningRate: number): number[] {
  return values.map((value, i) => value - learningRate * at(gradient, i));
}

/** Adam (Kingma and Ba, ICLR 2015, algorithm 1) with beta 0.9 and 0.999, epsilon 1e-8. */
export function adam(values: readonly number[], gradient: readonly number[], moments: Moments, learningRate: number): { values: number[]; moments: Moments } {
  const first = moments.first.map((m, i) => 0.9 * m + 0.1 * at(gradient, i));
  const second = moments.second.map((v, i) => 0.999 * v + 0.001 * at(gradient, i) ** 2);
  const steps = moments.steps.map((count) => count + 1);
  const moved = values.map((value, i) => {
    const m = at(first, i) / (1 - 0.9 ** at(steps, i));
    const v = at(second, i) / (1 - 0.999 ** at(steps, i));
    return value - (learningRate * m) / (Math.sqrt(v) + 1e-8);
  });
  return { values: moved, moments: { first, second, steps } };
}
