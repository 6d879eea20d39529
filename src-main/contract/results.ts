/** What a run, an arm and an experiment have to say once they ran: the types of the --json document, of the report's input and of the store's records. */
import { metricOf, type MetricId } from '../vocabulary/metrics/index.ts';
import type { EngineInfo, ExperimentDocument } from './areas/document.ts';
import type { MetricName } from './outcomes.ts';

export type { MetricId } from '../vocabulary/metrics/index.ts';
export * from './outcomes.ts';
export type { ArmDocument, ComparisonDocument, EngineInfo, ExperimentDocument, Provenance, RunDocument } from './areas/document.ts';
export type { TaskDocument } from './task.ts';
export type Metrics = Readonly<Partial<Record<MetricName, number>>>;
/** task id -> metrics; the main task's id is 'main'. */
export type TaskMetrics = Readonly<Record<string, Metrics>>;

/** task id -> recall of each class on the test split, in the order of the task's classes; null for a class without a row. Classification tasks only. */
export type ClassRecall = Readonly<Record<string, readonly (number | null)[]>>;

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

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A recorded series of one run: 'loss/<task>', 'weight/<task>' a step; 'gradient-norm/<task>', 'cosine/<task>', 'step-ratio', 'main-progress' a look at the
 *  gradients (engine/training/weighing/diagnostics.ts); 'validation/<task>/<metric>', 'train/<task>/<metric>', 'learning-rate' an epoch. */
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
