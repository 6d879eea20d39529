/** The heads that networks share: a task's own layers behind the trunk or behind one of its depths. */
import type { Layer } from './layer.ts';
import type { PoolWindows } from './layers.ts';
import { adaptiveWindows, avgPool, chain, conv, dense, dropout, flatten, lastStep } from './layers.ts';

/** One dense layer on a vector, after dropout when a rate is given. */
export function linearHead(outputs: number, dropoutRate = 0): Layer {
  return chain(...(dropoutRate > 0 ? [['dropout', dropout(dropoutRate)] as const] : []), ['output', dense(outputs)]);
}

/** One dense layer on the last step of a sequence. */
export function lastStepHead(outputs: number): Layer {
  return chain(['last', lastStep()], ['output', dense(outputs)]);
}

export interface PooledHeadSizes {
  readonly pool: (length: number) => PoolWindows;
  readonly filters: number;
  readonly units: number;
  readonly dropout?: number;
}

/** GoogLeNet's auxiliary classifier (Szegedy et al. 2014, section 5) in any size: average pool, 1x1 convolution, dense, dropout, dense. */
export function pooledHead(sizes: PooledHeadSizes, outputs: number): Layer {
  return chain(
    ['pool', avgPool(sizes.pool)],
    ['conv', conv(sizes.filters, 1)],
    ['flatten', flatten()],
    ['hidden', dense(sizes.units, { activation: 'relu' })],
    ...(sizes.dropout === undefined ? [] : [['dropout', dropout(sizes.dropout)] as const]),
    ['output', dense(outputs)],
  );
}

/** Windows of 5 at stride 3, as in the paper, where they give 1 to 4 cells; one window on sides under 5, an adaptive pool to 4 cells on sides over 16. */
export function fiveByThree(length: number): PoolWindows {
  if (length < 5) return { window: length, stride: 1, count: 1 };
  if (length > 16) return adaptiveWindows(length, 4);
  return { window: 5, stride: 3, count: Math.floor((length - 5) / 3) + 1 };
}

/** The intermediate head of the small convolutional networks. */
export function smallPooledHead(outputs: number): Layer {
  return pooledHead({ pool: fiveByThree, filters: 32, units: 64 }, outputs);
}
