/** The training computation as tensor functions, the same for the eager and the captured engine: losses, gradients, their Gramian, their combination. */
import type { WeightFormula } from '../methods/arithmetic.ts';
import type { Model } from './model.ts';
import { isDeployed } from './model.ts';
import { tensorArithmetic } from '../networks/tensorArithmetic.ts';
import type { LayerRun } from '../networks/layer.ts';
import { size } from '../networks/layer.ts';
import type { Ops, Tensor, Tf } from '../networks/ops.ts';

/** A task's loss as a tensor function: output [B, O], labels [B, O], row weights [B] -> scalar. */
export type LossFunction = (ops: Ops, output: Tensor, labels: Tensor, rowWeights: Tensor) => Tensor;

export interface Program {
  readonly model: Model;
  readonly losses: readonly LossFunction[]; // one a task
  readonly labelGroups: readonly number[]; // tasks of one group have the same labels and row weights, which are handed over once
  readonly batch: number;
  readonly evaluationBatch: number;
  readonly heldOutBatch: number | null; // rows of a batch of held-out rows; null: the method needs none
  readonly clipNorm: number | null;
  readonly l2: number; // coupled weight decay: added to the gradient of kernels as l2 * kernel
}

/** The tensors that change from step to step. */
export interface StepTensors {
  readonly x: Tensor; // [B, ...input]
  readonly mask: Tensor | null; // [B, T]
  readonly labels: readonly Tensor[]; // a task each, [B, O]
  readonly rowWeights: readonly Tensor[]; // a task each, [B]
  readonly weights: readonly Tensor[]; // a task each, scalar
  readonly factors: readonly Tensor[] | null; // a task each, scalar: what its gradient is multiplied with on the way into the trunk; null: nothing
  readonly formulaInputs: readonly Tensor[]; // scalars
  readonly seeds: ReadonlyMap<string, Tensor>; // stream -> int32 [2]
}

export type ParameterTensors = ReadonlyMap<string, Tensor>;

export interface Gradients {
  readonly losses: readonly Tensor[]; // scalars, unweighted
  readonly weights: Tensor | null; // [K] that the formula gave; null without one
  readonly gradients: ReadonlyMap<string, Tensor>; // of sum_i weights[i] * losses[i], by path
  readonly assigned: ReadonlyMap<string, Tensor>; // new values of state parameters
}

export interface TaskGradients {
  readonly losses: readonly Tensor[];
  /** Gradients of weights[i] * losses[i] on the trunk, flat in the order of model.trainable: [K, P]. */
  readonly rows: Tensor;
  /** rows · rowsᵀ, [K, K] */
  readonly gramian: Tensor;
  readonly headGradients: ReadonlyMap<string, Tensor>;
  readonly assigned: ReadonlyMap<string, Tensor>;
}

/** Outputs of every task in inference mode. */
export function predictions(program: Program, ops: Ops, parameters: ParameterTensors, x: Tensor, mask: Tensor | null): Tensor[] {
  return program.model.forward(x, layerRun(ops, parameters, mask, false, new Map(), new Map()));
}

/** Losses of a training batch without any update. */
export function trainingLosses(program: Program, ops: Ops, parameters: ParameterTensors, step: StepTensors): Tensor[] {
  const assigned = new Map<string, Tensor>();
  const losses = lossesOf(program, ops, parameters, step, assigned);
  assigned.forEach((value) => value.dispose());
  return losses;
}

/** Losses and the gradient of their weighted sum, from one forward and one backward pass.
 *  @param formula gives weights from the step's own losses, which the step's weights are multiplied with; they count as constants for the gradient */
export function weightedGradients(program: Program, ops: Ops, parameters: ParameterTensors, step: StepTensors, formula?: WeightFormula): Gradients {
  const { tf } = ops;
  const paths = program.model.trainable.map((spec) => spec.path);
  const assigned = new Map<string, Tensor>();
  let losses: Tensor[] = [];
  let weights: Tensor | null = null;
  const total = (): Tensor => {
    losses = lossesOf(program, ops, parameters, step, assigned).map((loss) => tf.keep(loss));
    if (formula !== undefined) {
      const computed = offTape(tf, () => tf.stack([...formula.weights(tensorArithmetic(tf), losses, step.formulaInputs)]));
      weights = tf.keep(computed);
      return tf.sum(tf.mul(tf.mul(tf.stack(losses), tf.stack([...step.weights])), computed));
    }
    const terms = losses.map((loss, k) => tf.mul(loss, step.weights[k] as Tensor));
    return terms.reduce((sum, term) => tf.add(sum, term));
  };
  const tensors = paths.map((path) => parameters.get(path) as Tensor);
  const { grads } = tf.engine().gradients(total, tensors, undefined, true);
  const gradients = new Map(paths.map((path, position) => [path, grads[position] ?? tf.zerosLike(tensors[position] as Tensor)]));
  return { losses, weights, gradients: withWeightDecay(program, ops, parameters, gradients), assigned };
}

/** Losses, each task's gradient on the trunk and its own head's, and the Gramian: one forward pass, K backward passes. */
export function taskGradients(program: Program, ops: Ops, parameters: ParameterTensors, step: StepTensors): TaskGradients {
  const { tf } = ops;
  const { model } = program;
  const trunk = trunkSpecs(program);
  const headGradients = new Map<string, Tensor>();
  const { losses, rows, assigned } = rowsOfTasks(program, ops, parameters, step, (loss, k) => {
    const heads = model.trainable.filter((spec) => spec.path.startsWith(`head/${model.tasks[k]?.id ?? ''}/`));
    const gradients = gradientsOf(
      ops,
      loss,
      [...trunk, ...heads].map((spec) => parameters.get(spec.path) as Tensor),
    );
    heads.forEach((spec, position) => headGradients.set(spec.path, tf.keep(gradients[trunk.length + position] as Tensor)));
    return gradients.slice(0, trunk.length);
  });
  return { losses, rows, gramian: tf.matMul(rows, rows, false, true), headGradients, assigned };
}

/** What the tasks' gradients look like at a point, without any update: losses, and inner products [K, K] of the gradients of weights[i] * losses[i] on
 *  the whole trunk, or at the deepest features that all tasks share. */
export function gradientGramian(
  program: Program,
  ops: Ops,
  parameters: ParameterTensors,
  step: StepTensors,
  over: 'trunk' | 'representation',
): { readonly losses: readonly Tensor[]; readonly gramian: Tensor } {
  const { tf } = ops;
  const trunk = trunkSpecs(program).map((spec) => parameters.get(spec.path) as Tensor);
  let features: Tensor | undefined;
  const into = (value: Tensor, task: number): Tensor => {
    if (task === program.model.firstHead) features = value;
    return value;
  };
  const { losses, rows, assigned } = rowsOfTasks(
    program,
    ops,
    parameters,
    step,
    (loss) => gradientsOf(ops, loss, over === 'trunk' ? trunk : [features as Tensor]),
    into,
  );
  assigned.forEach((value) => value.dispose());
  return { losses, gramian: tf.matMul(rows, rows, false, true) };
}

/** Runs the forward pass once and asks for every task's row of gradients of weights[k] * losses[k]; the rows are flattened and stacked, [K, P]. */
function rowsOfTasks(
  program: Program,
  ops: Ops,
  parameters: ParameterTensors,
  step: StepTensors,
  row: (weightedLoss: () => Tensor, task: number) => readonly Tensor[],
  into?: (features: Tensor, task: number) => Tensor,
): { readonly losses: readonly Tensor[]; readonly rows: Tensor; readonly assigned: ReadonlyMap<string, Tensor> } {
  const { tf } = ops;
  const assigned = new Map<string, Tensor>();
  let losses: Tensor[] = [];
  let rows: Tensor[] = [];
  // The outer call only keeps the tape open, so that every inner call finds the whole forward pass on it.
  const forwardOnce = (): Tensor => {
    losses = lossesOf(program, ops, parameters, step, assigned, into).map((loss) => tf.keep(loss));
    rows = losses.map((loss, k) => {
      const parts = row(() => tf.mul(loss, step.weights[k] as Tensor), k);
      return tf.keep(tf.concat(parts.map((gradient) => tf.reshape(gradient, [gradient.size]))));
    });
    return losses[0] as Tensor;
  };
  tf.engine().gradients(forwardOnce, [tf.scalar(0)], undefined, true);
  const stacked = tf.stack(rows);
  rows.forEach((tensor) => tensor.dispose());
  return { losses, rows: stacked, assigned };
}

/** Gradients of a scalar; zeros where it does not depend on a tensor. */
function gradientsOf({ tf }: Ops, scalar: () => Tensor, tensors: Tensor[]): Tensor[] {
  const { grads } = tf.engine().gradients(scalar, tensors, undefined, true);
  return grads.map((gradient, position) => gradient ?? tf.zerosLike(tensors[position] as Tensor));
}

function trunkSpecs({ model }: Program): Model['trainable'] {
  return model.trainable.filter((spec) => model.trunkPaths.has(spec.path));
}

/** The gradient by path from weights [K] over the rows [K, P] of the trunk and the heads' own gradients. */
export function combineGradients(
  program: Program,
  ops: Ops,
  parameters: ParameterTensors,
  rows: Tensor,
  weights: readonly Tensor[],
  headGradients: ReadonlyMap<string, Tensor>,
): Map<string, Tensor> {
  const { tf } = ops;
  const trunk = trunkSpecs(program);
  const flat = tf.reshape(tf.matMul(tf.expandDims(tf.stack([...weights]), 0), rows), [rows.shape[1] ?? 0]);
  const parts = tf.split(
    flat,
    trunk.map((spec) => size(spec.shape)),
  );
  const gradients = new Map(headGradients);
  trunk.forEach((spec, position) => gradients.set(spec.path, tf.reshape(parts[position] as Tensor, [...spec.shape])));
  return withWeightDecay(program, ops, parameters, gradients);
}

/** Clips by the norm over all parameters (Pascanu et al. 2013, algorithm 1) and answers the squared norm of each parameter's gradient before it, [n] in the order of model.trainable. */
export function finishGradients(
  program: Program,
  ops: Ops,
  gradients: ReadonlyMap<string, Tensor>,
): { readonly gradients: ReadonlyMap<string, Tensor>; readonly squares: Tensor } {
  const { tf } = ops;
  const ordered = program.model.trainable.map((spec) => gradients.get(spec.path) as Tensor);
  const squares = tf.mul(tf.stack(ordered.map((gradient) => ops.halfSquares(gradient))), 2);
  if (program.clipNorm === null) return { gradients, squares };
  // The deployed parameters are summed by themselves: a sum over a longer list groups its terms otherwise, and auxiliary heads of weight 0 would show.
  const parts = [true, false].map((wanted) => ordered.filter((_, position) => isDeployed(program.model.trainable[position]?.path ?? '') === wanted));
  const sums = parts.filter((part) => part.length > 0).map((part) => tf.sum(tf.stack(part.map((gradient) => ops.halfSquares(gradient)))));
  const norm = tf.sqrt(
    tf.mul(
      sums.reduce((sum, term) => tf.add(sum, term)),
      2,
    ),
  );
  const factor = tf.div(program.clipNorm, tf.maximum(norm, program.clipNorm));
  return { gradients: new Map(program.model.trainable.map((spec, position) => [spec.path, tf.mul(ordered[position] as Tensor, factor)])), squares };
}

/** Outputs of every task in training mode, [B, outputs] each. */
export function trainingOutputs(
  program: Program,
  ops: Ops,
  parameters: ParameterTensors,
  batch: Pick<StepTensors, 'x' | 'mask' | 'seeds'>,
  assigned: Map<string, Tensor>,
  into?: (features: Tensor, task: number) => Tensor,
): Tensor[] {
  return program.model.forward(batch.x, layerRun(ops, parameters, batch.mask, true, batch.seeds, assigned), into);
}

function lossesOf(
  program: Program,
  ops: Ops,
  parameters: ParameterTensors,
  step: StepTensors,
  assigned: Map<string, Tensor>,
  into?: (features: Tensor, task: number) => Tensor,
): Tensor[] {
  const { factors } = step;
  const gate = factors === null ? into : (features: Tensor, task: number): Tensor => scaleGradient(ops.tf, features, factors[task] as Tensor);
  const outputs = trainingOutputs(program, ops, parameters, step, assigned, gate);
  return outputs.map((output, k) => (program.losses[k] as LossFunction)(ops, output, step.labels[k] as Tensor, step.rowWeights[k] as Tensor));
}

/** The value of a computation as a constant: nothing that it uses gets a gradient through it. */
function offTape(tf: Tf, compute: () => Tensor): Tensor {
  return tf.customGrad(() => ({ value: compute(), gradFunc: () => [] }))(); // the tape rests inside of a custom operation
}

/** x itself, whose gradient is multiplied with a scalar on the way back. */
function scaleGradient(tf: Tf, x: Tensor, factor: Tensor): Tensor {
  return tf.customGrad((value) => ({ value: tf.clone(value as Tensor), gradFunc: (dy: Tensor) => tf.mul(dy, factor) }))(x);
}

function layerRun(
  ops: Ops,
  parameters: ParameterTensors,
  mask: Tensor | null,
  training: boolean,
  seeds: ReadonlyMap<string, Tensor>,
  assigned: Map<string, Tensor>,
): LayerRun {
  const named = <T>(map: ReadonlyMap<string, T>, name: string): T => {
    const value = map.get(name);
    if (value === undefined) throw new Error(`The layer asks for "${name}", which the model did not declare.`);
    return value;
  };
  return {
    ops,
    training,
    mask,
    parameter: (path) => named(parameters, path),
    assign: (path, value) => assigned.set(path, ops.tf.keep(value)),
    uniform: (stream, shape) => ops.uniform(named(seeds, stream), shape),
  };
}

function withWeightDecay(program: Program, ops: Ops, parameters: ParameterTensors, gradients: ReadonlyMap<string, Tensor>): Map<string, Tensor> {
  const decayed = new Map(gradients);
  if (program.l2 === 0) return decayed;
  for (const spec of program.model.trainable) {
    if (spec.role !== 'kernel') continue;
    const gradient = gradients.get(spec.path);
    if (gradient !== undefined) decayed.set(spec.path, ops.tf.add(gradient, ops.tf.mul(parameters.get(spec.path) as Tensor, program.l2)));
  }
  return decayed;
}
