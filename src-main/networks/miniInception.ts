/** A GoogLeNet in small: a stem, four inception blocks and two places for the paper's auxiliary classifiers, behind blocks a and c.
 *  On 28x28x1 with 10 classes and both auxiliary heads it has 134,174 parameters. */
import { chain, conv, globalAvgPool, maxPool } from './layers.ts';
import { inceptionBlock } from './inceptionBlock.ts';
import type { Network } from './network.ts';
import { linearHead, smallPooledHead } from './heads.ts';
import { assembleTrunk } from './trunk.ts';

export const miniInception: Network = {
  id: 'mini-inception',
  title: 'Mini-Inception',
  summary: 'Four inception blocks in the manner of GoogLeNet, small enough for a laptop. Works from 8 x 8 pixels up.',
  paper: 'After Szegedy et al. 2014, Going deeper with convolutions',
  inputs: ['image'],
  core: 'convolutional',
  minimumSide: 8,
  params: {},
  build(input) {
    return assembleTrunk(input.shape, {
      network: 'mini-inception',
      stages: [
        { name: 'stem', layer: chain(['conv', conv(32, 3)], ['pool', maxPool(2)]), isDepth: true },
        { name: 'a', layer: inceptionBlock([16, 16, 32, 4, 8, 8]), isDepth: true },
        { name: 'b', layer: inceptionBlock([32, 32, 48, 8, 16, 16]), isDepth: true },
        { name: 'pool', layer: maxPool(2) },
        { name: 'c', layer: inceptionBlock([48, 24, 52, 4, 12, 16]), isDepth: true },
        { name: 'd', layer: inceptionBlock([64, 32, 64, 8, 16, 16]), isDepth: true },
        { name: 'average', layer: globalAvgPool() },
      ],
      endHead: linearHead,
      depthHead: smallPooledHead,
      usualDepths: { 2: ['a', 'c'] },
    });
  },
};
