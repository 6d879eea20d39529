import { expect, test } from 'vitest';
import { Stream } from '../../src-main/contract/random.ts';
import { randomOrder } from '../../src-main/methods/randomOrder.ts';

test('an order follows from the numbers drawn, and 1 is no number too many', () => {
  const drawn = [0.5, 0];
  expect(randomOrder(3, () => drawn.shift() ?? NaN)).toEqual([2, 0, 1]); // places 2 and 1 are exchanged, then 1 and 0
  expect(drawn).toEqual([]);
  expect(randomOrder(3, () => 1)).toEqual([0, 1, 2]);
  expect(randomOrder(1, () => NaN)).toEqual([0]);
});

test('each of the six orders of three comes equally often', () => {
  const stream = new Stream(1, 'test/order');
  const counts = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = randomOrder(3, () => stream.uniform()).join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120); // four standard deviations of 28.9
});
