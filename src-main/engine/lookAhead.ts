/** How the losses of a batch change along the gradient of the main loss on held-out rows after a virtual step (Liu et al., Auto-Lambda, TMLR 2022, eq. 7 and
 *  8, after DARTS): all that a forward-only hypergradient needs. Changes nothing. */
import type { Ops, Tensor } from '../networks/ops.ts';
import { isDeployed } from './model.ts';
import type { ParameterTensors, Program, StepTensors } from './program.ts';
import { trainingLosses, trainingOutputs, weightedGradients } from './program.ts';

/** A batch of held-out rows, with the labels of the main task. */
export interface HeldOutTensors {
  readonly x: Tensor;
  readonly mask: Tensor | null;
  readonly labels: Tensor;
  readonly rowWeights: Tensor;
}

export interface LookAheadTensors {
  readonly plus: readonly Tensor[]; // losses at theta + epsilon d, a task each
  readonly minus: readonly Tensor[];
  readonly epsilon: Tensor; // scalar
}

const reach = 0.01; // length of epsilon d, as in DARTS
const shortest = 1e-12; // a gradient shorter than this counts as this long

/** @param rate scalar: length of the virtual step, along the gradient of sum_i weights[i] * loss_i with weight decay */
export function lookAhead(
  program: Program,
  ops: Ops,
  parameters: ParameterTensors,
  step: StepTensors,
  heldOut: HeldOutTensors,
  rate: Tensor,
): LookAheadTensors {
  const { tf } = ops;
  const { model } = program;
  const { losses, gradients, assigned } = weightedGradients(program, ops, parameters, step);
  for (const tensor of [...losses, ...assigned.values()]) tensor.dispose();
  const moved = new Map(parameters);
  for (const { path } of model.trainable) moved.set(path, tf.sub(parameters.get(path) as Tensor, tf.mul(rate, gradients.get(path) as Tensor)));

  const deployed = model.trainable.filter(({ path }) => isDeployed(path)); // the main loss depends on no other head
  const mainLoss = (): Tensor => {
    const settled = new Map<string, Tensor>();
    const [output] = trainingOutputs(program, ops, moved, { ...heldOut, seeds: step.seeds }, settled);
    const loss = program.losses[0]?.(ops, output as Tensor, heldOut.labels, heldOut.rowWeights) as Tensor; // every program has the main task
    settled.forEach((value) => value.dispose());
    return loss;
  };
  const { grads: direction } = tf.engine().gradients(
    mainLoss,
    deployed.map(({ path }) => moved.get(path) as Tensor),
    undefined,
    true,
  );
  const squares = tf.sum(tf.stack(direction.map((gradient) => ops.halfSquares(gradient))));
  const epsilon = tf.div(reach, tf.maximum(tf.sqrt(tf.mul(squares, 2)), shortest));
  const lossesAt = (sign: 1 | -1): Tensor[] => {
    const shifted = new Map(parameters);
    deployed.forEach(({ path }, position) =>
      shifted.set(path, tf.add(parameters.get(path) as Tensor, tf.mul(tf.mul(epsilon, sign), direction[position] as Tensor))),
    );
    return trainingLosses(program, ops, shifted, { ...step, factors: null });
  };
  return { plus: lossesAt(1), minus: lossesAt(-1), epsilon };
}
