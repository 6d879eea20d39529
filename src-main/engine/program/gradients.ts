/** The gradient of the weighted sum of all losses, from one forward and one backward pass. */
import type { WeightFormula } from '../../methods/arithmetic.ts';
import type { Ops, Tensor } from '../../networks/ops.ts';
import type { BatchTensors } from './feeds.ts';
import { lossesOf, type Gate } from './forward.ts';
import type { ParameterTensors, Program } from './program.ts';

export interface Gradients {
  readonly losses: readonly Tensor[]; // scalars, unweighted
  readonly weights: Tensor | null; // [K] that the formula gave; null without one
  readonly gradients: ReadonlyMap<string, Tensor>; // of sum_i weights[i] * losses[i], by path
  readonly assigned: ReadonlyMap<string, Tensor>; // new values of state parameters
}

/** How the losses of a step are mixed. */
export interface Mixture {
  readonly weights: readonly Tensor[]; // a task each, scalar
  /** Scalars, a task each, that its gradient is multiplied with on the way into the trunk. */
  readonly factors?: readonly Tensor[];
  /** Gives weights from the step's own losses, which `weights` are multiplied with; they count as constants for the gradient. */
  readonly formula?: { readonly formula: WeightFormula; readonly inputs: readonly Tensor[] };
}

export function weightedGradients(program: Program, ops: Ops, parameters: ParameterTensors, batch: BatchTensors, mixture: Mixture): Gradients {
  const { factors, formula } = mixture;
  const gate: Gate | undefined = factors === undefined ? undefined : (features, task) => ops.scaleGradient(features, factors[task] as Tensor);
  const paths = program.model.trainable.map((spec) => spec.path);
  const assigned = new Map<string, Tensor>();
  let losses: Tensor[] = [];
  let weights: Tensor | null = null;
  const total = (): Tensor => {
    losses = lossesOf(program, ops, parameters, batch, assigned, gate).map((loss) => ops.keep(loss));
    if (formula !== undefined) {
      const found = ops.constant(() => ops.stack(formula.formula.weights(ops, losses, formula.inputs)));
      weights = ops.keep(found);
      return ops.sum(ops.multiply(ops.multiply(ops.stack(losses), ops.stack(mixture.weights)), found));
    }
    const terms = losses.map((loss, k) => ops.multiply(loss, mixture.weights[k] as Tensor)); // as many weights as tasks
    return terms.reduce((sum, term) => ops.add(sum, term));
  };
  const found = ops.gradients(
    total,
    paths.map((path) => parameters.get(path) as Tensor),
  );
  const gradients = new Map(paths.map((path, position) => [path, found[position] as Tensor]));
  return { losses, weights, gradients: withWeightDecay(program, ops, parameters, gradients), assigned };
}

/** Coupled weight decay: a part of the gradient of kernels. */
export function withWeightDecay(program: Program, ops: Ops, parameters: ParameterTensors, gradients: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  const decayed = new Map(gradients);
  if (program.l2 === 0) return decayed;
  for (const spec of program.model.trainable) {
    if (spec.role !== 'kernel') continue;
    const gradient = gradients.get(spec.path);
    if (gradient !== undefined) decayed.set(spec.path, ops.add(gradient, ops.multiply(parameters.get(spec.path) as Tensor, program.l2)));
  }
  return decayed;
}
