/** A plain convolutional network: three blocks of two 3x3 convolutions and a max pool, with 1, 2 and 4 times the filters, then a global average pool. */
import type { Layer } from './layer.ts';
import { batchNorm, chain, conv, dropout, globalAvgPool, maxPool } from './layers.ts';
import type { Network } from './network.ts';
import { linearHead, smallPooledHead } from './heads.ts';
import { assembleTrunk, booleanParam, numberParam } from './trunk.ts';

export const cnn: Network = {
  id: 'cnn',
  title: 'Convolutional network',
  summary: 'Three blocks of two 3x3 convolutions and a max pool, the plain network for small images. Works from 8 x 8 pixels up.',
  paper: null,
  inputs: ['image'],
  core: 'convolutional',
  minimumSide: 8,
  params: {
    filters: {
      kind: 'number',
      default: 16,
      min: 1,
      max: 512,
      integer: true,
      help: 'Filters of the first block; the second has twice, the third four times as many.',
    },
    dropout: { kind: 'number', default: 0, min: 0, max: 0.95, help: 'Share of the values left out after each block in training.' },
    batchNorm: { kind: 'boolean', default: false, help: 'Batch normalisation before each relu.' },
  },
  build(input, params) {
    const block = (times: number): Layer => cnnBlock(times * numberParam(params, 'filters'), numberParam(params, 'dropout'), booleanParam(params, 'batchNorm'));
    return assembleTrunk(input.shape, {
      network: 'cnn',
      stages: [
        { name: 'block1', layer: block(1), isDepth: true },
        { name: 'block2', layer: block(2), isDepth: true },
        { name: 'block3', layer: block(4), isDepth: true },
        { name: 'pool', layer: globalAvgPool() },
      ],
      endHead: linearHead,
      depthHead: smallPooledHead,
    });
  },
};

function cnnBlock(filters: number, dropoutRate: number, withBatchNorm: boolean): Layer {
  const convolution = (position: 1 | 2): [string, Layer][] =>
    withBatchNorm
      ? [
          [`conv${position}`, conv(filters, 3, { activation: 'none', bias: false })],
          [`norm${position}`, batchNorm({ activation: 'relu' })],
        ]
      : [[`conv${position}`, conv(filters, 3)]];
  const drop: [string, Layer][] = dropoutRate > 0 ? [['dropout', dropout(dropoutRate)]] : [];
  return chain(...convolution(1), ...convolution(2), ['pool', maxPool(2)], ...drop);
}
