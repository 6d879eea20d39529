import { expect, test } from 'vitest';
import { firstPlaces, nextPlaces } from '../../src-main/data/equalNumbers.ts';
import { Stream } from '../../src-main/contract/random.ts';

test('equal numbers point at their first place and in a chain at the next one, NaN at nothing but itself', () => {
  const first = firstPlaces(Float64Array.of(5, NaN, 7, 5, -1e300, NaN, 5, 7));
  expect([...first]).toEqual([0, 1, 2, 0, 4, 5, 0, 2]);
  expect([...nextPlaces(first)]).toEqual([3, -1, 7, 6, -1, -1, -1, -1]);
  expect(firstPlaces(new Float64Array())).toHaveLength(0);
});

test('a Map finds the same', () => {
  const stream = new Stream(11, 'equal numbers');
  for (const [length, different] of [
    [1, 1],
    [2, 1],
    [3000, 2],
    [3000, 500],
    [3000, 1e9],
  ] as const) {
    const numbers = Float64Array.from({ length }, () => Math.floor(stream.uniform() * different) / 4);
    const seen = new Map<number, number>();
    const expected = Array.from(numbers, (number, place) => {
      if (!seen.has(number)) seen.set(number, place);
      return seen.get(number);
    });
    expect([...firstPlaces(numbers)]).toEqual(expected);
  }
});
