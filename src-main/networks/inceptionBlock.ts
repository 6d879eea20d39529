/** The inception block "with dimension reductions" (Szegedy et al. 2014, figure 2b): four branches on one input, joined by their channels. */
import type { Layer } from './layer.ts';
import type { ConvOptions } from './layers.ts';
import { branches, chain, conv, maxPool } from './layers.ts';

/** Filters in the order of the columns of table 1 of the paper: 1x1, 3x3 reduce, 3x3, 5x5 reduce, 5x5, pool projection. */
export type InceptionFilters = readonly [one: number, reduce3: number, three: number, reduce5: number, five: number, pool: number];

/** A convolution with its activation: plain, or with batch norm. */
export type Convolution = (filters: number, kernelSize: number, stride?: number) => Layer;

export function reluConv(initial?: ConvOptions['initial']): Convolution {
  return (filters, kernelSize, stride = 1) => conv(filters, kernelSize, initial === undefined ? { stride } : { stride, initial });
}

export function inceptionBlock([one, reduce3, three, reduce5, five, pool]: InceptionFilters, convolution: Convolution = reluConv()): Layer {
  return branches({
    one: convolution(one, 1),
    three: chain(['reduce', convolution(reduce3, 1)], ['conv', convolution(three, 3)]),
    five: chain(['reduce', convolution(reduce5, 1)], ['conv', convolution(five, 5)]),
    pool: chain(['pool', maxPool(3, 1)], ['project', convolution(pool, 1)]),
  });
}
