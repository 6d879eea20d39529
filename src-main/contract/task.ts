/** A task through its stages: as a person asks for it (plan), with every choice filled in (design), as a plan that was checked shows it (picture), as results
 *  tell it (document); and by what tasks are told apart. A field of a task is added here, at each stage that it has a meaning in. The schemas are the types. */
import * as v from 'valibot';
import { lossIds, losses, lossOf } from '../vocabulary/losses/index.ts';
import { metricIds } from '../vocabulary/metrics/index.ts';
import { ownValues, type Params, type ParamValue } from '../vocabulary/params.ts';
import { taskKindIds } from '../vocabulary/taskKinds.ts';
import { scheduleText, weightSchedules, type WeightScheduleId } from '../vocabulary/weightSchedules/index.ts';
import { countUpTo, finite, shortName, textUpTo } from './bounded.ts';
import { figureOrNull } from './figures.ts';
import { oneOf, paramValues, settledParams } from './paramSchema.ts';
import { areParamsOf } from './params.ts';
import type { DeepReadonly } from './readonly.ts';

/** Of an auxiliary task for which nobody gave another: that of GoogLeNet's auxiliary classifiers (Szegedy et al. 2015, section 5). */
export const usualWeight = 0.3;

export const classWeightings = ['none', 'balanced'] as const;

/** Names of columns and classes are whatever the data call them. */
export const longestName = 100_000;
export const mostClasses = 1_000_000;

const atLeastZero = v.pipe(finite, v.minValue(0));
const aboveZero = v.pipe(finite, v.gtValue(0));
const smoothing = v.pipe(finite, v.minValue(0), v.ltValue(1));

const askedFields = {
  target: shortName, // a label column; for an intermediate classifier of the main task, the main target
  kind: v.optional(v.picklist(taskKindIds)), // default: from the column
  loss: v.optional(v.picklist(lossIds)),
  lossParams: v.optional(paramValues), // of the loss; default: the loss's own
  huberDelta: v.optional(aboveZero), // older plans: the delta of a huber loss
  labelSmoothing: v.optional(smoothing, 0),
  classWeights: v.optional(v.picklist(classWeightings), 'none'),
};

interface WithLoss {
  readonly loss?: string | undefined;
  readonly lossParams?: Params | undefined;
  readonly huberDelta?: number | undefined;
}

/** A task whose loss was written the older way. */
function withLossParams<Task extends WithLoss>({ huberDelta, ...task }: Task): Omit<Task, 'huberDelta'> {
  return task.loss === 'huber' && huberDelta !== undefined ? { ...task, lossParams: { delta: huberDelta, ...task.lossParams } } : task;
}

export const MainTaskPlan = v.pipe(v.strictObject({ ...askedFields, metric: v.optional(v.picklist(metricIds)) }), v.transform(withLossParams));

/** How an auxiliary weight changes over the run; epochs are counted from 0 and may be fractions. */
export const SchedulePlan = oneOf(weightSchedules);

export const AuxiliaryPlan = v.pipe(
  v.strictObject({
    id: v.optional(shortName), // default: target, target@depth
    ...askedFields,
    enabled: v.optional(v.boolean(), true), // false: the task stays in the plan and out of the training
    depth: v.optional(shortName, 'end'), // a depth that the network names
    weight: v.optional(atLeastZero, usualWeight),
    schedule: v.optional(SchedulePlan, { id: 'constant' }),
    balanced: v.optional(v.boolean(), true), // false: the method leaves this task alone, its weight is what plan and schedule say
    bounds: v.optional(v.strictObject({ min: v.optional(atLeastZero, 0), max: v.optional(aboveZero, 1e6) })), // of the method's factor on the weight
  }),
  v.transform(withLossParams),
);

const name = textUpTo(longestName);

/** A task with every default filled in. Task 0 of an arm is the main task, with id 'main'. */
export const TaskDesign = v.pipe(
  v.strictObject({
    id: name,
    target: name,
    kind: v.picklist(taskKindIds),
    loss: v.picklist(lossIds),
    lossParams: settledParams,
    labelSmoothing: smoothing,
    classWeights: v.picklist(classWeightings),
    metric: v.picklist(metricIds),
    depth: shortName, // 'end' or one of the network's depths: looked up, never believed
    weight: atLeastZero, // 1 for the main task
    schedule: SchedulePlan,
    balanced: v.boolean(), // false: the method leaves it alone
    bounds: v.nullable(v.strictObject({ min: atLeastZero, max: aboveZero })), // of the method's factor
  }),
  v.check(({ loss, lossParams }) => areParamsOf(lossOf(loss).params, lossParams), 'must have the parameters of its loss, within their ranges'),
);

const toldFields = { id: v.string(), target: v.string(), kind: v.picklist(taskKindIds), depth: v.string() }; // 'main' is the id of the main task

export const TaskPicture = v.object({ ...toldFields, weight: v.number(), schedule: v.string(), outputs: countUpTo(mostClasses) });

export const TaskDocument = v.object({
  ...toldFields,
  weight: figureOrNull, // null for the main task
  schedule: v.nullable(v.string()), // 'curriculum from 2 to 5'
  balanced: v.boolean(), // false: the method leaves its weight alone
  bounds: v.nullable(v.object({ min: v.number(), max: v.number() })), // of the method's factor
  classes: v.nullable(v.array(v.string())),
  metric: v.picklist(metricIds),
});

export type MainTaskPlan = v.InferOutput<typeof MainTaskPlan>;
export type AuxiliaryPlan = v.InferOutput<typeof AuxiliaryPlan>;
export type SchedulePlan = v.InferOutput<typeof SchedulePlan>;
export type TaskDesign = DeepReadonly<v.InferOutput<typeof TaskDesign>>;
export type TaskDocument = DeepReadonly<v.InferOutput<typeof TaskDocument>>;

/** A task as far as it decides what is trained. The lab's resolved tasks fit, and so do a plan's as they are being written. */
export interface ComparedTask {
  readonly target: string;
  readonly kind?: string | undefined;
  readonly loss?: string | undefined;
  readonly lossParams?: Params | undefined;
  readonly labelSmoothing: number;
  readonly classWeights: string;
  readonly depth: string;
  readonly weight: number;
  readonly schedule: { readonly id: WeightScheduleId } & Params;
  readonly balanced: boolean;
  readonly bounds?: { readonly min: number; readonly max: number } | null | undefined;
}

/** By what tasks at one place differ. */
export interface TaskTrait {
  readonly of: (task: ComparedTask) => unknown; // undefined: the task has none of it
  readonly words: (task: ComparedTask) => string; // '': as usual
  readonly isToldFirst?: true;
}

export const scheduleTrait: TaskTrait = {
  of: (task) => byName(task.schedule),
  words: (task) => (task.schedule.id === 'constant' ? '' : scheduleText(task.schedule)),
  isToldFirst: true,
};

/** What a loss does not read is left out: smoothing of a regression, the parameters of another loss. */
export const taskTraits: readonly TaskTrait[] = [
  { of: (task) => task.loss, words: (task) => (task.loss === undefined ? '' : `${task.loss} loss`) },
  { of: lossParamsOf, words: lossParamWords },
  { of: smoothingOf, words: (task) => ((smoothingOf(task) ?? 0) === 0 ? '' : `label smoothing ${task.labelSmoothing}`) },
  { of: classWeightsOf, words: (task) => ((classWeightsOf(task) ?? 'none') === 'none' ? '' : `${task.classWeights} classes`) },
  { of: (task) => task.weight, words: (task) => `weight ${task.weight}`, isToldFirst: true },
  scheduleTrait,
  { of: (task) => task.balanced, words: (task) => (task.balanced ? '' : 'frozen weight') },
  { of: (task) => task.bounds ?? null, words: ({ bounds }) => (bounds === undefined || bounds === null ? '' : `bounds ${bounds.min} to ${bounds.max}`) },
];

/** Every parameter of the loss with its value; undefined where the loss has none, or is left to the data. */
function lossParamsOf({ loss, lossParams }: ComparedTask): readonly (readonly [name: string, value: ParamValue])[] | undefined {
  const specs = losses.find(({ id }) => id === loss)?.params ?? {};
  const values = Object.entries(ownValues(specs, lossParams ?? {}));
  return values.length === 0 ? undefined : values;
}

/** 'huber delta 2' */
function lossParamWords(task: ComparedTask): string {
  const values = lossParamsOf(task);
  return values === undefined ? '' : `${task.loss ?? ''} ${values.map(([param, value]) => `${param} ${String(value)}`).join(', ')}`;
}

function smoothingOf({ kind, labelSmoothing }: ComparedTask): number | undefined {
  return kind === 'regression' ? undefined : labelSmoothing;
}

function classWeightsOf({ kind, classWeights }: ComparedTask): string | undefined {
  return kind === 'regression' ? undefined : classWeights;
}

/** The entries, in an order that does not depend on how they were written down. */
export function byName(values: object): readonly unknown[] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}
