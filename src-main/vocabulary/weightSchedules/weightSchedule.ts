/** How the weight of an auxiliary task changes over a run, as data: parameters, words, and the share of the full weight at a time.
 *  Times are in epochs, counted from 0, and may be fractions. */
import type { ParamSpecs, ValuesOf } from '../params.ts';

/** What a schedule remembers from epoch to epoch. Plain JSON: it is part of the checkpoint. */
export interface Gate {
  readonly factor: number;
  readonly lastMetric: number | null;
}

export interface WeightSchedule<Id extends string = string, Specs extends ParamSpecs = ParamSpecs> {
  readonly id: Id;
  readonly title: string;
  readonly help: string;
  readonly short: string; // after a task's place: 'fades out'
  readonly params: Specs;
  readonly example?: string; // of its parameters on the command line: 'from=2,to=5'
  /** The share of its full weight that a task has at a time. */
  share(params: ValuesOf<Specs>, time: number, gate: Gate): number;
  /** Whether it can take a task's weight to 0 for a while. */
  canRest(params: ValuesOf<Specs>): boolean;
  /** In a few words: 'curriculum from 2 to 5'. */
  words(params: ValuesOf<Specs>): string;
  /** Why these values do not go together, after 'the schedule of "color"'. */
  misfit?(params: ValuesOf<Specs>): string | null;
  /** What is wrong with it in a run of so many epochs, after 'of "color"'. */
  warning?(params: ValuesOf<Specs>, epochs: number): { readonly before: string; readonly after: string } | null;
  /** For schedules that follow the main task: the first memory, and the next one after an epoch.  @param metric signed so that larger is better */
  readonly gate?: { initial(params: ValuesOf<Specs>): Gate; next(params: ValuesOf<Specs>, gate: Gate, metric: number): Gate };
}

/** Says what a schedule is, and lets the compiler know its parameters. */
export function weightSchedule<const Id extends string, const Specs extends ParamSpecs>(entry: WeightSchedule<Id, Specs>): WeightSchedule<Id, Specs> {
  return entry;
}

/** How far a time lies between two: 0 before, 1 after. */
export function progress(from: number, to: number, time: number): number {
  if (time <= from) return 0;
  return time >= to ? 1 : (time - from) / (to - from);
}

export function epoch(help: string) {
  return { kind: 'number', default: 0, min: 0, help } as const;
}
