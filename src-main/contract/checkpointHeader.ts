/** The JSON of a checkpoint: which arrays follow, and what a run is at that moment (engine/training/trainingState.ts).
 *  Written by a worker, read by a later one. */
import * as v from 'valibot';
import { countUpTo, finite, listUpTo, recordUpTo, textUpTo } from './bounded.ts';
import { figure } from './figures.ts';
import { Digest } from './identifiers.ts';
import { mostTasks } from './plan.ts';

const most = { arrays: 1_000_000, array: 2 ** 40, steps: 1e12, epochs: 1e9, points: 20_000_000, metrics: 1000 } as const;
const perTask = <T>(item: v.GenericSchema<unknown, T>) => listUpTo(item, mostTasks + 1);
const weighed = v.nullable(v.strictObject({ factors: perTask(figure), managed: perTask(v.boolean()) }));

const CheckpointHeader = v.strictObject({
  meta: v.unknown(),
  arrays: listUpTo(v.strictTuple([textUpTo(2000), countUpTo(most.array)]), most.arrays), // name, number of floats
});
export type CheckpointHeader = v.InferOutput<typeof CheckpointHeader>;

export function asCheckpointHeader(content: unknown): CheckpointHeader | null {
  const checked = v.safeParse(CheckpointHeader, content);
  return checked.success ? checked.output : null;
}

const TrainingState = v.strictObject({
  step: countUpTo(most.steps),
  weighting: v.strictObject({ method: v.unknown(), last: weighed }), // method: each method's own
  gates: perTask(v.strictObject({ factor: finite, lastMetric: v.nullable(finite) })),
  epochLosses: listUpTo(perTask(figure), most.epochs),
  lossSums: perTask(figure),
  best: v.nullable(
    v.strictObject({
      epoch: countUpTo(most.epochs),
      metric: finite,
      validation: recordUpTo(recordUpTo(figure, most.metrics), mostTasks + 1), // task -> metric -> value
    }),
  ),
  epochsWithoutGain: countUpTo(most.epochs),
  stoppingMetric: v.nullable(finite),
  wallMs: v.pipe(finite, v.minValue(0)),
  isOver: v.boolean(),
  points: listUpTo(v.strictTuple([textUpTo(4200), countUpTo(most.steps), figure]), most.points),
  branch: countUpTo(1000),
});

const CheckpointMeta = v.strictObject({ format: v.literal(2), job: Digest, state: TrainingState, moments: listUpTo(textUpTo(100), 1000) });
export type CheckpointMeta = v.InferOutput<typeof CheckpointMeta>;

/** @returns null when it is not of this form, 'other version' when its format has another number */
export function asCheckpointMeta(content: unknown): CheckpointMeta | 'other version' | null {
  const format = v.safeParse(v.looseObject({ format: v.number() }), content);
  if (format.success && format.output.format !== 2) return 'other version';
  const checked = v.safeParse(CheckpointMeta, content);
  return checked.success ? checked.output : null;
}
