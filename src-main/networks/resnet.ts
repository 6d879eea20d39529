/** The residual network for small images (He et al. 2016, section 4.2): a 3x3 convolution, three stages of basic blocks with 1, 2 and 4 times the width, global
 *  average pool. With width 16 and depth n it is the paper's ResNet-(6n + 2). Differs: where a stage begins, the shortcut is a 1x1 convolution with batch norm
 *  (option B).
 *  He initialisation (He et al. 2015); batch norm with epsilon 1e-5 and moving averages that keep 0.9, as in the authors' Torch code. */
import type { Activation } from './layers.ts';
import type { Layer } from './layer.ts';
import { batchNorm, chain, conv, globalAvgPool, residual } from './layers.ts';
import type { Network } from './network.ts';
import { linearHead, smallPooledHead } from './heads.ts';
import { assembleTrunk, numberParam } from './trunk.ts';

export const resnet: Network = {
  id: 'resnet',
  title: 'Residual network',
  summary: 'Three stages of residual blocks with batch norm, the network for small images of He et al. Works from 16 x 16 pixels up.',
  paper: 'He et al. 2016, Deep residual learning for image recognition, arXiv:1512.03385',
  inputs: ['image'],
  core: 'convolutional',
  minimumSide: 16,
  params: {
    depth: { kind: 'number', default: 2, min: 1, max: 18, integer: true, help: 'Residual blocks of each stage; n gives 6n + 2 layers.' },
    width: {
      kind: 'number',
      default: 16,
      min: 1,
      max: 256,
      integer: true,
      help: 'Filters of the first stage; the second has twice, the third four times as many.',
    },
  },
  build(input, params) {
    const depth = numberParam(params, 'depth');
    const width = numberParam(params, 'width');
    return assembleTrunk(input.shape, {
      network: 'resnet',
      stages: [
        { name: 'stem', layer: normalisedConv(width, 3, 1, 'relu') },
        { name: 'stage1', layer: stage(depth, width, 1, false), isDepth: true },
        { name: 'stage2', layer: stage(depth, 2 * width, 2, true), isDepth: true },
        { name: 'stage3', layer: stage(depth, 4 * width, 2, true), isDepth: true },
        { name: 'pool', layer: globalAvgPool() },
      ],
      endHead: linearHead,
      depthHead: smallPooledHead,
    });
  },
};

function stage(depth: number, filters: number, stride: number, changesShape: boolean): Layer {
  return chain(...Array.from({ length: depth }, (_, i) => [`block${i + 1}`, basicBlock(filters, i === 0 ? stride : 1, i === 0 && changesShape)] as const));
}

function basicBlock(filters: number, stride: number, changesShape: boolean): Layer {
  return residual(
    chain(['first', normalisedConv(filters, 3, stride, 'relu')], ['second', normalisedConv(filters, 3, 1, 'none')]),
    changesShape ? normalisedConv(filters, 1, stride, 'none') : null,
  );
}

function normalisedConv(filters: number, kernelSize: number, stride: number, activation: Activation): Layer {
  return chain(
    ['conv', conv(filters, kernelSize, { stride, activation: 'none', bias: false, initial: 'he-normal' })],
    ['norm', batchNorm({ momentum: 0.9, epsilon: 1e-5, activation })],
  );
}
