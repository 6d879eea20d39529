/** Training options -> the plan's training part. Pure. */
import type * as v from 'valibot';
import type { ParamSpecs } from '../../contract/params.ts';
import type { LearningRatePlan, OptimizerPlan, PlanInput } from '../../contract/plan.ts';
import { paramsById, writtenForms } from '../../vocabulary/lookup.ts';
import { optimizers } from '../../vocabulary/optimizers/index.ts';
import { rateSchedules } from '../../vocabulary/rateSchedules/index.ts';
import { aboveZero, optionalNumber, readIdWithParams, readSwitches, splitId, readNumber, readParams, wholeFromOne, wholeFromZero } from './values.ts';

const augmentSpecs: ParamSpecs = {
  flip: { kind: 'boolean', default: false, help: 'mirror images left to right' },
  shift: { kind: 'number', default: 0, min: 0, integer: true, help: 'pixels in each direction' },
  crop: { kind: 'number', default: 0, min: 0, max: 0.99, help: 'share that may be cut off' },
};
const earlyStoppingSpecs: ParamSpecs = { minDelta: { kind: 'number', default: 0, min: 0, help: 'smallest gain that counts' } };

export const trainingOptions = {
  epochs: { kind: 'text', value: 'N', help: 'Epochs of every run. Default: 10.' },
  batch: { kind: 'text', value: 'N', help: 'Rows in a batch. Default: 64.' },
  'learning-rate': { kind: 'text', value: 'X', help: 'Default: 0.001.' },
  'learning-rate-schedule': { kind: 'text', value: 'ID[:...]', help: `${writtenForms(rateSchedules)}; most also take warmUp=EPOCHS.` },
  optimizer: { kind: 'text', value: 'ID[:...]', help: `${writtenForms(optimizers)}. Default: ${optimizers[0].id}.` },
  clip: { kind: 'text', value: 'X', help: "Largest norm of a step's gradient." },
  'early-stopping': { kind: 'text', value: 'N[:minDelta=X]', help: 'Epochs without a better main validation metric after which a run ends.' },
  augment: { kind: 'text', value: 'LIST', help: 'Images only: flip,shift=2,crop=0.1.' },
  'diagnostics-every': { kind: 'text', value: 'N', help: "Steps between two looks at the tasks' gradients; 0: never. Default: about 40 looks a run." },
  'max-steps': { kind: 'text', value: 'N', help: 'End every run after N steps, for a look at a large network.' },
} as const;

type TrainingValues = { readonly [K in keyof typeof trainingOptions]: string | undefined };
type Training = NonNullable<PlanInput['training']>;

/** @throws LabError bad-input naming the option */
export function readTraining(given: TrainingValues): Training {
  const schedule = given['learning-rate-schedule'];
  return withoutUndefined<Training>({
    epochs: optionalNumber('epochs', given.epochs, wholeFromOne),
    batch: optionalNumber('batch', given.batch, wholeFromOne),
    optimizer: readOptimizer(given.optimizer, optionalNumber('learning-rate', given['learning-rate'], aboveZero)),
    learningRateSchedule: schedule === undefined ? undefined : readLearningRate(schedule),
    clipNorm: optionalNumber('clip', given.clip, aboveZero),
    earlyStopping: given['early-stopping'] === undefined ? undefined : readEarlyStopping(given['early-stopping']),
    augment: given.augment === undefined ? undefined : readSwitches('option --augment', augmentSpecs, given.augment),
    diagnosticsEvery: optionalNumber('diagnostics-every', given['diagnostics-every'], wholeFromZero),
    maxSteps: optionalNumber('max-steps', given['max-steps'], wholeFromOne),
  });
}

// The plan's own schema is made of the same parameters and checks the whole plan once more: hence the two assertions.

function readOptimizer(text: string | undefined, learningRate: number | undefined): Training['optimizer'] {
  if (text === undefined) return learningRate === undefined ? undefined : { learningRate };
  const { id, params } = readIdWithParams('optimizer', text, paramsById(optimizers));
  return { id, ...params, ...(learningRate !== undefined && { learningRate }) } as v.InferInput<typeof OptimizerPlan>;
}

function readLearningRate(text: string): Training['learningRateSchedule'] {
  const { id, params } = readIdWithParams('learning-rate schedule', text, paramsById(rateSchedules));
  return { id, ...params } as v.InferInput<typeof LearningRatePlan>;
}

function readEarlyStopping(text: string): NonNullable<Training['earlyStopping']> {
  const [count, rest] = splitId(text);
  const { minDelta } = readParams('option --early-stopping', earlyStoppingSpecs, rest);
  return { patience: readNumber('Option --early-stopping', count, wholeFromOne), ...(typeof minDelta === 'number' && { minDelta }) };
}

/** Drops the entries that were not given, so that a saved plan holds only what its author said. */
export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T; // the dropped ones are optional in T
}
