/** Where intermediate classifiers sit in the network that trains on data of a given shape. */
import { checkParams } from '../../contract/params.ts';
import type { DatasetPicture } from '../../contract/calls.ts';
import type { DeepReadonly } from '../../contract/readonly.ts';
import { network as networkById } from '../../networks/index.ts';
import { depthNames } from '../../networks/network.ts';
import { exactShape } from './inspect.ts';
import { defaultNetwork } from './resolveNetwork.ts';

export interface HeadDepths {
  readonly network: string;
  readonly all: readonly string[]; // shallowest first
  /** @param count at most as many as there are     @returns different depths, shallowest first */
  readonly suggested: (count: number) => readonly string[];
}

/** @param wanted null: the network that fits the data best
 *  @throws LabError bad-input when the network does not take such data */
export function headDepths(
  wanted: { readonly id: string; readonly params: Readonly<Record<string, unknown>> } | null,
  input: DeepReadonly<DatasetPicture['input']>,
): HeadDepths {
  const shape = exactShape(input);
  const network = networkById(wanted?.id ?? defaultNetwork(shape));
  const trunk = network.build(shape, checkParams(`network ${network.id}`, network.params, wanted?.params ?? {}));
  return { network: network.id, all: depthNames(trunk), suggested: (count) => trunk.suggestedDepths(count) };
}
