/** The plan: an experiment before it runs, as a file. These schemas are the one source of the plan's types, its checks and its JSON Schema. */
import * as v from 'valibot';
import { recordOf } from './bounded.ts';
import { ArmId } from './identifiers.ts';

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const atLeastZero = v.pipe(v.number(), v.finite(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
/** Above these no computer and no statistics has any use of more, and typing errors end here instead of in a full memory. */
export const mostPairs = 10_000;
export const mostArms = 200;
export const mostTasks = 100; // auxiliary ones of an arm
const mostThreads = 1024;
const mostSide = 100_000; // pixels
const mostSteps = 1e9; // also of epochs, rows of a batch and steps between records
const seed = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 48)); // pair k adds k and stays a whole number
const upTo = (most: number) => v.pipe(count, v.maxValue(most));

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const steps = upTo(mostSteps);
const paramValues = recordOf(v.union([v.number(), v.boolean(), v.string()]));

export const taskKindIds = ['classification', 'regression'] as const;
export const lossIds = ['cross-entropy', 'mse', 'huber'] as const;
export const metricIds = ['accuracy', 'balanced-accuracy', 'macro-f1', 'log-loss', 'rmse', 'mae', 'r2'] as const;
export const classWeightings = ['none', 'balanced'] as const;

export const columnRoles = ['input', 'target', 'ignore', 'id', 'group', 'split'] as const;
export type ColumnRole = (typeof columnRoles)[number];

export const SplitPlan = v.strictObject({
  kind: v.optional(v.picklist(['stratified', 'random', 'grouped', 'column']), 'stratified'),
  train: v.optional(share, 0.7),
  validation: v.optional(share, 0.15),
  test: v.optional(share, 0.15),
  column: v.optional(name), // the group or split column
  seed: v.optional(seed), // default: the plan's seed; one split for all pairs
});

export const DataPlan = v.strictObject({
  source: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)), // a file, a folder or sample:NAME
  format: v.optional(name),
  options: v.optional(
    v.strictObject({
      delimiter: v.optional(v.pipe(v.string(), v.maxLength(16))),
      encoding: v.optional(v.picklist(['utf-8', 'utf-16le', 'utf-16be', 'latin1'])),
      decimal: v.optional(v.picklist(['.', ','])),
      header: v.optional(v.boolean()),
      missing: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(100))),
      width: v.optional(upTo(mostSide)),
      height: v.optional(upTo(mostSide)),
    }),
    {},
  ),
  roles: v.optional(recordOf(v.picklist(columnRoles)), {}),
  split: v.optional(SplitPlan, {}),
  trainFraction: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(1)), 1), // low-data runs: the share of the training split that is used
});

const taskFields = {
  target: name, // a label column; for an intermediate classifier of the main task, the main target
  kind: v.optional(v.picklist(taskKindIds)), // default: from the column
  loss: v.optional(v.picklist(lossIds)),
  huberDelta: v.optional(positive, 1), // in standard deviations of the target
  labelSmoothing: v.optional(v.pipe(v.number(), v.minValue(0), v.ltValue(1)), 0),
  classWeights: v.optional(v.picklist(classWeightings), 'none'),
};

export const MainTaskPlan = v.strictObject({
  ...taskFields,
  metric: v.optional(v.picklist(metricIds)),
});

/** How an auxiliary weight changes over the run; epochs are counted from 0 and may be fractions. */
export const SchedulePlan = v.variant('id', [
  v.strictObject({ id: v.literal('constant') }),
  v.strictObject({ id: v.literal('curriculum'), from: atLeastZero, to: atLeastZero }), // 0 up to epoch `from`, then a ramp to the full weight at epoch `to`
  v.strictObject({ id: v.literal('linear-decay'), from: v.optional(atLeastZero, 0), to: positive }), // full weight up to `from`, 0 from `to` on
  v.strictObject({ id: v.literal('cosine-decay'), from: v.optional(atLeastZero, 0), to: positive }),
  v.strictObject({
    id: v.literal('gated'),
    start: v.optional(share, 0.1), // share of the weight to begin with
    grow: v.optional(v.pipe(v.number(), v.minValue(1)), 1.5),
    shrink: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(1)), 0.5),
    min: v.optional(share, 0.01),
    max: v.optional(positive, 1),
  }),
]);

export const AuxiliaryPlan = v.strictObject({
  id: v.optional(name), // default: target, target@depth
  ...taskFields,
  enabled: v.optional(v.boolean(), true), // false: the task stays in the plan and out of the training
  depth: v.optional(name, 'end'), // a depth that the network names
  weight: v.optional(atLeastZero, 0.3),
  schedule: v.optional(SchedulePlan, { id: 'constant' }),
  balanced: v.optional(v.boolean(), true), // false: the method leaves this task alone, its weight is what plan and schedule say
  bounds: v.optional(v.strictObject({ min: v.optional(atLeastZero, 0), max: v.optional(positive, 1e6) })), // of the factor that the method puts on the weight
});

export const ArmPlan = v.strictObject({
  id: v.optional(ArmId),
  title: v.optional(name),
  auxiliaries: v.pipe(v.array(AuxiliaryPlan), v.minLength(1), v.maxLength(mostTasks)),
  method: v.optional(v.strictObject({ id: name, params: v.optional(paramValues, {}) }), { id: 'fixed' }),
});

export const OptimizerPlan = v.strictObject({
  id: v.optional(v.picklist(['sgd', 'momentum', 'adam', 'adamw', 'rmsprop', 'adagrad']), 'adam'),
  learningRate: v.optional(positive, 0.001),
  momentum: v.optional(v.pipe(v.number(), v.minValue(0), v.ltValue(1)), 0.9),
  nesterov: v.optional(v.boolean(), false),
  beta1: v.optional(v.pipe(v.number(), v.minValue(0), v.ltValue(1)), 0.9),
  beta2: v.optional(v.pipe(v.number(), v.minValue(0), v.ltValue(1)), 0.999),
  rho: v.optional(v.pipe(v.number(), v.minValue(0), v.ltValue(1)), 0.9),
  epsilon: v.optional(positive, 1e-7),
  weightDecay: v.optional(atLeastZero, 0), // decoupled in adamw, an L2 term of the gradient elsewhere; kernels only
});

export const LearningRatePlan = v.strictObject({
  id: v.optional(v.picklist(['constant', 'cosine', 'step']), 'constant'),
  warmUp: v.optional(atLeastZero, 0), // epochs of linear warm-up
  every: v.optional(positive, 10), // step: epochs between drops
  factor: v.optional(v.pipe(v.number(), v.gtValue(0), v.maxValue(1)), 0.1), // step: what the rate is multiplied with
  floor: v.optional(share, 0), // cosine: the last rate as a share of the first
});

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
      shift: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostSide)), 0),
      crop: v.optional(v.pipe(v.number(), v.minValue(0), v.ltValue(1)), 0),
    }),
  ),
  logEvery: v.optional(steps, 1), // steps between recorded points
  diagnosticsEvery: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostSteps))), // steps between two looks at the tasks' gradients; 0: never; default: about 40 looks a run
  maxSteps: v.optional(steps), // ends the run early, for a look at a large network
});

export const EnginePlan = v.strictObject({
  backend: v.optional(v.picklist(['auto', 'tensorflow', 'wasm', 'cpu']), 'auto'), // cpu: tfjs's own JavaScript back end
  mode: v.optional(v.picklist(['captured', 'eager']), 'captured'),
  threads: v.optional(upTo(mostThreads)), // default: 1 a run for small networks
  workers: v.optional(upTo(mostThreads)), // runs side by side
});

export const Plan = v.strictObject({
  $schema: v.optional(v.pipe(v.string(), v.maxLength(4096))),
  format: v.literal('auxlab-plan/1'),
  name: v.optional(name),
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

export type Plan = v.InferOutput<typeof Plan>;
export type PlanInput = v.InferInput<typeof Plan>;
export type SplitPlan = v.InferOutput<typeof SplitPlan>;
export type DataPlan = v.InferOutput<typeof DataPlan>;
export type MainTaskPlan = v.InferOutput<typeof MainTaskPlan>;
export type AuxiliaryPlan = v.InferOutput<typeof AuxiliaryPlan>;
export type ArmPlan = v.InferOutput<typeof ArmPlan>;
export type SchedulePlan = v.InferOutput<typeof SchedulePlan>;
export type OptimizerPlan = v.InferOutput<typeof OptimizerPlan>;
export type LearningRatePlan = v.InferOutput<typeof LearningRatePlan>;
export type TrainingPlan = v.InferOutput<typeof TrainingPlan>;
export type EnginePlan = v.InferOutput<typeof EnginePlan>;
