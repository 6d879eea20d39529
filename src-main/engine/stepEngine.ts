/** What training calls in a run, in arrays of numbers: the steps of an engine, whichever it is. */
import type { WeightFormula } from '../methods/arithmetic.ts';
import type { LookAhead } from '../methods/method.ts';
import type { Optimizer, Scalars } from './program/optimizers.ts';
import type { Program } from './program/program.ts';
import type { State } from './program/state.ts';

export type { State } from './program/state.ts';

/** The numbers of one training batch. Arrays are not changed after they were handed over. */
export interface Batch {
  readonly x: Float32Array; // [B, ...input]
  readonly mask: Float32Array | null; // [B, T] of a sequence batch
  readonly labels: readonly Float32Array[]; // a task each, [B, outputs]
  readonly rowWeights: readonly Float32Array[]; // a task each, [B]
  readonly seeds: ReadonlyMap<string, readonly [number, number]>; // random stream -> int32 key of this step
}

/** Held-out rows, with the labels of the main task. */
export interface HeldOutBatch {
  readonly x: Float32Array; // [B', ...input]
  readonly mask: Float32Array | null;
  readonly labels: Float32Array; // [B', outputs]
  readonly rowWeights: Float32Array; // [B']
}

export interface Look {
  readonly losses: readonly number[];
  readonly gramian: readonly (readonly number[])[]; // [K, K]
}

export interface StepOutcome {
  readonly losses: readonly number[]; // a task each, unweighted, before the update
  readonly gradientSquares: Float32Array; // squared norm of each trained parameter's gradient, in the order of model.trainable
}

export interface StepEngine {
  readonly kind: 'eager' | 'captured';
  /** One step along the gradient of sum_i weights[i] * loss_i.
   *  @param factors what each task's gradient is multiplied with on its way into the trunk, the heads' own staying as they are; only with needs.factors */
  step(batch: Batch, weights: readonly number[], scalars: Scalars, factors?: readonly number[]): Promise<StepOutcome>;
  /** One step along the gradient of sum_i lambdas[i] * f_i(losses) * loss_i with the weights f of the formula in needs.formula.
   *  @returns also these weights f */
  stepByFormula(
    batch: Batch,
    lambdas: readonly number[],
    inputs: readonly number[],
    scalars: Scalars,
  ): Promise<StepOutcome & { readonly weights: readonly number[] }>;
  /** First half of a step that needs the Gramian: losses, and inner products of the trunk gradients of weights[i] * loss_i. Running averages move here. */
  observe(batch: Batch, weights: readonly number[]): Promise<Look>;
  /** Second half: the trunk steps along sum_i factors[i] * gradient_i as observed, each head along its own task's gradient. */
  apply(factors: readonly number[], scalars: Scalars): Promise<{ readonly gradientSquares: Float32Array }>;
  /** Losses, and inner products of the gradients of weights[i] * loss_i on the trunk or at the shared representation. Changes nothing. */
  look(batch: Batch, weights: readonly number[], over: 'trunk' | 'representation'): Promise<Look>;
  /** How the losses change along the held-out main gradient after a virtual step of length `rate`. Changes nothing. */
  lookAhead(batch: Batch, weights: readonly number[], rate: number, heldOut: HeldOutBatch): Promise<LookAhead>;
  /** Losses of a training batch without any update. */
  losses(batch: Batch): Promise<readonly number[]>;
  /** Outputs of every task in inference mode for evaluationBatch rows: [rows, outputs] each. */
  predict(x: Float32Array, mask: Float32Array | null): Promise<readonly Float32Array[]>;
  read(): Promise<State>;
  /** Sets the named values. @throws Error when a name is unknown or a length is wrong */
  write(state: ReadonlyMap<string, Float32Array>): Promise<void>;
  dispose(): Promise<void>;
}

export interface StepEngineOptions {
  readonly program: Program;
  readonly optimizer: Optimizer;
  readonly initial: ReadonlyMap<string, Float32Array>; // every parameter
  readonly needs: EngineNeeds;
  /** Where a recorded graph is kept, and what shapes it beside the program's sizes, as JSON.  null: it is recorded, and kept nowhere */
  readonly graph: { readonly file: string; readonly origin: unknown } | null;
}

/** What will be called beside predict(); no more is computed. */
export interface EngineNeeds {
  readonly step: boolean;
  readonly factors: boolean; // step() is given factors
  readonly formula: { readonly formula: WeightFormula; readonly inputCount: number } | null; // stepByFormula()
  readonly halves: boolean; // observe() and apply()
  readonly losses: boolean;
  readonly look: readonly ('trunk' | 'representation')[];
  readonly lookAhead: boolean;
}

export const plainSteps: EngineNeeds = { step: true, factors: false, formula: null, halves: false, losses: false, look: [], lookAhead: false };
