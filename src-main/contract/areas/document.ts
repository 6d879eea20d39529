/** The whole of an experiment as a window gets it: results.ts's ExperimentDocument, with numbers that are not finite as null. */
import * as v from 'valibot';
import { recordOf } from '../bounded.ts';
import { figureOrNull as figure } from '../figures.ts';
import { metricIds } from '../../vocabulary/metrics/index.ts';
import { taskKindIds } from '../../vocabulary/taskKinds.ts';
import { Plan } from '../plan.ts';
import { StoredProvenance } from '../provenance.ts';
import { experimentStatuses, runStatuses, verdicts } from '../results.ts';
import { count, ExperimentId, isoTime, text } from './common.ts';

const taskMetrics = recordOf(recordOf(figure)); // task -> metric -> value
const paramValues = recordOf(v.union([v.number(), v.boolean(), v.string()]));

export const RunDocument = v.object({
  id: text,
  seed: count,
  status: v.picklist(runStatuses),
  error: v.exactOptional(text),
  epochs: count,
  steps: count,
  selectedEpoch: v.nullable(count),
  wallMs: figure,
  stepMs: figure,
  train: taskMetrics,
  validation: taskMetrics,
  test: taskMetrics,
  classRecall: recordOf(v.array(figure)), // task -> recall of each class on the test split
  finalWeightsSha256: v.nullable(text),
  mainWeightsSha256: v.nullable(text),
  parameters: v.nullable(v.object({ total: count, deployed: count })),
});

const TaskDocument = v.object({
  id: text, // 'main' for the main task
  target: text,
  kind: v.picklist(taskKindIds),
  depth: text,
  weight: figure,
  schedule: v.nullable(text),
  balanced: v.boolean(), // false: the method leaves its weight alone
  bounds: v.nullable(v.object({ min: v.number(), max: v.number() })), // of the method's factor
  classes: v.nullable(v.array(text)),
  metric: v.picklist(metricIds),
});

export const ArmDocument = v.object({
  id: text,
  title: text,
  role: v.picklist(['baseline', 'auxiliary']),
  method: text,
  methodParams: paramValues,
  tasks: v.array(TaskDocument),
  runs: v.array(RunDocument),
});

const interval = { low: figure, high: figure };

/** One auxiliary arm against the baseline; positive differences are better. */
export const ComparisonDocument = v.object({
  arm: text,
  verdict: v.picklist(verdicts),
  difference: v.object({ mean: figure, ...interval, pairs: count }),
  differences: v.array(v.object({ seed: count, baseline: figure, auxiliary: figure, difference: figure })),
  standardDeviation: figure,
  tP: figure,
  signFlipP: figure,
  adjusted: v.object({ ...interval, p: figure }),
  overheadPercent: figure,
  pairsStillNeeded: figure,
  gap: v.nullable(v.object({ baseline: figure, auxiliary: figure, difference: figure })),
  validationDifference: figure,
});

export const EngineInfo = v.object({ backend: text, version: text, device: text, captured: v.boolean(), threads: count });

const { format: _, ...recorded } = StoredProvenance.entries;
const Provenance = v.object({ ...recorded, command: text });

export const ExperimentDocument = v.object({
  experimentId: ExperimentId,
  name: text,
  question: text,
  status: v.picklist(experimentStatuses),
  verdict: v.picklist(verdicts),
  metric: v.picklist(metricIds),
  higherIsBetter: v.boolean(),
  margin: v.number(),
  engine: v.nullable(EngineInfo),
  arms: v.array(ArmDocument),
  comparisons: v.array(ComparisonDocument),
  warnings: v.array(text),
  plan: Plan,
  provenance: Provenance,
  imported: v.nullable(isoTime), // when it came in with a file
});

export type ExperimentDetail = v.InferOutput<typeof ExperimentDocument>;
