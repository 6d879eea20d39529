/** A network with the heads of its tasks, as one function of parameters and a batch. Pure: it holds shapes and paths, never values. */
import type { InputShape } from '../../contract/inputShape.ts';
import { LabError } from '../../contract/errors.ts';
import type { BuiltLayer, LayerRun, ParameterSpec } from '../../networks/layer.ts';
import { size } from '../../networks/layer.ts';
import type { Trunk } from '../../networks/network.ts';
import { depthNames, depthShape } from '../../networks/network.ts';
import type { Tensor } from '../../networks/ops.ts';

export interface ModelTask {
  readonly id: string;
  readonly depth: string; // 'end' or a depth of the trunk
  readonly outputs: number;
}

export interface Model {
  readonly input: InputShape;
  readonly tasks: readonly ModelTask[];
  readonly parameters: readonly ParameterSpec[]; // sorted by path; trained ones and states
  readonly trainable: readonly ParameterSpec[];
  readonly states: readonly ParameterSpec[];
  readonly trunkPaths: ReadonlySet<string>; // trained parameters that the tasks share
  readonly streams: readonly string[]; // random streams of the layers
  readonly parameterCount: { readonly total: number; readonly deployed: number };
  readonly firstHead: number; // the task whose head sits first in the trunk: what it gets is the deepest representation that all tasks share
  /** Outputs [B, outputs] of every task for x [B, ...input].
   *  @param into what a task's head gets in place of the features at its depth */
  forward(x: Tensor, run: LayerRun, into?: (features: Tensor, task: number) => Tensor): Tensor[];
}

/** @throws LabError bad-input when a task names a depth that the trunk has not */
export function buildModel(input: InputShape, trunk: Trunk, tasks: readonly ModelTask[]): Model {
  const heads = tasks.map((task): BuiltLayer => {
    const shape = depthShape(trunk, task.depth);
    if (shape === undefined) {
      throw new LabError('bad-input', `The network has no depth "${task.depth}" for task ${task.id}. It has: ${[...depthNames(trunk), 'end'].join(', ')}.`);
    }
    return trunk.head(task.depth, task.outputs)(shape, `head/${task.id}`);
  });
  const trunkLayers = trunk.stages.map((stage) => stage.layer);
  const byPath = (a: ParameterSpec, b: ParameterSpec): number => (a.path < b.path ? -1 : 1);
  const parameters = [...trunkLayers, ...heads].flatMap((layer) => layer.parameters).sort(byPath);
  const trainable = parameters.filter((spec) => spec.role !== 'state');
  const count = (specs: readonly ParameterSpec[]): number => specs.reduce((sum, spec) => sum + size(spec.shape), 0);
  const deployed = parameters.filter((spec) => isDeployed(spec.path));
  return {
    input,
    tasks,
    parameters,
    trainable,
    states: parameters.filter((spec) => spec.role === 'state'),
    trunkPaths: new Set(trainable.filter((spec) => spec.path.startsWith('trunk/')).map((spec) => spec.path)),
    streams: [...trunkLayers, ...heads].flatMap((layer) => layer.streams),
    parameterCount: { total: count(parameters), deployed: count(deployed) },
    firstHead: firstOf(tasks.map((task) => (task.depth === 'end' ? Infinity : trunk.stages.findIndex((stage) => stage.depth === task.depth)))),
    forward: (x, run, into = (features) => features) => {
      const features = new Map<string, Tensor>();
      let value = x;
      for (const stage of trunk.stages) {
        value = stage.layer.apply(value, run);
        if (stage.depth !== null) features.set(stage.depth, value);
      }
      features.set('end', value);
      return heads.map((head, k) => head.apply(into(features.get(tasks[k]?.depth ?? 'end') ?? value, k), run));
    },
  };
}

function firstOf(places: readonly number[]): number {
  return places.reduce((best, place, task) => (place < (places[best] ?? Infinity) ? task : best), 0);
}

/** Whether a parameter stays when the auxiliary heads are dropped: the trunk and the main head. */
export function isDeployed(path: string): boolean {
  return path.startsWith('trunk/') || path.startsWith('head/main/');
}
