/** Where intermediate classifiers sit in a network that trains on data of a given shape. */
import type { DatasetPicture } from '../contract/calls.ts';
import { LabError } from '../contract/errors.ts';
import type { DeepReadonly } from '../contract/readonly.ts';
import { checkParams } from '../contract/params.ts';
import type { InputShape } from '../data/dataset.ts';
import { depthNames } from '../networks/network.ts';
import type { Network } from '../networks/network.ts';

/** @returns `count` different depths, shallowest first
 *  @throws LabError bad-input when the network does not take such data or has fewer depths */
export function suggestedHeadDepths(network: Network, params: Readonly<Record<string, unknown>>, input: InputShape, count: number): readonly string[] {
  const trunk = network.build(input, checkParams(`network ${network.id}`, network.params, params));
  const names = depthNames(trunk);
  if (count > names.length) {
    const depths = names.length === 1 ? '1 depth' : `${names.length} depths`;
    const list = names.length === 0 ? '' : ` (${names.join(', ')})`;
    throw new LabError('bad-input', `Option --heads: network ${network.id} has ${depths} for intermediate heads${list}. Received: ${count}.`);
  }
  return trunk.suggestedDepths(count);
}

/** @throws Error when the lab reports a shape that its kind cannot have */
export function inputShape({ kind, shape }: DeepReadonly<DatasetPicture['input']>): InputShape {
  const [a, b, c] = shape;
  if (kind === 'table' && a !== undefined) return { kind, shape: [a] };
  if (kind === 'image' && a !== undefined && b !== undefined && c !== undefined) return { kind, shape: [a, b, c] };
  if (kind === 'sequence' && a !== undefined && b !== undefined) return { kind, shape: [a, b] };
  throw new Error(`An input of kind ${kind} cannot have the shape [${shape.join(', ')}].`);
}
