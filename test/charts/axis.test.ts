import { expect, test } from 'vitest';
import { axis } from '../../src-main/charts/axis.ts';

test('constant values get an axis with room around them', () => {
  const { low, high, ticks } = axis([5, 5], [0, 100], 5);
  expect(low).toBeLessThan(5);
  expect(high).toBeGreaterThan(5);
  expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
  expect(axis([0, 0], [0, 100], 5).position(0)).toBe(50);
});

test('a logarithmic axis has no more ticks than their labels have room for, and at least two', () => {
  for (const [low, high] of [
    [0.13, 87],
    [1e-9, 1e9],
    [0.9, 1.1],
    [2, 9],
    [1, 1000],
    [31, 34],
  ] as const) {
    const { ticks } = axis([low, high], [260, 30], 6, { log: true });
    expect(ticks.length, `${low} to ${high}`).toBeLessThanOrEqual(9);
    expect(ticks.length, `${low} to ${high}`).toBeGreaterThan(1);
    expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
  }
  expect(axis([0.13, 87], [260, 30], 6, { log: true }).ticks.map(({ label }) => label)).toEqual(['0.1', '1', '10', '100']);
});
