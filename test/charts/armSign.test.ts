import { expect, test } from 'vitest';
import { armClass, signPath } from '../../src-main/charts/armSign.ts';

test('seven arms have seven signs, and the baseline and eight arms nine colours; then both start over', () => {
  const signs = Array.from({ length: 8 }, (_, arm) => signPath(arm, 60));
  expect(new Set(signs.slice(0, 7)).size).toBe(7);
  expect(signs[7]).toBe(signs[0]);
  const colours = Array.from({ length: 10 }, (_, arm) => armClass(arm));
  expect(new Set(colours.slice(0, 9)).size).toBe(9);
  expect(colours[9]).toBe('arm-1'); // the baseline's grey is nobody else's
});

test('a sign has the area that is asked for and no digits that no screen shows', () => {
  expect(signPath(3, 64)).toBe('M-4,-4h8v8h-8Z'); // a square of 8 by 8
  expect(signPath(0, 60)).not.toMatch(/\.\d\d/);
});
