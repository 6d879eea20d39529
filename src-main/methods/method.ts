/** What a weighting method must offer. Methods are plain numbers: no tensor, no clock, no Math.random. Task 0 is the main task. */
import type { Params, ParamSpecs } from '../contract/params.ts';
import type { WeightFormula } from './arithmetic.ts';

/** What the engine must compute for the method; it computes no more.
 *  losses: those of the step. gramian: inner products of the tasks' gradients. look-ahead: the auxiliary losses on either side of the point after a
 *  virtual step, along the main gradient on held-out rows. branches: copies of the network that train apart for a while and are merged. */
export type MethodNeed = 'losses' | 'gramian' | 'look-ahead' | 'branches';

/** What a method sees in one step. All arrays have one entry a task, the main task first. */
export interface Seen {
  readonly step: number;
  readonly epoch: number;
  /** Losses of this step's batch. When a method of timing 'before' is asked before the step they are not known: NaN, and the state returned is dropped. */
  readonly losses: readonly number[];
  /** Which tasks take part at present; absent means all. The main task always does. The others are given weight 0 and change nothing. */
  readonly active?: readonly boolean[];
  /** Mean losses of each finished epoch, oldest first. */
  readonly epochLosses: readonly (readonly number[])[];
  /** Inner products of the tasks' gradients on the trunk, [K, K]; present when the method needs 'gramian'. */
  readonly gramian?: readonly (readonly number[])[];
  /** Losses of the same batch after the step; present on the learning call of methods that declare needsLossesAfter. */
  readonly lossesAfter?: readonly number[];
  /** Present on the learning call of methods that need 'look-ahead'. */
  readonly lookAhead?: LookAhead;
}

/** Losses of the batch at theta + epsilon d and theta - epsilon d. d is the gradient of the main loss on held-out rows, taken at the point that a plain
 *  gradient step of length `rate` along the present mixture of losses leads to from theta. */
export interface LookAhead {
  readonly rate: number;
  readonly epsilon: number;
  readonly plus: readonly number[];
  readonly minus: readonly number[];
}

export interface MethodUpdate<State> {
  /** The aggregated direction is sum_i weights[i] * gradient_i. */
  readonly weights: readonly number[];
  readonly state: State;
}

/** How a method that needs 'branches' divides a run and puts it together again. */
export interface Forking {
  /** Which tasks each branch trains, [branches][K]; the main task is in all of them, and one trains it alone. */
  branches(taskCount: number, params: Params): readonly (readonly boolean[])[];
  /** Epochs that the branches train apart. */
  roundEpochs(params: Params): number;
  /** Shares of the branches in the merged weights: >= 0, sum 1.
   *  @param scores of the branches, larger is better     @param scoreOf the score of a mixture with these shares */
  merge(scores: readonly number[], scoreOf: (shares: readonly number[]) => number): readonly number[];
}

/** State must be a plain JSON value: it is stored in checkpoints and printed in verification. */
export interface Method<State = unknown> {
  readonly id: string;
  readonly title: string;
  readonly paper: string; // authors, venue, year; where the equation stands
  readonly summary: string; // two plain sentences: what it does
  readonly whenToUse: string;
  readonly formula: string;
  readonly traps: readonly string[];
  readonly cost: string; // in forward and backward passes of the trunk
  readonly needs: MethodNeed;
  readonly params: ParamSpecs;
  /** Properties this method promises; the battery tests exactly these. */
  readonly claims: readonly MethodClaim[];
  /** 'before': the weights follow from state, step, epoch, epochLosses and random alone, so the engine can ask for them before the
   *  step and let the method learn from the losses afterwards, without an extra pass. 'now': they need this step's own numbers. */
  readonly timing: 'before' | 'now';
  /** For timing 'now' over losses: the weights as a formula that the engine computes inside the step, which saves a forward pass. */
  readonly formulaOfLosses?: WeightFormula<State>;
  /** The method also wants the losses of the same batch after the step (one more forward pass), in every step or every params.every-th. */
  readonly needsLossesAfter?: true;
  /** It adds up what it sees, so no step may be left out; its own parameter "every" means something else. */
  readonly seesEveryStep?: true;
  /** For need 'branches'. */
  readonly forking?: Forking;
  init(taskCount: number, params: Params): State;
  /** Pure. With one active task the weight is exactly 1. A method of timing 'before' is called twice in a step: for the weights (the state is
   *  dropped) and, with the losses and what it needs beside them, for the state (the weights are those of the first call). A method with
   *  needsLossesAfter learns only from calls that have lossesAfter, one that needs 'look-ahead' only from calls that have lookAhead.
   *  @param random uniform numbers in [0, 1) from a stream keyed by (seed, step): both calls of a step draw the same numbers */
  update(state: State, seen: Seen, params: Params, random: () => number): MethodUpdate<State>;
}

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
