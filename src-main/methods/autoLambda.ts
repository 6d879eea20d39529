/** Auto-Lambda (Liu, James, Davison and Johns, TMLR 2022, eq. 5 to 8): auxiliary weights follow the gradient of the main loss on held-out rows after a
 *  virtual step, dL_val(theta'(w)) / dw_i = -rate <grad L_val(theta'), grad L_i(theta)>, by the forward-only difference of DARTS
 *  -rate (L_i(theta + eps d) - L_i(theta - eps d)) / (2 eps), d = grad L_val(theta'), eps |d| = 0.01; Adam moves the weights. Differs: the held-out rows are
 *  rows that no step trains on (the authors' code draws them from the training set); weights stay >= 0; the main task keeps weight 1; the virtual step
 *  is plain gradient descent whatever the optimizer is; running averages of batch norm do not move in the looks; a weight starts at what the plan says. */
import { adam, noMoments } from './descent.ts';
import { lookAheadMethod } from './kinds.ts';
import { at, filled } from './linalg.ts';
import type { LookAhead } from './method.ts';
import { numberOf } from './reading.ts';

interface AutoLambdaState {
  readonly perTask: {
    readonly weight: readonly number[];
    readonly first: readonly number[];
    readonly second: readonly number[];
    readonly steps: readonly number[];
  };
}

/** Derivative of the held-out main loss after the virtual step by each task's weight, from losses of weight 1. */
export function hypergradient({ rate, epsilon, plus, minus }: LookAhead): number[] {
  return plus.map((loss, task) => (-rate * (loss - at(minus, task))) / (2 * epsilon));
}

export const autoLambda = lookAheadMethod<AutoLambdaState>({
  id: 'auto-lambda',
  title: 'Auto-Lambda',
  paper: 'Liu, James, Davison and Johns, "Auto-Lambda: disentangling dynamic task relationships", Transactions on Machine Learning Research 2022, eq. 5 to 8',
  summary:
    'Tries a step ahead and raises the weight of an auxiliary whose gradient would lower the main loss on held-out rows, ' +
    'and lowers it where it would not. The held-out rows are set aside from the validation split in every arm.',
  whenToUse: 'When the right weight is unknown and may change during training, and there are validation rows to spare.',
  formula: 'w_i <- Adam(w_i, -rate (L_i(theta + eps d) - L_i(theta - eps d)) / (2 eps)),  d = grad L_main(held-out rows; theta - rate grad L),  w_i >= 0',
  traps: [
    'Half of the validation rows are kept for it, in all arms: the epoch is selected on the rest.',
    'learningRate sets how fast weights can move: at 0.001 by about 1 in 1000 looks. The paper uses 0.0001 for runs a hundred times longer.',
    'A look costs about as much as two plain steps; with every = 10 it costs little and the weights move as much per look.',
    'It looks one step ahead only, so a gain that takes longer to show is not seen.',
  ],
  cost: '1 forward pass, 1 backward pass; in every k-th step (every, default 1) 4 more forward passes and 2 more backward passes',
  params: {
    learningRate: { kind: 'number', default: 0.001, min: 0, max: 1, help: 'Step length of the weights (Adam).' },
    initial: { kind: 'number', default: 1, min: 0, max: 1000, help: 'Factor on every auxiliary weight at the start.' },
    every: { kind: 'number', default: 1, min: 1, max: 10000, integer: true, help: 'Steps between two looks ahead.' },
  },
  claims: ['non-negative', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  init: (taskCount, params) => ({
    perTask: { weight: filled(taskCount, 1).map((one, task) => (task === 0 ? one : numberOf(params, 'initial'))), ...noMoments(taskCount) },
  }),
  weights: (state) => state.perTask.weight,
  learn: (state, { lookAhead }, params) => {
    const { weight, ...moments } = state.perTask;
    const moved = adam(weight, hypergradient(lookAhead), moments, numberOf(params, 'learningRate'));
    const next = moved.values.map((value, task) => (task === 0 ? 1 : Math.max(0, value)));
    return { perTask: { weight: next, ...moved.moments } };
  },
});
