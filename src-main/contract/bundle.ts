/** An experiment as one file: what bundle.json and points.json inside a .auxlab file may hold. They come from anybody; what follows from the plan and the
 *  design (question, arms, the data set's row, metric, margin, the verdict, the command) is in the file for other readers and is made anew on the way in. */
import * as v from 'valibot';
import { metricIds } from '../vocabulary/metrics/index.ts';
import { limits } from './areas/common.ts';
import { countUpTo, isoTime, listUpTo, recordOf, recordUpTo, textUpTo } from './bounded.ts';
import { errorCodes } from './errors.ts';
import { figureOrNull } from './figures.ts';
import { ArmId, ExperimentId, RunName } from './identifiers.ts';
import { runStatuses } from './results.ts';

export const bundleFormat = 'auxlab-bundle/1';

/** Kinds of what the store notes about an experiment. */
export const eventKinds = [
  'created',
  'pairs-added',
  'resumed',
  'run-started',
  'test-split-read',
  'run-finished',
  'run-paused',
  'run-interrupted',
  'run-failed',
  'run-cancelled',
  'note',
] as const;

const most = { rows: 2_000_000, name: 4096, text: 200_000, series: 100_000, points: 20_000_000 } as const;
const steps = countUpTo(1e12);
const time = v.nullable(isoTime);
const flag = v.nullable(v.picklist([0, 1]));
const word = v.nullable(textUpTo(1000));
const hash = v.nullable(v.pipe(v.string(), v.regex(/^[\w-]{1,128}$/, 'must be a fingerprint'))); // compared and shown, never looked up

const Run = v.strictObject({
  name: RunName, // EXPERIMENT-ARM-SEED
  arm_id: ArmId,
  seed: countUpTo(2 ** 49),
  position: countUpTo(most.rows),
  status: v.picklist(runStatuses),
  error_code: v.nullable(v.picklist(errorCodes)),
  error: v.nullable(textUpTo(most.text)),
  started: time,
  ended: time,
  epochs: steps,
  steps,
  selected_epoch: v.nullable(steps),
  stopped_early: flag,
  wall_ms: countUpTo(2 ** 53 - 1),
  step_ms: figureOrNull,
  peak_memory_mib: figureOrNull,
  parameter_count: v.nullable(countUpTo(2 ** 48)),
  deployed_parameter_count: v.nullable(countUpTo(2 ** 48)),
  final_weights_sha256: hash,
  main_weights_sha256: hash,
  backend: word,
  backend_version: word,
  device: word,
  captured: flag,
  threads: v.nullable(countUpTo(1024)),
});

const Metric = v.strictObject({
  run: RunName,
  part: v.picklist(['train', 'validation', 'test']),
  task: textUpTo(most.name),
  metric: v.picklist([...metricIds, 'loss']),
  value: figureOrNull,
});
const ClassRecall = v.strictObject({ run: RunName, task: textUpTo(most.name), class: countUpTo(1_000_000), recall: figureOrNull });
const Event = v.strictObject({ run: v.nullable(RunName), at: isoTime, kind: v.picklist(eventKinds), detail: textUpTo(most.text) });

/** Kept for other readers of the file; remade on the way in. */
const remade = recordOf(v.unknown());

export const Bundle = v.strictObject({
  format: v.literal(bundleFormat),
  version: textUpTo(100),
  dataset: remade,
  experiment: v.object({
    id: ExperimentId,
    name: textUpTo(most.name), // a person may have changed it since
    plan: textUpTo(10_000_000), // JSON, as the store has it
    design: textUpTo(200_000_000),
    provenance: textUpTo(10_000_000),
    created: isoTime,
  }),
  arms: v.array(v.unknown()),
  runs: listUpTo(Run, most.rows),
  metrics: listUpTo(Metric, most.rows),
  classRecalls: listUpTo(ClassRecall, most.rows),
  events: listUpTo(Event, most.rows),
  notes: textUpTo(limits.notes),
  tags: listUpTo(v.pipe(v.string(), v.minLength(1), v.maxLength(limits.tag)), limits.tags),
});
export type Bundle = v.InferOutput<typeof Bundle>;

const Point = v.strictTuple([steps, figureOrNull]);
/** run -> series -> points in the order of their steps; a value that is not finite is null. */
export const BundlePoints = recordUpTo(recordUpTo(listUpTo(Point, most.points), most.series), most.rows);
export type BundlePoints = v.InferOutput<typeof BundlePoints>;
