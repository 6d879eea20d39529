/** GoogLeNet, Inception v1 complete (Szegedy et al. 2014, table 1): nine inception blocks with 5x5 convolutions, auxiliary classifiers behind 4a and 4d.
 *  Differs: the two local response normalisations of the stem are left out (later Inceptions dropped them too), batch norm can be chosen in their place;
 *  the stem takes smaller strides on images under 128 pixels, so that 3a sees at least 16x16 from 32 pixels up. */
import type { Layer } from './layer.ts';
import { adaptiveWindows, batchNorm, chain, conv, globalAvgPool, maxPool } from './layers.ts';
import type { Convolution, InceptionFilters } from './inceptionBlock.ts';
import { inceptionBlock, reluConv } from './inceptionBlock.ts';
import type { Network } from './network.ts';
import { linearHead, pooledHead } from './heads.ts';
import type { StageDesign } from './trunk.ts';
import { assembleTrunk, booleanParam } from './trunk.ts';

const blocks3: Readonly<Record<string, InceptionFilters>> = {
  '3a': [64, 96, 128, 16, 32, 32],
  '3b': [128, 128, 192, 32, 96, 64],
};
const blocks4: Readonly<Record<string, InceptionFilters>> = {
  '4a': [192, 96, 208, 16, 48, 64],
  '4b': [160, 112, 224, 24, 64, 64],
  '4c': [128, 128, 256, 24, 64, 64],
  '4d': [112, 144, 288, 32, 64, 64],
  '4e': [256, 160, 320, 32, 128, 128],
};
const blocks5: Readonly<Record<string, InceptionFilters>> = {
  '5a': [256, 160, 320, 32, 128, 128],
  '5b': [384, 192, 384, 48, 128, 128],
};

export const googlenet: Network = {
  id: 'googlenet',
  title: 'GoogLeNet (Inception v1)',
  summary:
    'Nine inception blocks with the two auxiliary classifiers of the paper, made for images of 224 x 224 pixels. ' +
    'Smaller images work from 16 x 16 up, best from 32 x 32; batchNorm makes it train much faster.',
  paper: 'Szegedy et al. 2014, Going deeper with convolutions, arXiv:1409.4842',
  inputs: ['image'],
  core: 'convolutional',
  minimumSide: 16,
  params: {
    initial: {
      kind: 'choice',
      default: 'glorot-uniform',
      choices: ['glorot-uniform', 'he-normal'],
      help: "Initial kernels of the trunk: Glorot and Bengio's, whose signal fades with depth as in the reference model, or He's, whose signal keeps its size.",
    },
    batchNorm: {
      kind: 'boolean',
      default: false,
      help: 'Batch normalisation before each relu of the trunk (Ioffe and Szegedy 2015); the paper of 2014 has none.',
    },
  },
  build(input, params) {
    const initial = params['initial'] === 'he-normal' ? 'he-normal' : 'glorot-uniform';
    const convolution = booleanParam(params, 'batchNorm') ? normalisedConv(initial) : reluConv(initial);
    const side = Math.min(input.shape[0], input.shape[1] ?? 1);
    const stages = (blocks: Readonly<Record<string, InceptionFilters>>): StageDesign[] =>
      Object.entries(blocks).map(([name, filters]) => ({ name, layer: inceptionBlock(filters, convolution), isDepth: true }));
    return assembleTrunk(input.shape, {
      network: 'googlenet',
      stages: [
        { name: 'stem', layer: stem(side, convolution) },
        ...stages(blocks3),
        { name: 'pool3', layer: maxPool(3, 2) },
        ...stages(blocks4),
        { name: 'pool4', layer: maxPool(3, 2) },
        ...stages(blocks5),
        { name: 'pool5', layer: globalAvgPool() },
      ],
      endHead: (outputs) => linearHead(outputs, 0.4),
      depthHead: (outputs) => pooledHead({ pool: (length) => adaptiveWindows(length, 4), filters: 128, units: 1024, dropout: 0.7 }, outputs),
      usualDepths: { 1: ['4a'], 2: ['4a', '4d'] },
    });
  },
};

/** The paper's stem divides a side by 8. Sides under 128 lose the stride of the first convolution, sides under 64 that of the second pool too
 *  (not the first pool's: it makes the stem's largest convolution four times cheaper). */
function stem(side: number, convolution: Convolution): Layer {
  return chain(
    ['conv1', convolution(64, 7, side < 128 ? 1 : 2)],
    ['pool1', maxPool(3, 2)],
    ['conv2-reduce', convolution(64, 1)],
    ['conv2', convolution(192, 3)],
    ['pool2', maxPool(3, side < 64 ? 1 : 2)],
  );
}

/** Epsilon 0.001 and moving averages that keep 0.9 of the old value, as torchvision's GoogLeNet with batch norm. */
function normalisedConv(initial: 'glorot-uniform' | 'he-normal'): Convolution {
  return (filters, kernelSize, stride = 1) =>
    chain(
      ['conv', conv(filters, kernelSize, { stride, activation: 'none', bias: false, initial })],
      ['norm', batchNorm({ momentum: 0.9, activation: 'relu' })],
    );
}
