import { describe, expect, test } from 'vitest';
import { inputShape, profileColumns } from '../../src-main/data/profile.ts';
import { duplicateRowCount } from '../../src-main/data/duplicates.ts';
import { dataWarnings } from '../../src-main/data/warnings.ts';
import { guessRoles } from '../../src-main/data/roles.ts';
import { prepared, series } from './prepared.ts';

test('a profile counts missing and distinct values, classes, and the range of numbers', () => {
  const dataset = prepared({ colour: ['red', 'blue', null, 'red'], x: [1, null, 3, 5] });
  const [colour, x] = profileColumns(dataset, guessRoles(dataset));
  expect(colour).toMatchObject({
    name: 'colour',
    kind: 'class',
    missing: 1,
    distinct: 2,
    range: null,
    classes: [
      { name: 'blue', count: 1 },
      { name: 'red', count: 2 },
    ],
  });
  expect(x).toMatchObject({
    name: 'x',
    kind: 'number',
    missing: 1,
    distinct: 3,
    classes: null,
    range: { min: 1, max: 5, mean: 3, standardDeviation: Math.sqrt(8 / 3) },
  }); // population: (4 + 0 + 4) / 3
});

test('a profile lists the 50 commonest of many classes', () => {
  const dataset = prepared({ city: [...series(60, (row) => `c${row}`), 'c59'] });
  const [city] = profileColumns(dataset, guessRoles(dataset));
  expect(city?.classes).toHaveLength(50);
  expect(city?.classes?.[0]).toEqual({ name: 'c59', count: 2 });
});

test('fifty classes are listed in their own order, and a column without values has no range', () => {
  const dataset = prepared({
    city: [...series(50, (row) => `c${row}`), 'c49'],
    empty: series(51, () => null),
    x: series(51, (row) => (row === 0 ? null : row % 3)),
  });
  const [city, empty, x] = profileColumns(dataset, guessRoles(dataset));
  expect(city?.classes?.map(({ name }) => name)).toEqual(series(50, (row) => `c${row}`));
  expect(city).toMatchObject({ missing: 0, distinct: 50, outputs: { classification: 50, regression: 1 } });
  expect(empty).toMatchObject({ kind: 'number', role: 'ignore', reason: 'It has no values.', missing: 51, distinct: 0, range: null });
  expect(x).toMatchObject({ outputs: { classification: 3, regression: 1 }, range: { min: 0, max: 2 } });
});

test('the input shape is that of one row', () => {
  expect(inputShape(prepared({ x: [1, 2] }), 1)).toEqual({ kind: 'table', shape: [1] });
  expect(inputShape(prepared({ y: ['a', 'b'] }, { kind: 'vector', features: 3, values: new Float32Array(6) }), 2)).toEqual({ kind: 'table', shape: [5] });
  expect(inputShape(prepared({ y: ['a', 'b'] }, { kind: 'image', height: 1, width: 2, channels: 3, values: new Uint8Array(12) }), 0)).toEqual({
    kind: 'image',
    shape: [1, 2, 3],
  });
  expect(inputShape(prepared({ y: ['a', 'b'] }, { kind: 'sequence', features: 2, lengths: Int32Array.of(1, 3), values: new Float32Array(8) }), 0)).toEqual({
    kind: 'sequence',
    shape: [3, 2],
  });
});

describe('warnings', () => {
  test('name an input that is nearly a copy of the target, by correlation or value for value', () => {
    const dataset = prepared({
      kelvin: series(30, (row) => row * row + 273.15),
      celsius: series(30, (row) => row * row + (row % 2) * 1e-3),
      code: series(30, (row) => row % 3),
      label: series(30, (row) => ['low', 'middle', 'high'][row % 3] ?? null),
      other: series(30, (row) => (row * 17) % 30),
    });
    expect(dataWarnings(dataset, { kelvin: 'input', celsius: 'target', code: 'input', label: 'target', other: 'input' })).toEqual([
      'Column "kelvin" is nearly a copy of "celsius": their correlation is 1.0000. Unless it is known before the label, it should not be an input.',
      'Column "code" is nearly a copy of "label": each value of one goes with one value of the other. ' +
        'Unless it is known before the label, it should not be an input.',
    ]);
  });

  test('name two labels that are the same, once, and not a coarse label that follows from a fine one', () => {
    const dataset = prepared(
      { fine: series(30, (row) => row % 6), coarse: series(30, (row) => (row % 6) % 2), named: series(30, (row) => `n${row % 6}`) },
      { kind: 'vector', features: 1, values: Float32Array.from(series(30, (row) => row)) },
    );
    expect(dataWarnings(dataset, { fine: 'target', coarse: 'target', named: 'target' })).toEqual([
      'Column "named" is nearly a copy of "fine": each value of one goes with one value of the other. As auxiliary task of the other it teaches nothing new.',
    ]);
  });

  test('name constant columns, tiny classes and repeated rows', () => {
    const dataset = prepared({
      same: series(20, () => 1),
      x: series(20, (row) => Math.min(row, 17)),
      y: series(20, (row) => (row < 2 ? 'tiny' : row % 2 === 0 ? 'a' : 'b')),
      z: series(20, () => null),
    });
    expect(dataWarnings(dataset, { same: 'ignore', x: 'input', y: 'target', z: 'ignore' })).toEqual([
      'Columns "same", "z" have fewer than two values and teach nothing.',
      'Column "y" has a class with fewer than 3 rows, too few for all parts of a split: "tiny" (2).',
      // Rows 17, 18, 19 hold x = 17; 19 is b as 17 is
      '1 of 20 rows repeat an earlier row; a repeated one may stand in training and in test. Split with duplicates=together to keep them in one part.',
    ]);
  });
});

describe('repeated rows', () => {
  test('are found in images, ragged sequences and columns', () => {
    const y = ['a', 'b', 'a'];
    expect(duplicateRowCount(prepared({ y }, { kind: 'image', height: 1, width: 2, channels: 1, values: Uint8Array.of(1, 2, 2, 1, 1, 2) }), [])).toBe(1);
    expect(
      duplicateRowCount(prepared({ y }, { kind: 'sequence', features: 1, lengths: Int32Array.of(1, 2, 1), values: Float32Array.of(5, 5, 5, 5) }), []),
    ).toBe(1); // [5], [5, 5], [5]
    expect(duplicateRowCount(prepared({ y, x: [1, 1, 1] }), ['y', 'x'])).toBe(1);
    expect(duplicateRowCount(prepared({ y, x: [1, 1, 2] }), ['y', 'x'])).toBe(0);
  });

  test('are not claimed where 200,000 rows all differ', () => {
    expect(duplicateRowCount(prepared({ x: series(200_000, (row) => row / 1024), z: series(200_000, (row) => row % 2) }), ['x', 'z'])).toBe(0);
  });
});
