/** The network of an experiment: chosen by the kind of input unless told, checked against the data's shape and the arms' depths. */
import { LabError, unknownName } from '../../contract/errors.ts';
import { checkParams, type Params } from '../../contract/params.ts';
import type { Plan } from '../../contract/plan.ts';
import type { InputShape } from '../../contract/inputShape.ts';
import { countParameters } from '../../networks/describe.ts';
import { network as networkById, networksFor } from '../../networks/index.ts';
import type { Network } from '../../networks/network.ts';
import { depthNames, depthShape, type Trunk } from '../../networks/network.ts';
import type { TaskJob } from '../../engine/protocol.ts';
import { method } from '../../methods/index.ts';
import type { DesignArm } from '../../contract/design.ts';

const inceptionSide = 20; // pixels; under it mini-inception's pooling leaves nothing to see

const usualCore: Readonly<Record<InputShape['kind'], Network['core']>> = { table: 'dense', image: 'convolutional', sequence: 'recurrent' };

/** The first network of the list whose arithmetic is made for such data; for images that are large enough mini-inception. */
export function defaultNetwork(input: InputShape): string {
  const fitting = networksFor(input.kind);
  const isLarge = input.kind === 'image' && Math.min(input.shape[0], input.shape[1]) >= inceptionSide;
  const found =
    (isLarge ? fitting.find(({ id }) => id === 'mini-inception') : undefined) ?? fitting.find(({ core }) => core === usualCore[input.kind]) ?? fitting[0];
  return found?.id ?? 'mlp';
}

export interface ResolvedNetwork {
  readonly id: string;
  readonly params: Params;
  readonly parameters: number; // trunk and heads of the largest arm
}

/** @param outputs numbers a head of a target gives: its classes, or 1
 *  @throws LabError bad-input when the network does not take such data, or has no depth of a task's name */
export function resolveNetwork(plan: Plan['network'], input: InputShape, arms: readonly DesignArm[], outputs: (target: string) => number): ResolvedNetwork {
  const id = plan.id ?? defaultNetwork(input);
  const definition = networkById(id);
  const params = checkParams(`network ${id}`, definition.params, plan.params);
  const trunk = definition.build(input, params);
  const depths = depthNames(trunk);
  const shared = countParameters(trunk.stages.flatMap(({ layer }) => layer.parameters)).trained;
  let largest = 0;
  for (const arm of arms) {
    let heads = 0;
    for (const [at, task] of arm.tasks.entries()) {
      if (task.depth !== 'end' && !depths.includes(task.depth)) throw unknownDepth(id, task.depth, depths);
      if (at > 0 && method(arm.method.id).needs === 'gramian') checkShared(arm, task, trunk);
      heads += headParameters(trunk, task.depth, outputs(task.target), `heads/${at}`);
    }
    largest = Math.max(largest, heads);
  }
  return { id, params, parameters: shared + largest };
}

/** @throws LabError bad-input when gradients are to be compared on layers that a task does not share */
function checkShared(arm: DesignArm, task: TaskJob, trunk: Trunk): void {
  const end = task.depth === 'end' ? trunk.stages.length : trunk.stages.findIndex(({ depth }) => depth === task.depth) + 1;
  if (countParameters(trunk.stages.slice(0, end).flatMap(({ layer }) => layer.parameters)).trained > 0) return;
  throw new LabError(
    'bad-input',
    `Method ${arm.method.id} compares gradients on shared layers, and the head of "${task.id}" at ${task.depth} ` +
      'shares none with the main task. Put the head deeper, or use a method over losses such as fixed.',
  );
}

function headParameters(trunk: Trunk, depth: string, outputs: number, path: string): number {
  return countParameters(trunk.head(depth, outputs)(depthShape(trunk, depth) ?? [], path).parameters).trained;
}

function unknownDepth(network: string, depth: string, depths: readonly string[]): LabError {
  if (depths.length > 0) return unknownName(`depth of network ${network}`, depth, [...depths, 'end']);
  return new LabError('bad-input', `Network ${network} has no depths inside for heads. Leave out "depth": "${depth}", so that the head sits at the end.`);
}
