/** FAMO (Liu, Feng, Stone and Liu, NeurIPS 2023, algorithm 2): logits xi are moved so that all losses fall at the same relative rate, judged by the
 *  losses of the same batch after the step. The second forward pass that this takes is made in every twentieth step unless `every` says otherwise (in each
 *  step in the paper). w_i = c z_i / L_i with z = softmax(xi) and c such that the weights sum to 1. xi by Adam, decay as a
 *  penalty on xi inside of Adam's gradient, as in the authors' code. Losses are at least 1e-8; the lower bound b is 0. */
import { shares, type WeightFormula } from './arithmetic.ts';
import { adam, noMoments } from './descent.ts';
import { hindsightMethod } from './kinds.ts';
import { at, dot, filled } from './linalg.ts';
import { numberOf } from './reading.ts';
import { softmax } from './softmax.ts';

interface FamoState {
  readonly perTask: {
    readonly xi: readonly number[];
    readonly first: readonly number[];
    readonly second: readonly number[];
    readonly steps: readonly number[];
  };
}

const smallestLoss = 1e-8;
const positive = (loss: number): number => Math.max(loss, smallestLoss);

const formula: WeightFormula<FamoState> = {
  inputs: (state) => softmax(state.perTask.xi),
  weights(arithmetic, losses, z) {
    const { number, larger, divide } = arithmetic;
    const scaled = losses.map((loss, task) => divide(z[task] ?? number(NaN), larger(loss, number(smallestLoss)))); // there is one z a task
    return shares(arithmetic, scaled);
  },
};

export const famo = hindsightMethod<FamoState>({
  id: 'famo',
  title: 'Fast adaptive multitask optimization',
  paper: 'Liu, Feng, Stone and Liu, "FAMO: fast adaptive multitask optimization", NeurIPS 2023, algorithm 2',
  summary:
    'Raises the weight of tasks whose loss fell too little in the last step, relative to its size. ' +
    'It needs no gradient of single tasks, only one more forward pass.',
  whenToUse: 'Many auxiliaries of different scale that should all progress, at nearly the cost of a plain sum.',
  formula: 'w_i = c z_i / L_i,  z = softmax(xi),  xi <- Adam(xi, J_softmax^T (log L_before - log L_after) + decay xi)',
  traps: [
    'All tasks are treated alike: the main task is held back for a slow auxiliary.',
    'The losses must stay above 0.',
    'The second pass must use the same batch and the same dropout masks, or noise moves the weights.',
    'The weights add up to 1: the step is shorter than with fixed weights.',
  ],
  cost: '1 forward pass, 1 backward pass, and one more forward pass in every k-th step (every, default 20)',
  params: {
    learningRate: { kind: 'number', default: 0.025, min: 0, max: 1, help: 'Step length of the logits.' },
    every: {
      kind: 'number',
      default: 20,
      min: 1,
      max: 10000,
      integer: true,
      help: 'Steps between two looks at the losses after a step, by which the logits move; 1 is the paper’s, at the cost of a forward pass in each step.',
    },
    decay: { kind: 'number', default: 0.001, min: 0, max: 1, help: 'Pull of the logits to equality.' },
  },
  claims: ['non-negative', 'sum-of-weights-is-one', 'permutation-equivariant', 'auxiliary-order-irrelevant', 'single-task-is-identity'],
  formulaOfLosses: formula,
  init: (taskCount) => ({ perTask: { xi: filled(taskCount, 0), ...noMoments(taskCount) } }),
  learn: (state, { losses, lossesAfter }, params) => {
    const { xi, ...moments } = state.perTask;
    const z = softmax(xi);
    const gains = losses.map((loss, task) => Math.log(positive(loss)) - Math.log(positive(at(lossesAfter, task))));
    const meanGain = dot(z, gains);
    const gradient = xi.map((value, task) => at(z, task) * (at(gains, task) - meanGain) + numberOf(params, 'decay') * value);
    const moved = adam(xi, gradient, moments, numberOf(params, 'learningRate'));
    return { perTask: { xi: moved.values, ...moved.moments } };
  },
});
