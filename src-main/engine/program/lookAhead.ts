/** How the losses of a batch change along the gradient of the main loss on held-out rows after a virtual step (Liu et al., Auto-Lambda, TMLR 2022, eq. 7 and
 *  8, after DARTS): all that a forward-only hypergradient needs. Changes nothing. */
import type { Ops, Tensor } from '../../networks/ops.ts';
import { isDeployed } from './model.ts';
import { floats, named, type Computation } from './computation.ts';
import { batchSpecs, batchTensors, heldOutSpecs, heldOutTensors, type BatchTensors, type HeldOutTensors } from './feeds.ts';
import { trainingLosses, trainingOutputs } from './forward.ts';
import { weightedGradients } from './gradients.ts';
import { parametersIn, type ParameterTensors, type Program } from './program.ts';

interface LookAhead {
  readonly plus: readonly Tensor[]; // losses at theta + epsilon d, a task each
  readonly minus: readonly Tensor[];
  readonly epsilon: Tensor; // scalar
}

const reach = 0.01; // length of epsilon d, as in DARTS
const shortest = 1e-12; // a gradient shorter than this counts as this long

/** 'rate' is the length of the virtual step, along the gradient of sum_i weights[i] * loss_i with weight decay. */
export function lookAheadComputation(program: Program): Computation {
  const count = program.model.tasks.length;
  return {
    name: 'lookAhead',
    feeds: { ...batchSpecs(program), ...heldOutSpecs(program), weights: floats(count), rate: floats() },
    outputs: { plus: floats(count), minus: floats(count), epsilon: floats() },
    compute: (ops, state, feeds) => {
      const batch = batchTensors(program, ops, feeds);
      const parameters = parametersIn(state, program);
      const { plus, minus, epsilon } = lookAhead(program, ops, parameters, batch, ops.unstack(feeds('weights')), heldOutTensors(program, feeds), feeds('rate'));
      return { outputs: { plus: ops.stack(plus), minus: ops.stack(minus), epsilon }, assigns: new Map(), descent: null };
    },
  };
}

function lookAhead(
  program: Program,
  ops: Ops,
  parameters: ParameterTensors,
  batch: BatchTensors,
  weights: readonly Tensor[],
  heldOut: HeldOutTensors,
  rate: Tensor,
): LookAhead {
  const { model } = program;
  const { losses, gradients, assigned } = weightedGradients(program, ops, parameters, batch, { weights });
  for (const tensor of [...losses, ...assigned.values()]) tensor.dispose();
  const moved = new Map(parameters);
  for (const { path } of model.trainable)
    moved.set(path, ops.subtract(parameters.get(path) as Tensor, ops.multiply(rate, named(gradients.get(path), 'gradient', path))));

  const deployed = model.trainable.filter(({ path }) => isDeployed(path)); // the main loss depends on no other head
  const mainLoss = (): Tensor => {
    const settled = new Map<string, Tensor>();
    const [output] = trainingOutputs(program, ops, moved, { ...heldOut, seeds: batch.seeds }, settled);
    const loss = named(program.losses[0], 'loss', '0')(ops, output as Tensor, heldOut.labels, heldOut.rowWeights); // every program has the main task
    settled.forEach((value) => value.dispose());
    return loss;
  };
  const direction = ops.gradients(
    mainLoss,
    deployed.map(({ path }) => moved.get(path) as Tensor),
  );
  const squares = ops.sum(ops.stack(direction.map((gradient) => ops.halfSquares(gradient))));
  const epsilon = ops.divide(reach, ops.larger(ops.sqrt(ops.multiply(squares, 2)), shortest));
  const lossesAt = (sign: 1 | -1): Tensor[] => {
    const shifted = new Map(parameters);
    deployed.forEach(({ path }, position) =>
      shifted.set(path, ops.add(parameters.get(path) as Tensor, ops.multiply(ops.multiply(epsilon, sign), direction[position] as Tensor))),
    );
    return trainingLosses(program, ops, shifted, batch);
  };
  return { plus: lossesAt(1), minus: lossesAt(-1), epsilon };
}
