import { describe, expect, test } from 'vitest';
import { Stream, philox4x32, streamKey } from '../../src-main/contract/random.ts';

describe('Philox4x32-10', () => {
  // Random123 1.14, tests/kat_vectors, lines "philox4x32 10"
  const ones = 0xffffffff;
  test.each([
    { counter: [0, 0, 0, 0], key: [0, 0], words: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
    { counter: [ones, ones, ones, ones], key: [ones, ones], words: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd] },
    { counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], key: [0xa4093822, 0x299f31d0], words: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1] },
  ] as const)('gives the known answer of counter $counter', ({ counter, key, words }) => {
    expect(philox4x32(counter, key)).toEqual(words);
  });
});

describe('Stream', () => {
  const take = (stream: Stream, count: number): number[] => Array.from({ length: count }, () => stream.uniform());

  test('the same seed, purpose and index give the same numbers, and a change of any of them gives others', () => {
    const first = take(new Stream(7, 'order', 3), 20);
    expect(take(new Stream(7, 'order', 3), 20)).toEqual(first);
    for (const other of [new Stream(8, 'order', 3), new Stream(7, 'orders', 3), new Stream(7, 'order', 4), new Stream(7, 'order', 3 + 2 ** 32)]) {
      const numbers = take(other, 20);
      expect(numbers.some((value) => first.includes(value))).toBe(false);
    }
  });

  test('stays as it is from version to version: splits, first weights and orders of what is stored come from it', () => {
    // written anew in Python from the head comments: FNV-1a of "seed/purpose" through fmix64 as key, Philox of (block, index), words in order
    const words = (stream: Stream, count: number): number[] => Array.from({ length: count }, () => stream.word());
    expect(words(new Stream(7, 'order', 3), 6)).toEqual([1418329456, 1506594870, 1931601361, 4039320064, 3047409995, 1292618806]);
    expect(words(new Stream(7, 'ördnung', 2 ** 32 + 5), 2)).toEqual([175305919, 2533509088]);
    expect(take(new Stream(1, 'test'), 3)).toEqual([0.5933909524716782, 0.44059915193704235, 0.5868597837102317]);
    const stream = new Stream(2, 'test');
    expect([stream.normal(), stream.normal()]).toEqual([expect.closeTo(-1.2973728481466538, 14), expect.closeTo(-1.110097928867509, 14)]);
    expect([...new Stream(4, 'split').permutation(10)]).toEqual([8, 2, 6, 1, 3, 5, 0, 9, 4, 7]);
    expect([streamKey(1, 'dropout', 0), streamKey(1, 'dropout', 2 ** 32 + 1)]).toEqual([
      [-1564778566, -1678625028],
      [2047753648, -226168028],
    ]);
  });

  test('an integer below n draws again past the last whole multiple of n', () => {
    const stream = new Stream(7, 'order', 3); // its fourth word is above 3 * 2^30
    expect(Array.from({ length: 4 }, () => stream.integer(3 * 2 ** 30))).toEqual([1418329456, 1506594870, 1931601361, 3047409995]);
    expect(new Stream(1, 'test').integer(1)).toBe(0);
    expect(new Stream(7, 'order', 3).integer(2 ** 32)).toBe(1418329456);
    expect(() => new Stream(1, 'test').integer(2 ** 32 + 1)).toThrow('Received: 4294967297');
  });

  test('uniform numbers have the mean and variance of [0, 1)', () => {
    const numbers = take(new Stream(1, 'test'), 20_000);
    const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length;
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / 20_000)); // four standard errors
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / 20_000)); // Var((u - 1/2)^2) = 1/80 - 1/144 = 1/180
  });

  test('normal numbers have mean 0, variance 1 and kurtosis 3', () => {
    const stream = new Stream(2, 'test');
    const numbers = Array.from({ length: 40_000 }, () => stream.normal());
    const moment = (power: number): number => numbers.reduce((sum, value) => sum + value ** power, 0) / numbers.length;
    expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(40_000));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / 40_000)); // Var(z^2) = 2
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / 40_000)); // Var(z^4) = 105 - 9
  });

  test('integers reach every value equally often', () => {
    const stream = new Stream(3, 'test');
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 14_000; i++) {
      const value = stream.integer(7);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    const chiSquared = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    expect(chiSquared).toBeLessThan(22.46); // chi-squared table: 6 degrees of freedom, p = 0.001
  });

  test('a permutation holds every number once and depends on the stream alone', () => {
    const order = new Stream(4, 'split').permutation(1000);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(new Stream(4, 'split').permutation(1000)).toEqual(order);
    expect(new Stream(4, 'split').permutation(0)).toEqual(new Int32Array(0));
  });

  test('a seed, index or range that is not a whole number is refused', () => {
    expect(() => new Stream(0.5, 'test')).toThrow('A seed must be a whole number. Received: 0.5');
    expect(() => new Stream(1, 'test', -1)).toThrow('A stream index must be a whole number from 0 up. Received: -1');
    expect(() => new Stream(1, 'test').integer(0)).toThrow('integer(n) needs a whole number from 1 to 2^32. Received: 0');
  });
});

test('stream keys are int32 pairs that differ with seed, purpose and index', () => {
  const keys = [streamKey(1, 'dropout', 0), streamKey(1, 'dropout', 1), streamKey(2, 'dropout', 0), streamKey(1, 'augment', 0)];
  expect(new Set(keys.map(String)).size).toBe(4);
  expect(streamKey(1, 'dropout', 0)).toEqual(keys[0]);
  for (const value of keys.flat()) expect(value).toBe(value | 0);
});
