/** What recurrent networks share: layers one above the other; heads read the last valid step. An image is read row by row. */
import type { Layer } from './layer.ts';
import { chain, dropout, imageRows, lastStep, recurrent } from './layers.ts';
import type { Network } from './network.ts';
import { lastStepHead, linearHead } from './heads.ts';
import { assembleTrunk, numberParam } from './trunk.ts';

/** @param about what sets the network apart from its relatives, but for its cell */
export function recurrentNetwork(cell: 'lstm' | 'gru', about: Pick<Network, 'title' | 'summary' | 'paper'>): Network {
  return {
    id: cell,
    ...about,
    inputs: ['sequence', 'image'],
    core: 'recurrent',
    minimumSide: 1,
    params: {
      units: { kind: 'number', default: 64, min: 1, max: 2048, integer: true, help: 'Units of each layer.' },
      layers: { kind: 'number', default: 1, min: 1, max: 8, integer: true, help: 'Number of recurrent layers.' },
      dropout: { kind: 'number', default: 0, min: 0, max: 0.95, help: 'Share of the values left out between layers in training.' },
    },
    build(input, params) {
      const layers = Array.from({ length: numberParam(params, 'layers') }, (_, i) => ({
        name: `layer${i + 1}`,
        layer: recurrentLayer(cell, numberParam(params, 'units'), i === 0 ? 0 : numberParam(params, 'dropout')),
        isDepth: true,
      }));
      return assembleTrunk(input.shape, {
        network: cell,
        stages: [...(input.kind === 'image' ? [{ name: 'rows', layer: imageRows() }] : []), ...layers, { name: 'last', layer: lastStep() }],
        endHead: linearHead,
        depthHead: lastStepHead,
      });
    },
  };
}

/** Dropout stands before a layer, not behind it, so that a head at a depth sees the layer's own states. */
function recurrentLayer(cell: 'lstm' | 'gru', units: number, dropoutRate: number): Layer {
  return chain(...(dropoutRate > 0 ? [['dropout', dropout(dropoutRate)] as const] : []), ['cell', recurrent(cell, units)]);
}
