/** The whole of an experiment: what a window gets, what `compare`, `run` and `show` print with --json, what reports are made of. The schemas are the types.
 *  A figure is a number wherever there must be one (NaN when it is not finite); where null stands, there is none. */
import * as v from 'valibot';
import { recordOf } from '../bounded.ts';
import { figure, figureOrNull, type WrittenFigure } from '../figures.ts';
import { metricIds } from '../../vocabulary/metrics/index.ts';
import { paramValues } from '../paramSchema.ts';
import { Plan } from '../plan.ts';
import { StoredProvenance } from '../provenance.ts';
import type { DeepReadonly } from '../readonly.ts';
import { TaskDocument } from '../task.ts';
import { experimentStatuses, runStatuses, verdicts, type MetricName } from '../outcomes.ts';
import { count, ExperimentId, isoTime, text } from './common.ts';

const Metrics = recordOf(figure) as v.GenericSchema<{ [M in MetricName]?: WrittenFigure }, { [M in MetricName]?: number }>; // a worker wrote no other names
const TaskMetrics = recordOf(Metrics); // task id -> metrics; the main task's id is 'main'

const RunDocument = v.object({
  id: text,
  seed: count,
  status: v.picklist(runStatuses),
  error: v.exactOptional(text),
  epochs: count,
  steps: count,
  selectedEpoch: v.nullable(count),
  wallMs: v.number(),
  stepMs: figureOrNull,
  train: TaskMetrics,
  validation: TaskMetrics,
  test: TaskMetrics,
  classRecall: recordOf(v.array(figureOrNull)), // task -> recall of each class on the test split; null for a class without a row
  finalWeightsSha256: v.nullable(text),
  mainWeightsSha256: v.nullable(text),
  parameters: v.nullable(v.object({ total: count, deployed: count })),
});

const ArmDocument = v.object({
  id: text, // 'baseline' for the baseline
  title: text,
  role: v.picklist(['baseline', 'auxiliary']),
  method: text, // 'none' for the baseline
  methodParams: paramValues,
  tasks: v.array(TaskDocument),
  runs: v.array(RunDocument),
});

const interval = { low: figure, high: figure };

/** One auxiliary arm against the baseline. Positive differences are better, whatever the metric's own direction. */
const ComparisonDocument = v.object({
  arm: text,
  verdict: v.picklist(verdicts),
  difference: v.object({ mean: figure, ...interval, pairs: count }),
  standardDeviation: figure,
  tP: figureOrNull, // two-sided paired t; null where the test rows set the width of the interval
  signFlipP: figureOrNull, // exact up to 20 pairs, else null
  adjusted: v.object({ ...interval, p: figureOrNull }), // Holm over the arms
  pairsStillNeeded: figureOrNull, // to detect the margin at 80 % power; 0 when the verdict stands
  testRows: v.nullable(count), // that the metric counts right and wrong ones of: the interval is never narrower than they allow; null for another metric
  differences: v.array(v.object({ seed: count, baseline: figure, auxiliary: figure, difference: figure })),
  overheadPercent: figureOrNull, // median step time against the baseline's
  gap: v.nullable(v.object({ baseline: figure, auxiliary: figure, difference: figure })), // train minus validation in the main metric, plus overfits more
  validationDifference: figure, // mean, for reference
});

const EngineInfo = v.object({
  backend: text, // 'tensorflow', 'wasm', 'cpu'
  version: text, // of the library: '2.21.0'
  device: text, // 'CPU', 'GPU: NVIDIA ...'
  captured: v.boolean(),
  threads: count,
});

const { format: _, ...recorded } = StoredProvenance.entries;
/** What is stored, and the command that repeats the experiment from its plan on this computer. */
const Provenance = v.object({ ...recorded, command: text });

export const ExperimentDocument = v.object({
  experimentId: ExperimentId,
  name: text,
  question: text,
  status: v.picklist(experimentStatuses),
  verdict: v.picklist(verdicts), // of the best auxiliary arm
  metric: v.picklist(metricIds),
  higherIsBetter: v.boolean(),
  margin: v.number(),
  engine: v.nullable(EngineInfo),
  arms: v.array(ArmDocument),
  comparisons: v.array(ComparisonDocument),
  warnings: v.array(text),
  plan: Plan,
  provenance: Provenance,
  imported: v.nullable(isoTime), // when its results came in with a file, trained elsewhere; null: trained here
});

export type ExperimentDocument = DeepReadonly<v.InferOutput<typeof ExperimentDocument>>;
export type ArmDocument = DeepReadonly<v.InferOutput<typeof ArmDocument>>;
export type RunDocument = DeepReadonly<v.InferOutput<typeof RunDocument>>;
export type ComparisonDocument = DeepReadonly<v.InferOutput<typeof ComparisonDocument>>;
export type EngineInfo = DeepReadonly<v.InferOutput<typeof EngineInfo>>;
export type Provenance = DeepReadonly<v.InferOutput<typeof Provenance>>;
