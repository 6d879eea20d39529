import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeInputs, inputColumns } from '../../src-main/data/encode.ts';
import { prepared, series } from './prepared.ts';
import type { EncodedInputs, PreparedDataset } from '../../src-main/data/dataset.ts';
import type { Roles } from '../../src-main/data/roles.ts';

const everyInput = (dataset: PreparedDataset): Roles => Object.fromEntries(dataset.columns.map(({ name }) => [name, 'input']));
const rowsOf = (encoded: EncodedInputs, rows: readonly number[]): number[][] => {
  const size = encoded.shape.shape.reduce((product, length) => product * length, 1);
  const out = new Float32Array(rows.length * size).fill(7); // what was there before must not shine through
  encoded.write(rows, out);
  return rows.map((_, i) => [...out.subarray(i * size, (i + 1) * size)]);
};

describe('a table', () => {
  test('is standardised with the training rows alone; missing numbers are 0 and marked', () => {
    const dataset = prepared({ x: [1, 3, null, 100] });
    const encoded = encodeInputs(dataset, everyInput(dataset), [], Int32Array.of(0, 1, 2));
    expect(encoded.shape).toEqual({ kind: 'table', shape: [2] });
    expect(encoded.featureNames).toEqual(['x', 'x is missing']);
    expect(rowsOf(encoded, [0, 1, 2, 3])).toEqual([
      [-1, 0],
      [1, 0],
      [0, 1],
      [98, 0],
    ]); // mean 2, standard deviation 1
  });

  test('has no mark of missing values when no training row lacks one', () => {
    const dataset = prepared({ x: [1, 3, null] });
    const encoded = encodeInputs(dataset, everyInput(dataset), [], Int32Array.of(0, 1));
    expect(encoded.featureNames).toEqual(['x']);
    expect(rowsOf(encoded, [2])).toEqual([[0]]);
  });

  test('drops columns without any value in the training rows, their marks of missing values too', () => {
    const dataset = prepared({ x: [1, 2, 3], late: [null, null, 5], word: [null, null, 'a'] });
    expect(encodeInputs(dataset, everyInput(dataset), [], Int32Array.of(0, 1)).featureNames).toEqual(['x']);
  });

  test('drops columns that are constant in the training rows', () => {
    const dataset = prepared({ same: [0.1, 0.1, 0.1, 5], one: ['a', 'a', 'a', 'b'], x: [0, 1, 2, 3] });
    expect(encodeInputs(dataset, everyInput(dataset), [], Int32Array.of(0, 1, 2)).featureNames).toEqual(['x']);
  });

  test('turns classes into one feature a training level; unseen levels and missing cells are all 0', () => {
    const dataset = prepared({ colour: ['red', 'blue', null, 'green'] });
    const encoded = encodeInputs(dataset, everyInput(dataset), [], Int32Array.of(0, 1, 2));
    expect(encoded.featureNames).toEqual(['colour=blue', 'colour=red', 'colour is missing']);
    expect(rowsOf(encoded, [0, 1, 2, 3])).toEqual([
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
      [0, 0, 0],
    ]);
  });

  test('keeps the 50 commonest levels of a class column and joins the others', () => {
    const dataset = prepared({ city: series(180, (row) => `c${row % 60 < 50 || row < 60 ? row % 60 : 0}`) }); // c0 .. c49 three times or more, c50 .. c59 once
    const encoded = encodeInputs(dataset, everyInput(dataset), [], Int32Array.from(series(180, (row) => row)));
    expect(encoded.featureNames).toHaveLength(51);
    expect(encoded.featureNames.at(-1)).toBe('city=(other)');
    expect(rowsOf(encoded, [55])[0]?.at(-1)).toBe(1);
    expect(rowsOf(encoded, [5])[0]?.at(-1)).toBe(0);
  });

  test('joins a vector with the input columns', () => {
    const dataset = prepared({ age: [10, 20], y: ['a', 'b'] }, { kind: 'vector', features: 2, values: Float32Array.of(1, 5, 3, 5) });
    const encoded = encodeInputs(dataset, { age: 'input', y: 'target' }, ['y'], Int32Array.of(0, 1));
    expect(encoded.featureNames).toEqual(['x0', 'age']); // x1 is constant
    expect(rowsOf(encoded, [0, 1])).toEqual([
      [-1, -1],
      [1, 1],
    ]);
  });

  test('without any input left is refused with the reason', () => {
    const dataset = prepared({ y: ['a', 'b'], same: [1, 1] });
    const train = Int32Array.of(0, 1);
    expect(() => encodeInputs(dataset, { y: 'input', same: 'ignore' }, ['y'], train)).toThrow(
      'test.csv has no inputs left: no column has the role input besides the targets (y). Give a column the role input.',
    );
    expect(() => encodeInputs(dataset, { y: 'ignore', same: 'ignore' }, [], train)).toThrow(
      'test.csv has no inputs left: no column has the role input. Give a column the role input.',
    );
    expect(() => encodeInputs(dataset, { y: 'ignore', same: 'input' }, [], train)).toThrow('every input column is constant or empty in the training rows');
  });
});

describe('excluded columns', () => {
  test('never reach the inputs: changing them changes no encoded number, whatever their role', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ a: fc.double({ min: -5, max: 5, noNaN: true }), b: fc.constantFrom('p', 'q', 'r'), secret: fc.integer({ min: 0, max: 9 }) }), {
          minLength: 4,
          maxLength: 20,
        }),
        fc.subarray(['a', 'b', 'secret'] as const, { minLength: 1, maxLength: 2 }),
        (cells, excluded) => {
          const keep = prepared({
            base: cells.map((_, row) => row),
            a: cells.map(({ a }) => a),
            b: cells.map(({ b }) => b),
            secret: cells.map(({ secret }) => secret),
          });
          const other = prepared({
            base: cells.map((_, row) => row),
            a: cells.map(({ a }, row) => (excluded.includes('a') ? row * 2 : a)),
            b: cells.map(({ b }, row) => (excluded.includes('b') ? `z${row % 3}` : b)),
            secret: cells.map(({ secret }, row) => (excluded.includes('secret') ? row : secret)),
          });
          const train = Int32Array.from(cells.keys());
          const [first, second] = [keep, other].map((dataset) => encodeInputs(dataset, everyInput(dataset), excluded, train));
          expect(second?.featureNames).toEqual(first?.featureNames);
          if (first !== undefined && second !== undefined) expect(rowsOf(second, [...train])).toEqual(rowsOf(first, [...train]));
          expect(inputColumns(keep, everyInput(keep), excluded).some((name) => excluded.some((target) => target === name))).toBe(false);
        },
      ),
      { numRuns: 50, seed: 1 },
    );
  });

  test('of a role other than input are no inputs either', () => {
    const dataset = prepared({ x: [1, 2], y: [3, 4], id: [5, 6], who: [7, 8] });
    expect(encodeInputs(dataset, { x: 'input', y: 'target', id: 'id', who: 'group' }, [], Int32Array.of(0, 1)).featureNames).toEqual(['x']);
  });
});

describe('images', () => {
  test('of bytes are standardised by channel over the training images', () => {
    const values = Uint8Array.of(0, 10, 255, 10, 255, 10, 0, 10, 51, 20, 51, 30); // three images of 1 x 2 pixels, two channels
    const dataset = prepared({ y: ['a', 'b', 'a'] }, { kind: 'image', height: 1, width: 2, channels: 2, values });
    const encoded = encodeInputs(dataset, { y: 'target' }, ['y'], Int32Array.of(0, 1));
    expect(encoded.shape).toEqual({ kind: 'image', shape: [1, 2, 2] });
    expect(rowsOf(encoded, [1, 0])).toEqual([
      [1, 0, -1, 0],
      [-1, 0, 1, 0],
    ]); // channel 0: mean and standard deviation 0.5; channel 1 constant in training
    expect(rowsOf(encoded, [2])[0]?.[0]).toBeCloseTo(-0.6, 6); // (51 / 255 - 0.5) / 0.5
    expect(rowsOf(encoded, [2])[0]?.[3]).toBeCloseTo(20 / 255, 6); // a constant channel is only centred
  });

  test('of one channel are standardised byte by byte', () => {
    const dataset = prepared({ y: ['a', 'b'] }, { kind: 'image', height: 2, width: 1, channels: 1, values: Uint8Array.of(0, 255, 51, 204) });
    const encoded = encodeInputs(dataset, {}, ['y'], Int32Array.of(0)); // mean and standard deviation 0.5
    expect(rowsOf(encoded, [1, 0])).toEqual([
      [Math.fround(-0.6), Math.fround(0.6)], // 51 / 255 = 0.2
      [-1, 1],
    ]);
  });

  test('of floats are standardised without the division by 255, and missing pixels are 0', () => {
    const dataset = prepared({ y: ['a', 'b'] }, { kind: 'image', height: 1, width: 2, channels: 1, values: Float32Array.of(1, 3, NaN, 5) });
    expect(rowsOf(encodeInputs(dataset, {}, ['y'], Int32Array.of(0)), [0, 1])).toEqual([
      [-1, 1],
      [0, 3],
    ]);
  });
});

test('sequences are standardised by feature over the training steps and filled up with zeros', () => {
  const dataset = prepared(
    { y: ['a', 'b', 'a'] },
    { kind: 'sequence', features: 2, lengths: Int32Array.of(2, 1, 3), values: Float32Array.of(1, 8, 3, 8, 2, 8, 5, 8, 1, NaN, 7, 9) },
  );
  const encoded = encodeInputs(dataset, {}, ['y'], Int32Array.of(0, 1));
  expect(encoded.shape).toEqual({ kind: 'sequence', shape: [3, 2] });
  expect(encoded.lengths).toEqual(Int32Array.of(2, 1, 3));
  const deviation = Math.sqrt(2 / 3); // of 1, 3, 2
  const [first, second, third] = rowsOf(encoded, [0, 1, 2]);
  expect(first?.slice(2)).toEqual([Math.fround(1 / deviation), 0, 0, 0]);
  expect(second).toEqual([0, 0, 0, 0, 0, 0]);
  expect(third).toEqual([Math.fround(3 / deviation), 0, Math.fround(-1 / deviation), 0, Math.fround(5 / deviation), 0]);
});
