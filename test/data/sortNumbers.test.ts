import { expect, test } from 'vitest';
import { Stream } from '../../src-main/contract/random.ts';
import { sortNumbers } from '../../src-main/data/sortNumbers.ts';

const stream = new Stream(5, 'sorting');
const special = [0, -0, 1, -1, Infinity, -Infinity, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 53, 2 ** 53 + 2];

test.each<[string, () => number]>([
  ['decimals', () => Math.round(stream.normal() * 1e5) / 1e5],
  ['every size', () => stream.normal() * 10 ** (600 * stream.uniform() - 300)],
  ['whole numbers', () => stream.integer(100) - 50],
  ['one number', () => 7],
  ['what differs in the last bits alone', () => 1e9 + stream.uniform() * 1e-3],
  ['the same below 0', () => -1e9 - stream.uniform() * 1e-3],
  ['the ends of what there is, and both zeros', () => special[stream.integer(special.length)] ?? 0],
])('%s are sorted as by comparing them', (_, draw) => {
  for (const length of [0, 1, 2, 100, 4095, 4096, 20_000]) {
    const numbers = Float64Array.from({ length }, draw);
    const expected = numbers.toSorted();
    sortNumbers(numbers);
    expect(numbers.every((number, at) => Object.is(number, expected[at]))).toBe(true);
  }
});

test('a part of a buffer is sorted and the rest left as it is', () => {
  const all = Float64Array.from({ length: 10_000 }, (_, at) => 10_000 - at);
  sortNumbers(all.subarray(1, 9_999));
  expect([all[0], all[1], all[9_998], all[9_999]]).toEqual([10_000, 2, 9_999, 1]);
});
