/** Multilayer perceptron: dense layers with relu. The order inside a layer is dense, batch norm, relu, dropout. */
import type { Layer } from './layer.ts';
import { batchNorm, chain, dense, dropout, flatten } from './layers.ts';
import type { Network } from './network.ts';
import { linearHead } from './heads.ts';
import { assembleTrunk, booleanParam, numberParam } from './trunk.ts';

export const mlp: Network = {
  id: 'mlp',
  title: 'Multilayer perceptron',
  summary: 'Dense layers with relu, the usual network for tables. Images and sequences are flattened into one vector.',
  paper: null,
  inputs: ['table', 'image', 'sequence'],
  core: 'dense',
  minimumSide: 1,
  params: {
    units: { kind: 'number', default: 128, min: 1, max: 8192, integer: true, help: 'Units of each layer.' },
    layers: { kind: 'number', default: 2, min: 0, max: 32, integer: true, help: 'Number of layers before the heads; with 0 every head is a linear model.' },
    dropout: { kind: 'number', default: 0, min: 0, max: 0.95, help: 'Share of the units left out after each layer in training.' },
    batchNorm: { kind: 'boolean', default: false, help: 'Batch normalisation before each relu.' },
  },
  build(input, params) {
    const layer = mlpLayer(numberParam(params, 'units'), numberParam(params, 'dropout'), booleanParam(params, 'batchNorm'));
    const layers = Array.from({ length: numberParam(params, 'layers') }, (_, i) => ({ name: `layer${i + 1}`, layer, isDepth: true }));
    return assembleTrunk(input.shape, {
      network: 'mlp',
      stages: input.kind === 'table' && layers.length > 0 ? layers : [{ name: 'flatten', layer: flatten() }, ...layers],
      endHead: linearHead,
      depthHead: linearHead,
    });
  },
};

function mlpLayer(units: number, dropoutRate: number, withBatchNorm: boolean): Layer {
  return chain(
    ['dense', dense(units, { activation: withBatchNorm ? 'none' : 'relu' })],
    ...(withBatchNorm ? [['norm', batchNorm({ activation: 'relu' })] as const] : []),
    ...(dropoutRate > 0 ? [['dropout', dropout(dropoutRate)] as const] : []),
  );
}
