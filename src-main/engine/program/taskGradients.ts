/** Every task's own gradient, from one forward and K backward passes, and their mixture with weights from outside. */
import { size } from '../../networks/layer.ts';
import type { Ops, Tensor } from '../../networks/ops.ts';
import type { BatchTensors } from './feeds.ts';
import { lossesOf, type Gate } from './forward.ts';
import { withWeightDecay } from './gradients.ts';
import { trunkOf, type ParameterTensors, type Program } from './program.ts';

export interface TaskGradients {
  readonly losses: readonly Tensor[];
  /** Gradients of weights[i] * losses[i] on the trunk, flat in the order of model.trainable: [K, P]. */
  readonly rows: Tensor;
  readonly gramian: Tensor; // rows · rowsᵀ, [K, K]
  readonly headGradients: ReadonlyMap<string, Tensor>;
  readonly assigned: ReadonlyMap<string, Tensor>;
}

/** Losses, each task's gradient on the trunk and its own head's, and the Gramian. */
export function taskGradients(program: Program, ops: Ops, parameters: ParameterTensors, batch: BatchTensors, weights: readonly Tensor[]): TaskGradients {
  const { model } = program;
  const trunk = trunkOf(program);
  const headGradients = new Map<string, Tensor>();
  const { losses, rows, assigned } = rowsOfTasks(program, ops, parameters, batch, weights, (loss, k) => {
    const heads = model.trainable.filter((spec) => spec.path.startsWith(`head/${model.tasks[k]?.id ?? ''}/`));
    const gradients = ops.gradients(
      loss,
      [...trunk, ...heads].map((spec) => parameters.get(spec.path) as Tensor),
    );
    heads.forEach((spec, position) => headGradients.set(spec.path, ops.keep(gradients[trunk.length + position] as Tensor)));
    return gradients.slice(0, trunk.length);
  });
  return { losses, rows, gramian: ops.matMul(rows, rows, true), headGradients, assigned };
}

/** What the tasks' gradients look like at a point, without any update: losses, and inner products [K, K] of the gradients of weights[i] * losses[i] on
 *  the whole trunk, or at the deepest features that all tasks share. */
export function gradientGramian(
  program: Program,
  ops: Ops,
  parameters: ParameterTensors,
  batch: BatchTensors,
  weights: readonly Tensor[],
  over: 'trunk' | 'representation',
): { readonly losses: readonly Tensor[]; readonly gramian: Tensor } {
  const trunk = trunkOf(program).map((spec) => parameters.get(spec.path) as Tensor);
  let features: Tensor | undefined;
  const into: Gate = (value, task) => {
    if (task === program.model.firstHead) features = value;
    return value;
  };
  const row = (loss: () => Tensor): readonly Tensor[] => ops.gradients(loss, over === 'trunk' ? trunk : [features as Tensor]); // set by the forward pass
  const { losses, rows, assigned } = rowsOfTasks(program, ops, parameters, batch, weights, row, into);
  assigned.forEach((value) => value.dispose());
  return { losses, gramian: ops.matMul(rows, rows, true) };
}

/** The gradient by path from weights [K] over the rows [K, P] of the trunk and the heads' own gradients. */
export function combineGradients(
  program: Program,
  ops: Ops,
  parameters: ParameterTensors,
  rows: Tensor,
  weights: Tensor,
  headGradients: ReadonlyMap<string, Tensor>,
): Map<string, Tensor> {
  const trunk = trunkOf(program);
  const flat = ops.flatten(ops.matMul(ops.reshape(weights, [1, weights.size]), rows));
  const parts = ops.split(
    flat,
    trunk.map((spec) => size(spec.shape)),
  );
  const gradients = new Map(headGradients);
  trunk.forEach((spec, position) => gradients.set(spec.path, ops.reshape(parts[position] as Tensor, spec.shape)));
  return withWeightDecay(program, ops, parameters, gradients);
}

/** Runs the forward pass once and asks for every task's row of gradients of weights[k] * losses[k]; the rows are flattened and stacked, [K, P]. */
function rowsOfTasks(
  program: Program,
  ops: Ops,
  parameters: ParameterTensors,
  batch: BatchTensors,
  weights: readonly Tensor[],
  row: (weightedLoss: () => Tensor, task: number) => readonly Tensor[],
  into?: Gate,
): { readonly losses: readonly Tensor[]; readonly rows: Tensor; readonly assigned: ReadonlyMap<string, Tensor> } {
  const assigned = new Map<string, Tensor>();
  let losses: Tensor[] = [];
  let rows: Tensor[] = [];
  ops.together(() => {
    losses = lossesOf(program, ops, parameters, batch, assigned, into).map((loss) => ops.keep(loss));
    rows = losses.map((loss, k) => {
      const parts = row(() => ops.multiply(loss, weights[k] as Tensor), k); // as many weights as tasks
      return ops.keep(
        ops.concat(
          parts.map((gradient) => ops.flatten(gradient)),
          0,
        ),
      );
    });
  });
  const stacked = ops.stack(rows);
  rows.forEach((tensor) => tensor.dispose());
  return { losses, rows: stacked, assigned };
}
