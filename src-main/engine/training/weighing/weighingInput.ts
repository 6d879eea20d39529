/** What is weighed in one step, and what is remembered of it. */
import type { Params } from '../../../contract/params.ts';
import type { Method } from '../../../methods/method.ts';
import type { TaskJob } from '../../protocol.ts';
import type { Scalars } from '../../program/optimizers.ts';
import type { Batch, HeldOutBatch, StepEngine } from '../../stepEngine.ts';

/** What weighting remembers from step to step. Plain JSON: it is part of the checkpoint. */
export interface WeightingState {
  readonly method: unknown;
  readonly last: { readonly factors: readonly number[]; readonly managed: readonly boolean[] } | null; // of a method that looks only now and then
}

export interface WeighingInput {
  readonly engine: StepEngine;
  readonly method: Method;
  readonly params: Params;
  readonly tasks: readonly TaskJob[];
  readonly weighting: WeightingState;
  readonly seed: number;
  readonly step: number;
  readonly epoch: number;
  readonly epochLosses: readonly (readonly number[])[];
  readonly lambdas: readonly number[]; // 1 for the main task
  readonly batch: Batch;
  readonly heldOut: (() => HeldOutBatch) | null; // of this step; for methods that look ahead
  readonly scalars: Scalars;
  readonly wantsLook: boolean; // at the tasks' gradients, for the diagnostics
  /** Called with the losses as soon as they are known and before anything else happens with them; throws to stop the run. */
  readonly check: (losses: readonly number[], gradientSquares: Float32Array | null) => void;
}
