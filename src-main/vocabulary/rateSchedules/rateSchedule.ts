/** How the learning rate changes over a run, as data: parameters, words, and the share of the plan's rate at a time.
 *  Times are in epochs, counted from 0, and may be fractions. */
import type { ParamSpecs, ValuesOf } from '../params.ts';

export interface RateSchedule<Id extends string = string, Specs extends ParamSpecs = ParamSpecs> {
  readonly id: Id;
  readonly title: string;
  readonly help: string;
  readonly source?: string;
  readonly params: Specs; // one called warmUp is a linear warm-up before it, in epochs
  readonly example?: string; // of its parameters on the command line: 'floor=0.1'
  /** After the warm-up.  @param epochs planned length of the run */
  share(params: ValuesOf<Specs>, time: number, epochs: number): number;
  /** In a few words: 'times 0.1 every 10 epochs'. */
  words(params: ValuesOf<Specs>): string;
}

/** Says what a schedule is, and lets the compiler know its parameters. */
export function rateSchedule<const Id extends string, const Specs extends ParamSpecs>(entry: RateSchedule<Id, Specs>): RateSchedule<Id, Specs> {
  return entry;
}

export const warmUp = { kind: 'number', default: 0, min: 0, help: 'epochs of linear warm-up' } as const;
