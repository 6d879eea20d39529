/** A loss as data: its parameters, its words, and the loss of one row, written once for plain numbers and for tensors. */
import type { Arithmetic } from '../arithmetic.ts';
import type { ParamSpecs, ValuesOf } from '../params.ts';
import type { TaskKindId } from '../taskKinds.ts';

export interface Loss<Id extends string = string, Specs extends ParamSpecs = ParamSpecs> {
  readonly id: Id;
  readonly kind: TaskKindId;
  readonly title: string;
  readonly help: string;
  readonly source: string;
  readonly params: Specs;
  /** The loss of a row; must not branch on values, of which tensors have none yet.
   *  @param value of a classification: the cross-entropy of the row's (smoothed) label, in nats; of a regression: the error in standard deviations */
  of<N>(arithmetic: Arithmetic<N>, value: N, params: ValuesOf<Specs>): N;
}

/** Says what a loss is, and lets the compiler know its parameters. */
export function loss<const Id extends string, const Specs extends ParamSpecs>(entry: Loss<Id, Specs>): Loss<Id, Specs> {
  return entry;
}
