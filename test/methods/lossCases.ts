/** Steps of losses alone, for the tests of the methods over losses. */
import type { Method } from '../../src-main/methods/method.ts';
import type { Measured } from '../../src-main/methods/oneStep.ts';
import { run, start } from './cases.ts';

/** A step of which the losses are known, and what `more` says. */
export const seen = (losses: readonly number[], step = 0, more: Partial<Measured> = {}): Measured => ({ step, epoch: 0, losses, epochLosses: [], ...more });

/** The weights of every step, from a fresh state. */
export function weights<State>(method: Method<State>, steps: readonly Measured[], given: Readonly<Record<string, unknown>> = {}): (readonly number[])[] {
  return run(method, start(method, steps[0]?.losses.length ?? 0, given), steps, given).map((update) => update.weights);
}

/** Central differences of a loss over losses: the weights that its gradient gives. */
export function slopes(objective: (losses: readonly number[]) => number, losses: readonly number[]): number[] {
  return losses.map((_, i) => {
    const moved = (by: number): number => objective(losses.map((loss, j) => (i === j ? loss + by : loss)));
    return (moved(1e-6) - moved(-1e-6)) / 2e-6;
  });
}
