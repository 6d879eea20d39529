/** The forward pass: outputs of every task, losses of a batch. */
import type { LayerRun } from '../../networks/layer.ts';
import type { Ops, Tensor } from '../../networks/ops.ts';
import { named } from './computation.ts';
import type { BatchTensors } from './feeds.ts';
import type { ParameterTensors, Program } from './program.ts';

/** What a task's head gets in place of the features at its depth. */
export type Gate = (features: Tensor, task: number) => Tensor;

/** Outputs of every task in inference mode. */
export function predictions(program: Program, ops: Ops, parameters: ParameterTensors, x: Tensor, mask: Tensor | null): Tensor[] {
  return program.model.forward(x, layerRun(ops, parameters, mask, false, new Map(), new Map()));
}

/** Outputs of every task in training mode, [B, outputs] each.  @param assigned gets new values of state parameters */
export function trainingOutputs(
  program: Program,
  ops: Ops,
  parameters: ParameterTensors,
  batch: Pick<BatchTensors, 'x' | 'mask' | 'seeds'>,
  assigned: Map<string, Tensor>,
  into?: Gate,
): Tensor[] {
  return program.model.forward(batch.x, layerRun(ops, parameters, batch.mask, true, batch.seeds, assigned), into);
}

/** Losses of a training batch, unweighted scalars, a task each.  @param assigned gets new values of state parameters */
export function lossesOf(program: Program, ops: Ops, parameters: ParameterTensors, batch: BatchTensors, assigned: Map<string, Tensor>, into?: Gate): Tensor[] {
  const outputs = trainingOutputs(program, ops, parameters, batch, assigned, into);
  const of = <T>(list: readonly T[], task: number, what: string): T => named(list[task], what, String(task));
  return outputs.map((output, k) => of(program.losses, k, 'loss')(ops, output, of(batch.labels, k, 'labels'), of(batch.rowWeights, k, 'row weights')));
}

/** The same without any update. */
export function trainingLosses(program: Program, ops: Ops, parameters: ParameterTensors, batch: BatchTensors): Tensor[] {
  const assigned = new Map<string, Tensor>();
  const losses = lossesOf(program, ops, parameters, batch, assigned);
  assigned.forEach((value) => value.dispose());
  return losses;
}

function layerRun(
  ops: Ops,
  parameters: ParameterTensors,
  mask: Tensor | null,
  training: boolean,
  seeds: ReadonlyMap<string, Tensor>,
  assigned: Map<string, Tensor>,
): LayerRun {
  return {
    ops,
    training,
    mask,
    parameter: (path) => named(parameters.get(path), 'parameter of the model', path),
    assign: (path, value) => assigned.set(path, ops.keep(value)),
    uniform: (stream, shape) => ops.uniform(named(seeds.get(stream), 'random stream of the model', stream), shape),
  };
}
