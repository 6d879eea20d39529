/** The network that is offered where the one of a plan would train for very long. */
import { size } from '../../networks/layer.ts';
import { mlp } from '../../networks/mlp.ts';
import { checkParams } from '../../contract/params.ts';
import type { SettledDesign } from '../../contract/design.ts';

const units = 64;
const fewestLayers = 2;

/** A small dense network with room for as many intermediate heads as there are depths; every data set fits it. For timing alone the heads sit at its end.
 *  @returns null when the network is about as small already */
export function smallerNetwork(design: SettledDesign): { readonly layers: number; readonly units: number; readonly design: SettledDesign } | null {
  const depths = new Set(design.arms.flatMap(({ tasks }) => tasks.map(({ depth }) => depth)).filter((depth) => depth !== 'end'));
  const layers = Math.max(fewestLayers, depths.size + 1);
  const parameters = (size(design.input.shape) + 1) * units + (layers - 1) * (units + 1) * units;
  if (design.network.id === mlp.id && design.parameters < 2 * parameters) return null;
  const network = { id: mlp.id, params: checkParams(`network ${mlp.id}`, mlp.params, { layers, units }) };
  const arms = design.arms.map((arm) => ({ ...arm, tasks: arm.tasks.map((task) => ({ ...task, depth: 'end' })) }));
  return { layers, units, design: { ...design, network, parameters, arms } };
}
