/** What a run, an arm and an experiment have to say once they ran: the types of the --json document, of the report's input and of the store's records. */
import { metricOf, type MetricId } from '../vocabulary/metrics/index.ts';
import type { TaskKindId } from '../vocabulary/taskKinds.ts';
import type { Plan } from './plan.ts';
import type { StoredProvenance } from './provenance.ts';

export type { MetricId } from '../vocabulary/metrics/index.ts';
export type Metrics = Readonly<Partial<Record<MetricId | 'loss', number>>>;
/** task id -> metrics; the main task's id is 'main'. */
export type TaskMetrics = Readonly<Record<string, Metrics>>;

/** task id -> recall of each class on the test split, in the order of the task's classes; null for a class without a row. Classification tasks only. */
export type ClassRecall = Readonly<Record<string, readonly (number | null)[]>>;

export const runStatuses = ['queued', 'running', 'paused', 'interrupted', 'finished', 'failed', 'cancelled'] as const;
export type RunStatus = (typeof runStatuses)[number];
export const experimentStatuses = ['running', 'finished', 'interrupted', 'failed'] as const;
export const verdicts = ['helps', 'hurts', 'no-real-difference', 'probably-helps', 'probably-hurts', 'inconclusive', 'too-early'] as const;
export type Verdict = (typeof verdicts)[number];

export interface EngineInfo {
  readonly backend: string; // 'tensorflow', 'wasm', 'cpu'
  readonly version: string; // of the library: '2.21.0'
  readonly device: string; // 'CPU', 'GPU: NVIDIA ...'
  readonly captured: boolean;
  readonly threads: number;
}

/** What a worker says at the end of a run. All metrics are those of the selected epoch's weights. */
export interface RunResult {
  readonly epochs: number;
  readonly steps: number;
  readonly selectedEpoch: number; // by the main task's validation metric
  readonly stoppedEarly: boolean;
  readonly wallMs: number; // training only, summed over resumes
  readonly stepMs: number; // median
  readonly peakMemoryMiB: number;
  readonly parameters: { readonly total: number; readonly deployed: number }; // deployed: trunk and main head
  readonly train: TaskMetrics; // on a fixed part of the training split, as large as the validation split
  readonly validation: TaskMetrics;
  readonly test: TaskMetrics;
  readonly classRecall: ClassRecall;
  readonly finalWeightsSha256: string; // every parameter after the last step, in path order
  readonly mainWeightsSha256: string; // trunk and main head alone
  readonly engine: EngineInfo;
}

export interface RunDocument {
  readonly id: string;
  readonly seed: number;
  readonly status: RunStatus;
  readonly error?: string;
  readonly epochs: number;
  readonly steps: number;
  readonly selectedEpoch: number | null;
  readonly wallMs: number;
  readonly stepMs: number | null;
  readonly train: TaskMetrics;
  readonly validation: TaskMetrics;
  readonly test: TaskMetrics;
  readonly classRecall: ClassRecall;
  readonly finalWeightsSha256: string | null;
  readonly mainWeightsSha256: string | null;
  readonly parameters: { readonly total: number; readonly deployed: number } | null;
}

export interface TaskDocument {
  readonly id: string; // 'main' for the main task
  readonly target: string;
  readonly kind: TaskKindId;
  readonly depth: string;
  readonly weight: number | null; // null for the main task
  readonly schedule: string | null; // 'curriculum from 2 to 5'
  readonly balanced: boolean; // false: the method leaves its weight alone
  readonly bounds: { readonly min: number; readonly max: number } | null; // of the method's factor
  readonly classes: readonly string[] | null;
  readonly metric: MetricId;
}

export interface ArmDocument {
  readonly id: string; // 'baseline' for the baseline
  readonly title: string;
  readonly role: 'baseline' | 'auxiliary';
  readonly method: string; // 'none' for the baseline
  readonly methodParams: Readonly<Record<string, number | boolean | string>>;
  readonly tasks: readonly TaskDocument[];
  readonly runs: readonly RunDocument[];
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** One auxiliary arm against the baseline. Positive differences are better, whatever the metric's own direction. */
export interface ComparisonDocument {
  readonly arm: string;
  readonly verdict: Verdict;
  readonly difference: { readonly mean: number; readonly low: number; readonly high: number; readonly pairs: number };
  readonly differences: readonly { readonly seed: number; readonly baseline: number; readonly auxiliary: number; readonly difference: number }[];
  readonly standardDeviation: number;
  readonly tP: number | null; // two-sided paired t
  readonly signFlipP: number | null; // exact up to 20 pairs, else null
  readonly adjusted: Interval & { readonly p: number | null }; // Holm over the arms
  readonly overheadPercent: number | null; // median step time against the baseline's
  readonly pairsStillNeeded: number | null; // to detect the margin at 80 % power; 0 when the verdict stands
  readonly gap: { readonly baseline: number; readonly auxiliary: number; readonly difference: number } | null; // train minus validation in the main metric, signed so that positive is more overfitting
  readonly validationDifference: number; // mean, for reference
}

/** What is stored, and the command that repeats the experiment from its plan on this computer. */
export type Provenance = Omit<StoredProvenance, 'format'> & { readonly command: string };

/** What `compare`, `run` and `show` print with --json. */
export interface ExperimentDocument {
  readonly experimentId: string;
  readonly name: string;
  readonly question: string;
  readonly status: (typeof experimentStatuses)[number];
  readonly verdict: Verdict; // of the best auxiliary arm
  readonly metric: MetricId;
  readonly higherIsBetter: boolean;
  readonly margin: number;
  readonly engine: EngineInfo | null;
  readonly arms: readonly ArmDocument[];
  readonly comparisons: readonly ComparisonDocument[];
  readonly warnings: readonly string[];
  readonly plan: Plan;
  readonly provenance: Provenance;
  readonly imported: string | null; // UTC ISO 8601: when its results came in with a file, trained elsewhere; null: trained here
}

/** A recorded series of one run: 'loss/<task>', 'weight/<task>' a step; 'gradient-norm/<task>', 'cosine/<task>', 'step-ratio', 'main-progress' a look at the
 *  gradients (engine/diagnostics.ts); 'validation/<task>/<metric>', 'train/<task>/<metric>', 'learning-rate' an epoch. */
export interface Series {
  readonly name: string;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

/** Everything a report may draw on. */
export interface ReportInput {
  readonly experiment: ExperimentDocument;
  /** run id -> its series */
  readonly series: ReadonlyMap<string, readonly Series[]>;
  readonly notes?: string; // the user's own, Markdown
}

/** Whether larger values of a metric are better. */
export function isHigherBetter(metric: MetricId): boolean {
  return metricOf(metric).better === 'higher';
}
