/** The plan: an experiment before it runs, as a file. These schemas are the one source of the plan's types, its checks and its JSON Schema. */
import * as v from 'valibot';
import { optimizers } from '../vocabulary/optimizers/index.ts';
import { rateSchedules } from '../vocabulary/rateSchedules/index.ts';
import { recordOf, shortName as name } from './bounded.ts';
import { ArmId } from './identifiers.ts';
import { madeTexts } from './madeTexts.ts';
import { anyParams, ownOf, paramValues } from './paramSchema.ts';
import { columnTypes, Parts, ReadOptions } from './reading.ts';
import { AuxiliaryPlan, MainTaskPlan } from './task.ts';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const atLeastZero = v.pipe(v.number(), v.finite(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
/** No computer and no statistics gain by more than these, and typing errors end here instead of in a full memory. */
export const mostPairs = 10_000;
export const mostArms = 200;
export const mostTasks = 100; // auxiliary ones of an arm
const mostThreads = 1024;
const mostShift = 100_000; // pixels
const mostSteps = 1e9; // also of epochs, rows of a batch and steps between records
const seed = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 48)); // pair k adds k and stays a whole number
const upTo = (most: number) => v.pipe(count, v.maxValue(most));

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const steps = upTo(mostSteps);

export const columnRoles = ['input', 'target', 'ignore', 'id', 'group', 'split'] as const;
export type ColumnRole = (typeof columnRoles)[number];

/** time: the oldest rows train, the newest test, by a column of dates or numbers. */
export const splitKinds = ['stratified', 'random', 'grouped', 'column', 'time'] as const;
/** Where rows with the same inputs may stand. */
export const duplicateRules = ['anywhere', 'together'] as const;

export const SplitPlan = v.strictObject({
  kind: v.optional(v.picklist(splitKinds), 'stratified'),
  train: v.optional(share, 0.7),
  validation: v.optional(share, 0.15),
  test: v.optional(share, 0.15),
  column: v.optional(name), // the group, split or time column
  duplicates: v.optional(v.picklist(duplicateRules)), // together: rows with the same inputs in one part; default: anywhere
  seed: v.optional(seed), // default: the plan's seed; one split for all pairs
});

export const DataPlan = v.strictObject({
  source: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)), // a file, a folder or sample:NAME
  format: v.optional(name),
  parts: v.optional(Parts), // files of the same form beside the source, which is then the training part
  options: v.optional(ReadOptions, {}),
  types: v.optional(recordOf(v.picklist(columnTypes))), // what columns hold, where it is not what the reader found
  roles: v.optional(recordOf(v.picklist(columnRoles)), {}),
  split: v.optional(SplitPlan, {}),
  trainFraction: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(1)), 1), // low-data runs: the share of the training split that is used
});

export const ArmPlan = v.strictObject({
  id: v.optional(ArmId),
  title: v.optional(name),
  auxiliaries: v.pipe(v.array(AuxiliaryPlan), v.minLength(1), v.maxLength(mostTasks)),
  method: v.optional(v.strictObject({ id: name, params: v.optional(paramValues, {}) }), { id: 'fixed' }),
});

/** An optimizer with its own parameters; `weightDecay` is decoupled in some and an L2 term of the gradient in the others, of kernels only. */
export const OptimizerPlan = v.pipe(
  v.strictObject({
    id: v.optional(v.picklist(optimizers.map(({ id }) => id)), 'adam'),
    learningRate: v.optional(positive, 0.001),
    ...anyParams(optimizers),
  }),
  v.transform(({ id, learningRate, ...given }) => {
    const { id: _, ...own } = ownOf(optimizers, { id, ...given });
    return { id, learningRate, ...own };
  }),
);

export const LearningRatePlan = v.pipe(
  v.strictObject({
    id: v.optional(v.picklist(rateSchedules.map(({ id }) => id)), 'constant'),
    ...anyParams(rateSchedules),
  }),
  v.transform((given) => ownOf(rateSchedules, given)),
);

export const TrainingPlan = v.strictObject({
  epochs: v.optional(steps, 10),
  batch: v.optional(steps, 64),
  optimizer: v.optional(OptimizerPlan, {}),
  learningRateSchedule: v.optional(LearningRatePlan, {}),
  clipNorm: v.optional(positive),
  earlyStopping: v.optional(v.strictObject({ patience: steps, minDelta: v.optional(atLeastZero, 0) })),
  augment: v.optional(
    v.strictObject({
      flip: v.optional(v.boolean(), false),
      shift: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostShift)), 0),
      crop: v.optional(v.pipe(v.number(), v.minValue(0), v.ltValue(1)), 0),
    }),
  ),
  logEvery: v.optional(steps, 1), // steps between recorded points
  // Steps between two looks at the tasks' gradients; 0: never; default: about 40 looks a run
  diagnosticsEvery: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostSteps))),
  maxSteps: v.optional(steps), // ends the run early, for a look at a large network
});

export const EnginePlan = v.strictObject({
  backend: v.optional(v.picklist(['auto', 'tensorflow', 'wasm', 'cpu']), 'auto'), // cpu: tfjs's own JavaScript back end
  mode: v.optional(v.picklist(['captured', 'eager']), 'captured'),
  threads: v.optional(upTo(mostThreads)), // default: 1 a run for small networks
  workers: v.optional(upTo(mostThreads)), // runs side by side
});

/** Of plans whose name, question and titles are a person's own, all of them. */
export const planFormat = 'auxlab-plan/2';

const fields = v.strictObject({
  $schema: v.optional(v.pipe(v.string(), v.maxLength(4096))),
  format: v.picklist([planFormat, 'auxlab-plan/1']), // 1: words that were made of the plan may stand in it
  name: v.optional(name), // default, as of question and titles: made of the plan where it is shown (shownTexts.ts)
  question: v.optional(v.pipe(v.string(), v.maxLength(10_000))),
  data: DataPlan,
  main: MainTaskPlan,
  network: v.optional(v.strictObject({ id: v.optional(name), params: v.optional(paramValues, {}) }), {}),
  training: v.optional(TrainingPlan, {}),
  arms: v.pipe(v.array(ArmPlan), v.minLength(1), v.maxLength(mostArms)),
  repeats: v.optional(upTo(mostPairs), 6),
  seed: v.optional(seed, 1), // pair k uses seed + k
  margin: v.optional(atLeastZero), // smallest gain worth having, in the main metric; default: half a point, or 1 % of the target's spread
  engine: v.optional(EnginePlan, {}),
});

export const Plan = v.pipe(fields, v.transform(inOwnWords));

type Written = v.InferOutput<typeof fields>;

function inOwnWords(plan: Written): Omit<Written, 'format'> & { format: typeof planFormat } {
  return { ...(plan.format === planFormat ? plan : withoutMadeTexts(plan)), format: planFormat };
}

function withoutMadeTexts(plan: Written): Written {
  const { question, titles } = madeTexts(plan);
  const arms = plan.arms.map((arm, at) => (titles[at] === true ? { ...arm, title: undefined } : arm));
  return { ...plan, arms, question: question ? undefined : plan.question };
}

export type Plan = v.InferOutput<typeof Plan>;
export type PlanInput = v.InferInput<typeof Plan>;
export type SplitPlan = v.InferOutput<typeof SplitPlan>;
export type DataPlan = v.InferOutput<typeof DataPlan>;
export type ArmPlan = v.InferOutput<typeof ArmPlan>;
export type OptimizerPlan = v.InferOutput<typeof OptimizerPlan>;
export type LearningRatePlan = v.InferOutput<typeof LearningRatePlan>;
export type TrainingPlan = v.InferOutput<typeof TrainingPlan>;
export type EnginePlan = v.InferOutput<typeof EnginePlan>;
