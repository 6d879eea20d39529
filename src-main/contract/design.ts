/** The design: what an experiment comes to once plan and data have met, everything that its runs need. The store keeps it as JSON and bundles carry it, so it
 *  comes back as anybody's data: the schema is the type, its limits and its check. */
import * as v from 'valibot';
import { metricIds } from '../vocabulary/metrics/index.ts';
import { countUpTo, finite, listUpTo, recordUpTo, shortName as id, textUpTo } from './bounded.ts';
import { RunEnvironment } from './environment.ts';
import { LabError } from './errors.ts';
import { ArmId, baselineId, Digest, mainTaskId } from './identifiers.ts';
import { InputShape } from './inputShape.ts';
import { settledParams as params } from './paramSchema.ts';
import { ImageScale } from './reading.ts';
import { columnRoles, EnginePlan, mostArms, mostTasks, SplitPlan, TrainingPlan } from './plan.ts';
import type { DeepReadonly } from './readonly.ts';
import { longestName, mostClasses, TaskDesign } from './task.ts';

/** Raised when the design's form changes; readDesign takes the older ones. */
export const designFormat = 4;

const most = {
  rows: 2 ** 31,
  columns: 1_000_000,
  warnings: 100_000,
  parameters: 2 ** 48,
} as const;

const name = textUpTo(longestName); // of data, columns and classes
const count = countUpTo(most.rows);
const atLeastZero = v.pipe(finite, v.minValue(0));

export const ArmDesign = v.strictObject({
  id: ArmId, // 'baseline' for the baseline; what the arm is called is the plan's
  role: v.picklist(['baseline', 'auxiliary']),
  method: v.strictObject({ id, params }), // ids are looked up, never believed
  tasks: v.pipe(listUpTo(TaskDesign, mostTasks + 1), v.minLength(1)), // the main task first
});

const fields = {
  data: v.strictObject({ digest: Digest, name, source: textUpTo(4096), format: id, rows: v.pipe(count, v.minValue(1)), scale: v.optional(ImageScale) }),
  input: InputShape,
  roles: recordUpTo(v.picklist(columnRoles), most.columns),
  excludedInputs: listUpTo(name, most.columns),
  split: v.strictObject({ ...SplitPlan.entries, seed: v.nonOptional(SplitPlan.entries.seed) }),
  parts: v.strictObject({
    train: count,
    validation: count, // by which epochs are selected
    heldOut: count, // kept for methods that need rows of their own
    test: count,
    digest: Digest,
  }),
  trainFraction: v.pipe(finite, v.gtValue(0), v.maxValue(1)),
  network: v.strictObject({ id, params }),
  parameters: countUpTo(most.parameters), // of the largest arm
  training: TrainingPlan,
  metric: v.picklist(metricIds),
  margin: atLeastZero,
  arms: v.pipe(listUpTo(ArmDesign, mostArms + 1), v.minLength(1)), // the baseline first
  classes: recordUpTo(listUpTo(name, mostClasses), most.columns), // of every classification target
  warnings: listUpTo(textUpTo(100_000), most.warnings),
};

export const Design = v.strictObject(fields);

/** A design together with what its computer gives it. Threads and environment stay the same for all runs: they change the bits. */
export const SettledDesign = v.pipe(
  v.strictObject({
    format: v.literal(designFormat),
    ...fields,
    engine: v.strictObject({ ...EnginePlan.entries, threads: v.nonOptional(EnginePlan.entries.threads) }),
    environment: RunEnvironment,
  }),
  v.check(
    ({ arms }) => arms.every(({ id: arm, role }, at) => (at === 0) === (arm === baselineId) && (at === 0) === (role === 'baseline')),
    'must have the baseline as its first arm and as no other',
  ),
  v.check(({ arms }) => areDifferent(arms), 'must have arms of different ids'),
  v.check(
    ({ arms }) => arms.every(({ tasks }) => tasks[0]?.id === mainTaskId && areDifferent(tasks)),
    'must have the main task first in every arm, and tasks of different ids',
  ),
);

export type DesignArm = DeepReadonly<v.InferOutput<typeof ArmDesign>>;
export type Design = DeepReadonly<v.InferOutput<typeof Design>>;
export type SettledDesign = DeepReadonly<v.InferOutput<typeof SettledDesign>>;

/** A stored design, of this form or an older one.  @param value parsed JSON of whatever origin
 *  @throws ValiError naming the first place that does not fit; LabError store for a newer form */
export function readDesign(value: unknown): SettledDesign {
  const given = modern(value);
  refuseNewer(given, designFormat);
  const design = v.parse(SettledDesign, given);
  const { split } = given as { readonly split: object }; // the schema accepted it
  const order = Object.keys(split); // as it was written: the digest of a job, by which a checkpoint knows its run, depends on it
  return {
    ...design,
    split: Object.fromEntries(Object.entries(design.split).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))) as SettledDesign['split'],
  }; // the same entries
}

/** @throws LabError store */
export function refuseNewer(value: unknown, known: number): void {
  const format = typeof value === 'object' && value !== null && 'format' in value ? value.format : known;
  if (typeof format === 'number' && format > known) throw new LabError('store', 'It was written by a newer Auxlab. Update this one.');
}

type Values = Readonly<Record<string, unknown>>;

function modern(value: unknown): unknown {
  if (!isObject(value)) return value;
  const second = Object.hasOwn(value, 'format') ? value : fromFirst(value);
  const third = second['format'] === 2 ? fromSecond(second) : second;
  return third['format'] === 3 ? fromThird(third) : third;
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Designs of format 3 had the titles of their arms, the plan's own ones too, which the plan has. */
function fromThird(value: Values): Values {
  return { ...withArms(value, ({ title: _, ...arm }) => arm), format: designFormat };
}

/** Designs of format 2 had the delta of the huber loss beside every loss. (What else a training had of optimizers that it did not use, its schema drops.) */
function fromSecond(value: Values): Values {
  const withLossParams = (task: unknown): unknown => {
    if (!isObject(task) || !Object.hasOwn(task, 'huberDelta')) return task;
    const { huberDelta, ...rest } = task;
    const entries = Object.entries(rest).flatMap(([key, entry]) =>
      key === 'loss'
        ? [
            [key, entry],
            ['lossParams', entry === 'huber' ? { delta: huberDelta } : {}],
          ]
        : [[key, entry]],
    );
    return Object.fromEntries(entries);
  };
  const renewed = withArms(value, (arm) => (Array.isArray(arm['tasks']) ? { ...arm, tasks: arm['tasks'].map(withLossParams) } : arm));
  return { ...renewed, format: 3 };
}

function withArms(value: Values, change: (arm: Values) => Values): Values {
  const { arms } = value;
  return Array.isArray(arms) ? { ...value, arms: arms.map((arm: unknown) => (isObject(arm) ? change(arm) : arm)) } : value;
}

/** Designs without a number: their environment could hold any variable. Those that travel no more are left behind; the others must still fit. */
function fromFirst(value: Values): Values {
  const { environment } = value;
  const kept =
    typeof environment === 'object' && environment !== null
      ? Object.fromEntries(Object.entries(environment).filter(([variable]) => Object.hasOwn(RunEnvironment.entries, variable)))
      : environment;
  return { ...value, format: 2, environment: kept };
}

function areDifferent(entries: readonly { readonly id: string }[]): boolean {
  return new Set(entries.map(({ id: each }) => each)).size === entries.length;
}
