import { describe, expect, test } from 'vitest';
import { naturallySorted } from '../../src-main/data/columns.ts';
import { classColumn, prepareDataset } from '../../src-main/data/prepare.ts';
import { prepared, rawColumn } from './prepared.ts';
import type { RawDataset } from '../../src-main/formats/format.ts';

describe('column kinds', () => {
  test('text becomes classes in natural order and missing cells get code -1', () => {
    const [column] = prepared({ size: ['10', '9', null, '100', '9'] }).columns;
    expect(column).toEqual({ name: 'size', kind: 'class', classes: ['9', '10', '100'], codes: Int32Array.of(1, 0, -1, 2, 0) });
  });

  test('numbers stay numbers unless a kind is asked for', () => {
    expect(prepared({ y: [2, 1, null] }).columns[0]).toEqual({ name: 'y', kind: 'number', values: Float64Array.of(2, 1, NaN) });
    expect(prepared({ y: [10, 9, null] }, undefined, { y: 'class' }).columns[0]).toEqual({
      name: 'y',
      kind: 'class',
      classes: ['9', '10'],
      codes: Int32Array.of(1, 0, -1),
    });
    expect(prepared({ y: ['1.5', null] }, undefined, { y: 'number' }).columns[0]).toEqual({ name: 'y', kind: 'number', values: Float64Array.of(1.5, NaN) });
  });

  test('class names sort as people write them', () => {
    for (const names of [
      ['a1', 'a1b', 'a1b2'],
      ['a1b2', 'a1b', 'a1'],
      ['a1b', 'a1b2', 'a1'],
    ])
      expect(naturallySorted(names)).toEqual(['a1', 'a1b', 'a1b2']);
    expect(naturallySorted(['a01', 'a1', ' '])).toEqual([' ', 'a01', 'a1']); // of equal value by code unit, and a blank is no number
    expect(naturallySorted(['class10', 'class9', 'b', 'a', 'class9b'])).toEqual(['a', 'b', 'class9', 'class9b', 'class10']);
    expect(naturallySorted(['1e3', '-2', '200', '0.5'])).toEqual(['-2', '0.5', '200', '1e3']);
    expect(naturallySorted(['1e3', '200', '30x'])).toEqual(['1e3', '30x', '200']); // one text among them: digits by piece, so the order has no circle
  });

  test('a number column becomes a class for every distinct value', () => {
    const [column] = prepared({ quality: [7, 3, null, 7, 10] }).columns;
    expect(column === undefined ? null : classColumn(column)).toEqual({
      name: 'quality',
      kind: 'class',
      classes: ['3', '7', '10'],
      codes: Int32Array.of(1, 0, -1, 1, 2),
    });
  });

  test('numbers that agree in ten digits stay different classes', () => {
    const [column] = prepared({ y: [1, 1 + 1e-12] }).columns;
    expect(column === undefined ? null : classColumn(column).classes).toEqual(['1', '1.000000000001']);
  });
});

test('a number too large for means and spreads is refused with its row', () => {
  expect(() => prepared({ y: [1, -1e101, 2] })).toThrow(
    'Column "y", row 2: -1e+101 is larger than 1e+100, which is the most that is read. Leave the cell empty if it is an error.',
  );
  expect(() => prepared({ y: [1e100, 2] })).not.toThrow();
});

test('the longest sequence says how long the input is', () => {
  const { array } = prepared({ y: ['a', 'b', 'c'] }, { kind: 'sequence', features: 1, lengths: Int32Array.of(1, 3, 2), values: new Float32Array(6) });
  expect(array).toMatchObject({ kind: 'sequence', maxLength: 3 });
});

describe('the digest', () => {
  const raw = (name: string, values: readonly number[]): RawDataset => ({ format: 'csv', rows: values.length, columns: [rawColumn(name, values)], notes: [] });

  test('is the same for the same content under another path, name and format', () => {
    const first = prepareDataset(raw('x', [1, NaN, 0]), 'a', '/one/a.csv');
    const second = prepareDataset({ ...raw('x', [1, NaN, -0]), format: 'npz', notes: ['A note.'] }, 'b', '/two/b.npz');
    expect(second.digest).toBe(first.digest);
    expect(first.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  test('differs with a value, a column name, a kind and a shape', () => {
    const image = (height: number, width: number): string =>
      prepareDataset(
        { format: 'idx', rows: 1, columns: [], array: { kind: 'image', height, width, channels: 1, values: new Uint8Array(6) }, notes: [] },
        'a',
        'a',
      ).digest;
    const digests = [
      prepared({ x: [1, 2] }).digest,
      prepared({ x: [1, 3] }).digest,
      prepared({ y: [1, 2] }).digest,
      prepared({ x: ['1', '2'] }).digest,
      image(2, 3),
      image(3, 2),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });
});

describe('refusals', () => {
  test.each([
    ['no rows', () => prepareDataset({ format: 'csv', rows: 0, columns: [], notes: [] }, 'a', 'a.csv'), 'a.csv holds no rows.'],
    ['an infinite value', () => prepared({ x: [1, Infinity] }), 'Column "x", row 2: the value is infinite. Leave the cell empty if it is unknown.'],
    [
      'text in a column of numbers',
      () => prepared({ x: ['1', 'n.a.'] }, undefined, { x: 'number' }),
      'Column "x", row 2: "n.a." is not a number. Treat the column as classes, or name "n.a." as a mark of missing values.',
    ],
    [
      'a kind for a column that does not exist',
      () => prepared({ weight: [1] }, undefined, { wieght: 'class' }),
      'Unknown column "wieght". Did you mean weight?',
    ],
    [
      'two columns of one name',
      () => prepareDataset({ format: 'csv', rows: 1, columns: [rawColumn('x', [1]), rawColumn('x', [2])], notes: [] }, 'a', 'a.csv'),
      'a.csv has two columns named "x". Give each column its own name.',
    ],
    [
      'a column of another length',
      () => prepareDataset({ format: 'csv', rows: 2, columns: [rawColumn('x', [1])], notes: [] }, 'a', 'a.csv'),
      'Column "x" has 1 values, but the data have 2 rows.',
    ],
    ['a number below the least', () => prepared({ x: [1, -Infinity] }), 'Column "x", row 2: the value is infinite. Leave the cell empty if it is unknown.'],
    [
      'an empty text in a column of numbers',
      () => prepared({ x: ['1', ' '] }, undefined, { x: 'number' }),
      'Column "x", row 2: " " is not a number. Treat the column as classes, or name " " as a mark of missing values.',
    ],
    [
      'a number of sequences other than that of the rows',
      () => prepared({ y: ['a', 'b'] }, { kind: 'sequence', features: 1, lengths: Int32Array.of(1), values: Float32Array.of(1) }),
      'There are 1 sequences, but the data have 2 rows.',
    ],
    [
      'values that do not fit the steps of the sequences',
      () => prepared({ y: ['a', 'b'] }, { kind: 'sequence', features: 2, lengths: Int32Array.of(1, 2), values: new Float32Array(5) }),
      'The sequence data have 5 values where the rows need 6.',
    ],
    [
      'values that do not fit the features of a vector',
      () => prepared({ y: ['a', 'b'] }, { kind: 'vector', features: 3, values: new Float32Array(5) }),
      'The vector data have 5 values where the rows need 6.',
    ],
    [
      'an infinite value in a sequence',
      () => prepared({ y: ['a', 'b'] }, { kind: 'sequence', features: 1, lengths: Int32Array.of(1, 2), values: Float32Array.of(1, 2, -Infinity) }),
      'Sequence value 3 holds an infinite value.',
    ],
    [
      'an infinite value in an image of floats',
      () => prepared({ y: ['a', 'b'] }, { kind: 'image', height: 1, width: 2, channels: 1, values: Float32Array.of(Infinity, 2, 3, 4) }),
      'Image 1 holds an infinite value.',
    ],
    [
      'a sequence without steps',
      () => prepared({ y: ['a', 'b'] }, { kind: 'sequence', features: 1, lengths: Int32Array.of(1, 0), values: Float32Array.of(1) }),
      'Sequence 2 has no time steps. Remove it from the data.',
    ],
    [
      'an image array of the wrong size',
      () => prepared({ y: ['a', 'b'] }, { kind: 'image', height: 2, width: 2, channels: 1, values: new Uint8Array(7) }),
      'The image data have 7 values where the rows need 8.',
    ],
    [
      'an infinite value in a vector',
      () => prepared({ y: ['a', 'b'] }, { kind: 'vector', features: 2, values: Float32Array.of(1, 2, 3, Infinity) }),
      'Row 2 holds an infinite value.',
    ],
  ])('%s is refused', (_, act, message) => {
    expect(act).toThrow(expect.objectContaining({ name: 'LabError', code: 'bad-input', message }));
  });
});
