/** Messages between the lab and an engine worker, and the description of one run. The lab imports nothing else of the engine. */
import type { TaskDesign } from '../contract/task.ts';
import type { DeepReadonly } from '../contract/readonly.ts';
import type { EnginePlan, SplitPlan, TrainingPlan } from '../contract/plan.ts';
import type { WireError } from '../contract/errors.ts';
import type { EngineInfo, RunResult } from '../contract/results.ts';
import type { Params } from '../contract/params.ts';

/** A task with every default filled in. Task 0 is the main task, with id 'main'. */
export type TaskJob = TaskDesign;

/** One run, complete in itself: this and the data set folder are all that a worker needs. */
export interface RunJob {
  readonly runId: string;
  readonly arm: string;
  readonly seed: number;
  readonly datasetFolder: string; // a prepared data set
  readonly roles: Readonly<Record<string, string>>; // column -> role, resolved
  readonly excludedInputs: readonly string[]; // targets of any arm: inputs of none
  readonly split: DeepReadonly<SplitPlan> & { readonly seed: number };
  readonly trainFraction: number;
  readonly heldOut: boolean; // part of the validation rows is set aside for methods that need rows of their own, in every arm alike
  readonly network: { readonly id: string; readonly params: Params };
  readonly tasks: readonly TaskJob[];
  readonly method: { readonly id: string; readonly params: Params };
  readonly training: DeepReadonly<TrainingPlan>;
  readonly engine: DeepReadonly<EnginePlan>;
  readonly runtimeFolder: string | null; // null: no TensorFlow, tfjs's own back ends
  readonly checkpointFile: string; // read when it exists, written as the run goes
  readonly checkpointEveryMs: number;
  readonly graphFile?: string; // a recorded graph is read from here, and kept here when another one has to be recorded; left out: each worker records
  readonly weightsFile?: string; // where the deployed weights of the selected epoch are kept at the end; left out: nowhere
}

/** One value of one series; `at` is the step, or the epoch for series of epochs. */
export type Point = readonly [series: string, at: number, value: number];

export type ToWorker =
  | { readonly type: 'record'; readonly job: RunJob } // in place of 'start': record the graph of this run, keep it and end
  | { readonly type: 'start'; readonly job: RunJob }
  | { readonly type: 'acknowledge'; readonly sequence: number } // these points are committed
  | { readonly type: 'pause' } // write a checkpoint and end
  | { readonly type: 'shutdown' };

export type FromWorker =
  | { readonly type: 'ready'; readonly engine: EngineInfo; readonly resumedAtStep: number; readonly totalSteps: number; readonly captureMs: number }
  | { readonly type: 'points'; readonly sequence: number; readonly points: readonly Point[] }
  | {
      readonly type: 'progress';
      readonly step: number;
      readonly totalSteps: number;
      readonly epoch: number;
      readonly stepMs: number;
      readonly mainMetric: number | null;
    }
  | { readonly type: 'paused'; readonly step: number }
  | { readonly type: 'finished'; readonly result: RunResult }
  | { readonly type: 'failed'; readonly error: WireError; readonly step: number };
