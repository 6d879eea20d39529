/** What the lab offers to a host in its own process, such as the command line: the calls of the contract, and work that a call cannot carry. */
import type { Client } from './client.ts';
import type { Forecast } from './forecast.ts';
import type { ArmDocument, ExperimentDocument, RunDocument, Series } from './results.ts';
import type { Plan, PlanInput } from './plan.ts';

export interface RunProgress {
  readonly runId: string;
  readonly arm: string;
  readonly seed: number;
  readonly status: string;
  readonly epoch: number;
  readonly step: number;
  readonly totalSteps: number;
  readonly stepMs: number;
  readonly mainMetric: number | null;
}

/** A picture of the whole experiment while it runs, at most a few times a second. */
export interface ExperimentProgress {
  readonly experimentId: string;
  readonly phase: string; // 'reading data', 'installing the runtime', 'training', 'writing the report'
  readonly runs: readonly RunProgress[];
  readonly finishedRuns: number;
  readonly totalRuns: number;
  readonly fraction: number; // 0..1 of all steps
  readonly remainingMs: number | null;
  readonly message?: string;
}

/** A run that stands for itself: what it was told, what came of it. */
export interface RunExport {
  readonly experiment: ExperimentDocument;
  readonly arm: ArmDocument;
  readonly run: RunDocument;
  readonly series: readonly Series[];
  readonly job: Readonly<Record<string, unknown>>; // what its worker was told, and the data's digest instead of places on this computer
  readonly weights: Uint8Array | null; // NPZ: trunk and main head at the selected epoch; null when the run has not finished or none were kept
}

export interface RunOptions {
  readonly onProgress?: (progress: ExperimentProgress) => void;
  /** Told before it trains where no TensorFlow trains, which then times a few steps; false: it shall not train, and `interrupted` is thrown. */
  readonly onForecast?: (forecast: Forecast) => Promise<boolean>;
  readonly signal?: AbortSignal; // pauses: checkpoints are written and runs marked interrupted
}

export interface ResumeOptions extends RunOptions {
  readonly repeats?: number; // pairs in the end
  readonly data?: string; // where the data lie now; their content must be the experiment's
  readonly isConfirmed?: boolean; // the person agreed that an imported experiment opens the data that it names, and trains
}

export interface LabWork {
  /** Checks a plan against the data, fills defaults in and answers what will run; nothing is stored. @throws LabError bad-input */
  checkPlan(plan: PlanInput): Promise<Plan>;
  /** Stores the plan as an experiment and runs it to its verdict. */
  runPlan(plan: PlanInput, options?: RunOptions): Promise<ExperimentDocument>;
  /** Goes on with interrupted or paused runs, or adds pairs; finished runs stay as they are. An imported experiment trains only with consent. */
  resume(experimentId: string | null, options?: ResumeOptions): Promise<ExperimentDocument>;
  /** @throws LabError not-found; `id` may be a unique prefix of a run's ID; store when its weights are damaged */
  exportRun(id: string): RunExport;
  series(id: string): ReadonlyMap<string, readonly Series[]>;
  /** Trains baseline and auxiliary arms with all weights 0 for a few steps and compares main losses and weights bit for bit. */
  verifyIdentity(
    plan: PlanInput,
    steps: number,
  ): Promise<readonly { readonly arm: string; readonly network: string; readonly steps: number; readonly identical: boolean; readonly detail: string }[]>;
  /** One statement that only reads. `note` is there when rows were left out.  @throws LabError bad-input */
  query(sql: string): { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[]; readonly note?: string };
  close(): void;
}

/** `call` answers what a window may ask, as it is answered there. */
export interface Lab extends LabWork {
  readonly call: Client['call'];
}
