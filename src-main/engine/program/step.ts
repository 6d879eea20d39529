/** One step along the gradient of a mixture of losses, whose weights come from outside, or partly from a formula over the step's own losses. */
import type { WeightFormula } from '../../methods/arithmetic.ts';
import type { Ops, Tensor } from '../../networks/ops.ts';
import type { Optimizer } from './optimizers.ts';
import { floats, type Computation, type Computed, type Lookup } from './computation.ts';
import { finishGradients } from './descent.ts';
import { batchSpecs, batchTensors, type BatchTensors } from './feeds.ts';
import { weightedGradients, type Mixture } from './gradients.ts';
import { parametersIn, type Program } from './program.ts';

/** Along the gradient of sum_i weights[i] * loss_i.
 *  @param hasFactors each task's gradient is multiplied with a factor on its way into the trunk */
export function stepComputation(program: Program, optimizer: Optimizer, hasFactors: boolean): Computation {
  const count = program.model.tasks.length;
  return {
    name: 'step',
    feeds: {
      ...batchSpecs(program),
      weights: floats(count),
      ...(hasFactors && { factors: floats(count) }),
      numbers: floats(optimizer.scalarCount),
    },
    outputs: { losses: floats(count), gradientSquares: floats(program.model.trainable.length) },
    compute: (ops, state, feeds) => {
      const weights = ops.unstack(feeds('weights'));
      const mixture = hasFactors ? { weights, factors: ops.unstack(feeds('factors')) } : { weights };
      return takenStep(program, ops, state, feeds, batchTensors(program, ops, feeds), mixture);
    },
  };
}

/** Along the gradient of sum_i lambdas[i] * f_i(losses) * loss_i.  @param inputCount numbers that the formula takes beside the losses */
export function formulaStepComputation(program: Program, optimizer: Optimizer, formula: WeightFormula, inputCount: number): Computation {
  const count = program.model.tasks.length;
  return {
    name: 'stepByFormula',
    feeds: {
      ...batchSpecs(program),
      lambdas: floats(count),
      ...(inputCount > 0 && { inputs: floats(inputCount) }),
      numbers: floats(optimizer.scalarCount),
    },
    outputs: { losses: floats(count), weights: floats(count), gradientSquares: floats(program.model.trainable.length) },
    compute: (ops, state, feeds) =>
      takenStep(program, ops, state, feeds, batchTensors(program, ops, feeds), {
        weights: ops.unstack(feeds('lambdas')),
        formula: { formula, inputs: inputCount > 0 ? ops.unstack(feeds('inputs')) : [] },
      }),
  };
}

function takenStep(program: Program, ops: Ops, state: Lookup, feeds: Lookup, batch: BatchTensors, mixture: Mixture): Computed {
  const { losses, weights, gradients, assigned } = weightedGradients(program, ops, parametersIn(state, program), batch, mixture);
  const finished = finishGradients(program, ops, gradients);
  return {
    outputs: { losses: stackOnce(ops, losses), ...(weights !== null && { weights }), gradientSquares: finished.squares },
    assigns: assigned,
    descent: { gradients: finished.gradients, numbers: ops.unstack(feeds('numbers')) },
  };
}

/** Kept scalars as one tensor, they themselves being disposed of. */
export function stackOnce(ops: Ops, scalars: readonly Tensor[]): Tensor {
  const stacked = ops.stack(scalars);
  for (const scalar of scalars) scalar.dispose();
  return stacked;
}
