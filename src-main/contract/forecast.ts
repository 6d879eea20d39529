/** How long an experiment will take, told before it trains: from a few steps that were timed and thrown away. */

export interface Forecast {
  readonly ms: number; // of all runs that are left, shared over the workers
  readonly bound: Bound;
  readonly runs: number; // that are left
  readonly device: string | null; // as the engine names it; null: no run was set up within the trial
  readonly smaller: Smaller | null; // only where the whole takes long
}

/** Whether the time is a guess, a floor (the trial saw no end of a step) or a ceiling (runs may stop early). */
export type Bound = 'about' | 'more-than' | 'at-most';

/** The same comparison in less time. */
export type Smaller =
  | { readonly kind: 'network'; readonly layers: number; readonly units: number; readonly ms: number } // of network mlp
  | { readonly kind: 'epochs'; readonly epochs: number; readonly ms: number };

/** Above this a person is asked before it trains. */
export const askAboveMs = 10 * 60_000;

/** Whether it may take longer than `limitMs`. Of a floor nobody knows: a step that ten seconds were not enough for may take minutes. */
export function mayExceed({ ms, bound }: Pick<Forecast, 'ms' | 'bound'>, limitMs: number): boolean {
  return bound === 'more-than' || ms > limitMs;
}
