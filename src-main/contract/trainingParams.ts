/** The parameters of optimizers, learning-rate schedules and weight schedules as data: one source for the command line and for forms. Names and ranges are
 *  those of the plan's schema, which checks the whole plan once more. */
import type { ParamSpecs } from './params.ts';
import type { LearningRatePlan, OptimizerPlan, SchedulePlan } from './plan.ts';

const belowOne = (value: number, help: string): ParamSpecs[string] => ({ kind: 'number', default: value, min: 0, max: 0.99999, help });
const weightDecay: ParamSpecs[string] = { kind: 'number', default: 0, min: 0, help: 'weight decay of the kernels' };
const epsilon: ParamSpecs[string] = { kind: 'number', default: 1e-7, min: 0, exclusiveMin: true, help: 'added to the denominator' };
const adam: ParamSpecs = { beta1: belowOne(0.9, 'memory of the first moment'), beta2: belowOne(0.999, 'memory of the second moment'), epsilon, weightDecay };

export const optimizerSpecs: Readonly<Record<OptimizerPlan['id'], ParamSpecs>> = {
  sgd: { weightDecay },
  momentum: { momentum: belowOne(0.9, 'share of the last step that is kept'), nesterov: { kind: 'boolean', default: false, help: 'look ahead' }, weightDecay },
  adam,
  adamw: adam,
  rmsprop: { rho: belowOne(0.9, 'memory of the squared gradient'), momentum: belowOne(0.9, 'share of the last step that is kept'), epsilon, weightDecay },
  adagrad: { epsilon, weightDecay },
};

const warmUp: ParamSpecs[string] = { kind: 'number', default: 0, min: 0, help: 'epochs of linear warm-up' };

export const learningRateSpecs: Readonly<Record<LearningRatePlan['id'], ParamSpecs>> = {
  constant: { warmUp },
  cosine: { warmUp, floor: { kind: 'number', default: 0, min: 0, max: 1, help: 'the last rate as a share of the first' } },
  step: {
    warmUp,
    every: { kind: 'number', default: 10, min: 0, exclusiveMin: true, help: 'epochs between drops' },
    factor: { kind: 'number', default: 0.1, min: 0, exclusiveMin: true, max: 1, help: 'what the rate is multiplied with' },
  },
};

const epoch = (help: string): ParamSpecs[string] => ({ kind: 'number', default: 0, min: 0, help });
const lastEpoch: ParamSpecs[string] = { kind: 'number', default: 1, min: 0, exclusiveMin: true, help: 'epoch from which the weight is 0' };

export const scheduleSpecs: Readonly<Record<SchedulePlan['id'], ParamSpecs>> = {
  constant: {},
  curriculum: { from: epoch('epoch up to which only the main task is learned'), to: epoch('epoch at which the full weight is reached') },
  'linear-decay': { from: epoch('epoch up to which the weight is full'), to: lastEpoch },
  'cosine-decay': { from: epoch('epoch up to which the weight is full'), to: lastEpoch },
  gated: {
    start: { kind: 'number', default: 0.1, min: 0, max: 1, help: 'share of the weight to begin with' },
    grow: { kind: 'number', default: 1.5, min: 1, help: 'factor while the main validation metric improves' },
    shrink: { kind: 'number', default: 0.5, min: 0, exclusiveMin: true, max: 1, help: 'factor when it worsens' },
    min: { kind: 'number', default: 0.01, min: 0, max: 1, help: 'smallest share' },
    max: { kind: 'number', default: 1, min: 0, exclusiveMin: true, help: 'largest share' },
  },
};
