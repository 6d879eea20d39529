import { expect, test } from 'vitest';
import { fiveByThree } from '../../src-main/networks/heads.ts';
import type { Layer, Shape } from '../../src-main/networks/layer.ts';
import { adaptiveAvgPool, adaptiveWindows, batchNorm, chain, conv, dropout, lastStep, recurrent, residual } from '../../src-main/networks/layers.ts';
import type { Tensor } from '../../src-main/networks/ops.ts';
import { testRun, tf } from './forward.ts';

function apply(layer: Layer, shape: Shape, x: Tensor, options: { training?: boolean; mask?: Tensor } = {}): Tensor {
  const built = layer(shape, 'layer');
  return built.apply(x, testRun([built], options));
}

test('adaptive windows cover every pixel, and are 5 at stride 3 on 14 pixels', () => {
  expect(adaptiveWindows(14, 4)).toEqual({ window: 5, stride: 3, count: 4 });
  for (let length = 1; length <= 64; length++) {
    const { window, stride, count } = adaptiveWindows(length, 4);
    expect((count - 1) * stride + window).toBe(length);
    expect(window).toBeGreaterThanOrEqual(stride);
  }
});

test('the windows of the small head are those of the paper up to 16 pixels and never give more than 4 cells', () => {
  expect(fiveByThree(3)).toEqual({ window: 3, stride: 1, count: 1 });
  expect(fiveByThree(7)).toEqual({ window: 5, stride: 3, count: 1 });
  expect(fiveByThree(14)).toEqual({ window: 5, stride: 3, count: 4 });
  expect(fiveByThree(16)).toEqual({ window: 5, stride: 3, count: 4 });
  expect(fiveByThree(112)).toEqual({ window: 28, stride: 28, count: 4 });
});

test('an adaptive average pool takes means of its windows', () => {
  const x = tf.tensor(
    Array.from({ length: 16 }, (_, i) => i),
    [1, 4, 4, 1],
  );
  expect(Array.from(apply(adaptiveAvgPool(2), [4, 4, 1], x).dataSync())).toEqual([2.5, 4.5, 10.5, 12.5]); // (0 + 1 + 4 + 5) / 4 ...
});

test('dropout keeps the mean: kept values are scaled by 1 / (1 - rate), and nothing happens outside training', () => {
  const x = tf.ones([1, 4000]);
  const dropped = Array.from(apply(dropout(0.75), [4000], x, { training: true }).dataSync());
  expect(new Set(dropped)).toEqual(new Set([0, 4]));
  const kept = dropped.filter((value) => value > 0).length / 4000;
  expect(Math.abs(kept - 0.25)).toBeLessThan(0.035); // 5 standard errors: 5 sqrt(0.25 x 0.75 / 4000)
  expect(Array.from(apply(dropout(0.75), [4000], x).dataSync()).every((value) => value === 1)).toBe(true);
});

test('batch norm standardises a batch and moves its averages by 1 - momentum', () => {
  const built = batchNorm({ momentum: 0.9, epsilon: 0 })([1], 'norm');
  const run = testRun([built], { training: true });
  const y = built.apply(tf.tensor([1, 3, 5, 7], [4, 1]), run);
  // mean 4, population variance 5, unbiased variance 20 / 3
  expect(Array.from(y.dataSync()).map((value) => value * Math.sqrt(5))).toEqual([-3, -1, 1, 3].map((value) => expect.closeTo(value, 5)));
  expect(run.assigned.get('norm/moving-mean')?.dataSync()[0]).toBeCloseTo(0.4, 6); // 0.9 x 0 + 0.1 x 4
  expect(run.assigned.get('norm/moving-variance')?.dataSync()[0]).toBeCloseTo(0.9 + 0.1 * (20 / 3), 5);
});

test('a residual block adds its input before the relu', () => {
  const block = residual(chain(['zero', batchNorm()]), null); // moving mean 0 and variance 1: nearly the identity
  const y = apply(block, [2], tf.tensor([1, -2], [1, 2]));
  expect(y.dataSync()[0]).toBeCloseTo(2, 2);
  expect(y.dataSync()[1]).toBe(0);
});

test.each(['lstm', 'gru'] as const)('the last step of a masked %s is its last valid state', (cell) => {
  const layer = chain(['cell', recurrent(cell, 3)], ['last', lastStep()]);
  const values = [1, -1, 0.5, 2, -0.3];
  const padded = apply(layer, [5, 1], tf.tensor(values, [1, 5, 1]), { mask: tf.tensor([1, 1, 1, 0, 0], [1, 5]) });
  const short = apply(layer, [3, 1], tf.tensor(values.slice(0, 3), [1, 3, 1]));
  expect(Array.from(padded.dataSync())).toEqual(Array.from(short.dataSync(), (value) => expect.closeTo(value, 6)));
});

test('a layer refuses rows of another rank, by its path', () => {
  expect(() => conv(4, 3)([10], 'trunk/stem')).toThrow('The layer trunk/stem (conv) takes rows with 3 dimensions. Received: 10.');
});
