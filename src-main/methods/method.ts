/** What a weighting method must offer. Methods are plain numbers: no tensor, no clock, no Math.random. Task 0 is the main task.
 *  A method is of one of six kinds, by when its weights are known and what they follow from. It has the calls of its kind and no others, and the kind alone
 *  says what the engine computes for it. A file of a method describes it and writes these calls; kinds.ts makes the method of them. */
import type { Params, ParamSpecs } from '../contract/params.ts';
import type { WeightFormula } from './arithmetic.ts';

/** What is known before a step. All lists have one entry a task, the main task first. */
export interface Known {
  readonly step: number;
  readonly epoch: number;
  readonly taskCount: number;
  /** Which tasks take part at present; absent means all. The main task always does. The others are given weight 0 and change nothing. */
  readonly active?: readonly boolean[];
  /** Mean losses of each finished epoch, oldest first. */
  readonly epochLosses: readonly (readonly number[])[];
}

export interface Seen extends Known {
  /** Losses of this step's batch, before the update. */
  readonly losses: readonly number[];
}

export interface SeenAfter extends Seen {
  /** Losses of the same batch after the step. */
  readonly lossesAfter: readonly number[];
}

export interface SeenGradients extends Seen {
  /** Inner products of the tasks' gradients on the trunk, [K, K]. */
  readonly gramian: readonly (readonly number[])[];
}

export interface SeenAhead extends Seen {
  readonly lookAhead: LookAhead;
}

/** Losses of the batch at theta + epsilon d and theta - epsilon d. d is the gradient of the main loss on held-out rows, taken at the point that a plain
 *  gradient step of length `rate` along the present mixture of losses leads to from theta. */
export interface LookAhead {
  readonly rate: number;
  readonly epsilon: number;
  readonly plus: readonly number[];
  readonly minus: readonly number[];
}

/** Uniform numbers in [0, 1) from a stream keyed by (seed, step): every call of a step draws the same numbers. */
export type Random = () => number;

/** The aggregated direction is sum_i weights[i] * gradient_i. */
export type Weights = readonly number[];

export interface MethodUpdate<State> {
  readonly weights: Weights;
  readonly state: State;
}

/** What a method of any kind says of itself. */
export interface Described {
  readonly id: string;
  readonly title: string;
  readonly paper: string; // authors, venue, year; where the equation stands
  readonly summary: string; // two plain sentences: what it does
  readonly whenToUse: string;
  readonly formula: string;
  readonly traps: readonly string[];
  readonly cost: string; // in forward and backward passes of the trunk
  readonly params: ParamSpecs;
  /** Properties this method promises; the battery tests exactly these. */
  readonly claims: readonly MethodClaim[];
}

/** State must be a plain JSON value: it is stored in checkpoints and printed in verification. All calls are pure. */
interface Remembers<State> {
  init(taskCount: number, params: Params): State;
}

/** The weights follow from what is known before the step, so no pass is needed for them; it may learn from the step's losses. */
export interface PresetCalls<State> extends Remembers<State> {
  weights(state: State, known: Known, params: Params, random: Random): Weights;
  learn(state: State, seen: Seen, params: Params, random: Random): State;
}

/** The weights are a formula of the step's own losses, which the engine computes inside the step: no pass is needed for them either. */
export interface FormulaCalls<State> extends Remembers<State> {
  readonly formulaOfLosses: WeightFormula<State>;
  learn(state: State, seen: Seen, params: Params, random: Random): State;
}

/** The same for a method that learns by what the step did to the losses of its batch: one more forward pass, in every step or every params.every-th. */
export interface HindsightCalls<State> extends Remembers<State> {
  readonly formulaOfLosses: WeightFormula<State>;
  learn(state: State, seen: SeenAfter, params: Params, random: Random): State;
}

/** The weights follow from the tasks' gradients: a backward pass for each task, in every step or every params.every-th. */
export interface GramianCalls<State> extends Remembers<State> {
  /** It adds up what it sees, so no step may be left out; its own parameter "every", if it has one, means something else. */
  readonly seesEveryStep?: true;
  update(state: State, seen: SeenGradients, params: Params, random: Random): MethodUpdate<State>;
}

/** The weights are known before the step, and it learns by looks ahead by held-out rows, in every step or every params.every-th. */
export interface LookAheadCalls<State> extends Remembers<State> {
  weights(state: State, known: Known, params: Params, random: Random): Weights;
  learn(state: State, seen: SeenAhead, params: Params, random: Random): State;
}

/** Copies of the network, branches, train plain sums of losses apart for a while and are merged by held-out rows. It remembers nothing. */
export interface ForkingCalls {
  /** Which tasks each branch trains, [branches][K]; the main task is in all of them, and one trains it alone. */
  branches(taskCount: number, params: Params): readonly (readonly boolean[])[];
  /** Epochs that the branches train apart. */
  roundEpochs(params: Params): number;
  /** Shares of the branches in the merged weights: >= 0, sum 1.
   *  @param scores of the branches, larger is better     @param scoreOf the score of a mixture with these shares; it asks for one at a time */
  merge(scores: readonly number[], scoreOf: (shares: readonly number[]) => Promise<number>): Promise<readonly number[]>;
}

/** @typeParam Need what the engine must compute for it, in the word of lists and of the interface */
interface Kind<Id extends string, Need extends string> extends Described {
  readonly kind: Id;
  readonly needs: Need;
}

/** A formula in plain numbers, where not all tasks take part. */
interface Weighs<State> {
  weights(state: State, seen: Seen, params: Params, random: Random): Weights;
}

export type PresetMethod<State = unknown> = Kind<'preset', 'losses'> & PresetCalls<State>;
export type FormulaMethod<State = unknown> = Kind<'formula', 'losses'> & FormulaCalls<State> & Weighs<State>;
export type HindsightMethod<State = unknown> = Kind<'hindsight', 'losses'> & HindsightCalls<State> & Weighs<State>;
export type GramianMethod<State = unknown> = Kind<'gramian', 'gramian'> & GramianCalls<State>;
export type LookAheadMethod<State = unknown> = Kind<'look-ahead', 'look-ahead'> & LookAheadCalls<State>;
export type ForkingMethod<State = unknown> = Kind<'forking', 'branches'> & ForkingCalls & Remembers<State>;

export type Method<State = unknown> =
  PresetMethod<State> | FormulaMethod<State> | HindsightMethod<State> | GramianMethod<State> | LookAheadMethod<State> | ForkingMethod<State>;
export type MethodNeed = Method['needs'];

export type MethodClaim =
  | 'main-never-opposed' // <d, g_0> >= 0
  | 'no-task-opposed' // <d, g_i> >= 0 for every i
  | 'non-negative' // weights >= 0
  | 'sum-of-weights-is-task-count'
  | 'sum-of-weights-is-one'
  | 'permutation-equivariant' // reordering all tasks reorders the weights
  | 'auxiliary-order-irrelevant' // reordering the auxiliaries reorders their weights
  | 'scale-invariant-direction' // scaling all gradients by c leaves the weights
  | 'auxiliary-scale-irrelevant' // scaling an auxiliary's gradient leaves the direction, but for its length: the weight of the plan is evened out
  | 'single-task-is-identity'; // with one task the weight is 1
