import { expect, test } from 'vitest';
import { rowMarks } from '../../src-main/data/duplicates.ts';
import { prepared, series } from './prepared.ts';

test('a mark has 53 bits, the same for equal rows alone, and none where there is nothing to compare', () => {
  const dataset = prepared({ x: series(1000, (row) => row % 999), y: series(1000, () => 'a') });
  const marks = rowMarks(dataset, ['x', 'y']) ?? new Float64Array();
  expect(new Set(marks).size).toBe(999);
  expect(marks[999]).toBe(marks[0]);
  expect(Math.max(...marks)).toBeGreaterThan(2 ** 52); // the largest of a thousand is above half with odds of 2^1000 to 1
  expect(Math.max(...marks)).toBeLessThan(2 ** 53);
  expect(marks.every(Number.isInteger)).toBe(true);
  expect(rowMarks(dataset, ['z'])).toBeNull();
});

test('a column that is not named plays no part, and an array always does', () => {
  const table = prepared({ x: [1, 1], y: ['a', 'b'] });
  const same = (marks: Float64Array | null): boolean => marks?.[0] === marks?.[1];
  expect([same(rowMarks(table, ['x'])), same(rowMarks(table, ['y']))]).toEqual([true, false]);
  const vector = prepared({ y: ['a', 'a'] }, { kind: 'vector', features: 2, values: Float32Array.of(1, 2, 1, 3) });
  expect([same(rowMarks(vector, [])), same(rowMarks(vector, ['y']))]).toEqual([false, false]);
});
