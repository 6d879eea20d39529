/** An optimizer as data: its parameters, its words, and its step, written once for every engine. Formulas are TensorFlow's. */
import type { Arithmetic } from '../arithmetic.ts';
import type { ParamSpecs, ValuesOf } from '../params.ts';

/** A further value of each parameter that steps carry on. */
export interface Slot {
  readonly name: string; // 'm': the state is called '<path>#m'
  readonly initial: number;
}

/** What a step of one parameter starts from. */
export interface StepInput<N> {
  readonly parameter: N;
  readonly gradient: N;
  readonly learningRate: N;
  readonly slot: (position: number) => N; // in the order of the optimizer's slots
  readonly scalar: (position: number) => N; // in the order of the optimizer's scalars
}

/** TensorFlow's kernel that does the same step in place: its name, its inputs in order, its flags. */
export interface FusedKernel {
  readonly op: string;
  readonly inputs: readonly ('parameter' | 'slots' | 'learningRate' | 'scalars' | 'gradient' | number)[];
  readonly flags: Readonly<Record<string, boolean>>;
}

export interface Optimizer<Id extends string = string, Specs extends ParamSpecs = ParamSpecs> {
  readonly id: Id;
  readonly title: string;
  readonly help: string;
  readonly source: string;
  readonly params: Specs; // one called weightDecay is the engine's, see decay
  readonly example?: string; // of its parameters on the command line: 'nesterov=true'
  /** What weight decay is: an L2 term of the kernels' gradient, or kernels that shrink by learning rate * decay before the step. */
  readonly decay: 'gradient' | 'decoupled';
  readonly slots: readonly Slot[];
  /** Numbers that change from step to step beside the learning rate; they follow from the step, so they are no state.  @param step counted from 0 */
  scalars(params: ValuesOf<Specs>, step: number): readonly number[];
  /** New values of a parameter and its slots, in the order [parameter, ...slots]. */
  update<N>(arithmetic: Arithmetic<N>, input: StepInput<N>, params: ValuesOf<Specs>): readonly N[];
  /** Where it is missing, a captured step computes `update` operation by operation. */
  kernel?(params: ValuesOf<Specs>): FusedKernel;
  /** What a report says of the parameters, weight decay apart. */
  words(params: ValuesOf<Specs>): readonly string[];
}

/** Says what an optimizer is, and lets the compiler know its parameters. */
export function optimizer<const Id extends string, const Specs extends ParamSpecs>(entry: Optimizer<Id, Specs>): Optimizer<Id, Specs> {
  return entry;
}

export const weightDecay = { kind: 'number', default: 0, min: 0, help: 'weight decay of the kernels' } as const;
export const epsilon = { kind: 'number', default: 1e-7, min: 0, exclusiveMin: true, help: 'added to the denominator' } as const;
