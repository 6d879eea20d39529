/** From gradients to new weights: clipping, and the optimizer's step in operations, which an engine's own kernels must match. */
import type { ParameterSpec } from '../../networks/layer.ts';
import type { Ops, Tensor } from '../../networks/ops.ts';
import { isDeployed } from './model.ts';
import type { Optimizer } from './optimizers.ts';
import { named, type Descent, type Lookup } from './computation.ts';
import type { Program } from './program.ts';
import { namesOf } from './state.ts';

/** Clips by the norm over all parameters (Pascanu et al. 2013, algorithm 1) and answers the squared norm of each parameter's gradient before it, [n] in the
 *  order of model.trainable. */
export function finishGradients(
  program: Program,
  ops: Ops,
  gradients: ReadonlyMap<string, Tensor>,
): { readonly gradients: ReadonlyMap<string, Tensor>; readonly squares: Tensor } {
  const { trainable } = program.model;
  const ordered = trainable.map(({ path }) => named(gradients.get(path), 'gradient', path));
  const squares = ops.multiply(ops.stack(ordered.map((gradient) => ops.halfSquares(gradient))), 2);
  if (program.clipNorm === null) return { gradients, squares };
  // The deployed parameters are summed by themselves: a sum over a longer list groups its terms otherwise, and auxiliary heads of weight 0 would show.
  const parts = [true, false].map((wanted) => ordered.filter((_, position) => isDeployed(trainable[position]?.path ?? '') === wanted));
  const sums = parts.filter((part) => part.length > 0).map((part) => ops.sum(ops.stack(part.map((gradient) => ops.halfSquares(gradient)))));
  const sum = sums.reduce((before, term) => ops.add(before, term));
  const norm = ops.sqrt(ops.multiply(sum, 2));
  const factor = ops.divide(program.clipNorm, ops.larger(norm, program.clipNorm));
  return { gradients: new Map(trainable.map(({ path }, position) => [path, ops.multiply(ordered[position] as Tensor, factor)])), squares };
}

/** New values of a parameter and its slots, by name, in the order [parameter, ...slots]. */
export function descended(
  ops: Ops,
  optimizer: Optimizer,
  state: Lookup,
  { gradients, numbers }: Descent,
  spec: ParameterSpec,
): readonly (readonly [name: string, value: Tensor])[] {
  const names = namesOf(spec.path, optimizer);
  const [parameter, ...slots] = names.map(state);
  const next = optimizer.update(ops, parameter as Tensor, slots, named(gradients.get(spec.path), 'gradient', spec.path), numbers, spec);
  return next.map((value, position) => [named(names[position], 'value of the optimizer', String(position)), value]);
}
