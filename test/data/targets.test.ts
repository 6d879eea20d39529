import { describe, expect, test } from 'vitest';
import { checkTarget, checkTargetColumn, encodeTarget } from '../../src-main/data/targets.ts';
import { prepared, series, splitOf } from './prepared.ts';

const all = splitOf([0, 1, 2], [3], [4]);

describe('encoded targets', () => {
  test('of classification are class codes, also from whole numbers', () => {
    const dataset = prepared({ kind: ['b', 'a', null], grade: [5, 1, null] });
    expect(encodeTarget(dataset, 'kind', 'classification', Int32Array.of(0, 1))).toEqual({
      kind: 'classification',
      classes: ['a', 'b'],
      codes: Int32Array.of(1, 0, -1),
    });
    expect(encodeTarget(dataset, 'grade', 'classification', Int32Array.of(0, 1))).toEqual({
      kind: 'classification',
      classes: ['1', '5'],
      codes: Int32Array.of(1, 0, -1),
    });
  });

  test('of regression keep their unit and bring statistics of the training rows with a label', () => {
    const dataset = prepared({ mpg: [10, 14, null, 1000] });
    expect(encodeTarget(dataset, 'mpg', 'regression', Int32Array.of(0, 1, 2))).toEqual({
      kind: 'regression',
      values: Float64Array.of(10, 14, NaN, 1000),
      mean: 12,
      standardDeviation: 2,
    });
  });
});

describe('a column that cannot be a task', () => {
  test.each([
    ['does not exist', { quality: [1, 2, 3, 4, 5] }, 'qualty', 'regression', 'Unknown column "qualty". Did you mean quality?'],
    ['has no values', { y: [null, null, null, null, null] }, 'y', 'regression', 'Column "y" cannot be a task: all of its values are missing.'],
    ['is constant', { y: [2, 2, null, 2, 2] }, 'y', 'regression', 'Column "y" cannot be a task: it is constant, every value is 2.'],
    [
      'has one class',
      { y: ['a', 'a', 'a', null, 'a'] },
      'y',
      'classification',
      'Column "y" cannot be a task: it has only one class, "a". Classification needs at least two.',
    ],
    [
      'is text for a regression',
      { y: [null, 'red', 'blue', 'red', 'red'] },
      'y',
      'regression',
      'Column "y" holds text, such as "red" in row 2, so it cannot be a regression task. Use classification.',
    ],
    [
      'has a word among its numbers',
      { y: ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', 'oops', '12'] },
      'y',
      'regression',
      'Column "y" holds text, such as "oops" in row 11, so it cannot be a regression task. Correct it, or name "oops" in the option missing.',
    ],
    [
      'has more classes than training rows',
      { y: [1, 2, 3, 4, 1] },
      'y',
      'classification',
      'Column "y" has 4 classes, more than the 3 training rows with a label. Use regression for it or more data.',
    ],
    [
      'has a class for every row',
      { y: [1, 2, 3, 4, 5] },
      'y',
      'classification',
      'Column "y" has 5 classes for 5 labelled rows: each row is a class of its own. Use regression for it or more data.',
    ],
    [
      'has more text classes than training rows',
      { y: ['a', 'b', 'c', 'd', 'a'] },
      'y',
      'classification',
      'Column "y" has 4 classes, more than the 3 training rows with a label. Use a column with fewer classes or more data.',
    ],
    [
      'lacks a class in training',
      { y: ['a', 'b', 'a', 'c', 'a'] },
      'y',
      'classification',
      'Class "c" of column "y" has no training row. Use a stratified split, a larger training share, or remove its rows.',
    ],
    [
      'has one class in training',
      { y: ['a', 'a', 'a', 'b', 'b'] },
      'y',
      'classification',
      'Column "y" cannot be a task: the training rows have only one class, "a".',
    ],
    ['has no label in training', { y: [null, null, null, 'a', 'b'] }, 'y', 'classification', 'Column "y" cannot be a task: no training row has a value.'],
    ['has no number in training', { y: [null, null, null, 1, 2] }, 'y', 'regression', 'Column "y" cannot be a task: no training row has a value.'],
    [
      'is constant in training',
      { y: [0.1, 0.1, 0.1, 1, 2] },
      'y',
      'regression',
      'Column "y" cannot be a task: it is constant in the training rows, every value is 0.1.',
    ],
  ] as const)('is refused when it %s', (_, columns, name, kind, message) => {
    expect(() => checkTarget(prepared(columns), name, kind, all)).toThrow(expect.objectContaining({ code: 'bad-input', message }));
  });

  test('is found before the rows are split where that is possible', () => {
    expect(() => checkTargetColumn(prepared({ y: ['a', 'a'] }), 'y', 'classification')).toThrow('it has only one class');
    expect(() => checkTargetColumn(prepared({ y: ['a', 'b'] }), 'y', 'classification')).not.toThrow();
  });
});

test('an auxiliary task may have a class that no training row shows', () => {
  const dataset = prepared({ y: ['a', 'b', 'a', 'c', 'a'] });
  expect(() => checkTarget(dataset, 'y', 'classification', all, 'auxiliary')).not.toThrow();
});

test('one word in more than ten numbers is an error of the data, one in ten makes them classes', () => {
  const spoilt = (numbers: number) => prepared({ y: [...series(numbers, String), 'oops'] });
  expect(() => checkTargetColumn(spoilt(10), 'y', 'regression')).toThrow('such as "oops" in row 11, so it cannot be a regression task. Correct it');
  expect(() => checkTargetColumn(spoilt(9), 'y', 'regression')).toThrow('such as "oops" in row 10, so it cannot be a regression task. Use classification.');
});

test('a class of which no row is left is missed by nobody, and two rows of two classes are not each a class of their own', () => {
  const dataset = prepared({ y: ['a', 'b', 'a', 'b', 'a'] });
  const [column] = dataset.columns;
  if (column?.kind !== 'class') throw new Error('classes are expected');
  const unused = { ...dataset, columns: [{ ...column, classes: [...column.classes, 'c'] }] };
  expect(() => checkTarget(unused, 'y', 'classification', all)).not.toThrow();
  expect(() => checkTargetColumn(prepared({ y: ['a', 'b', 'c', 'c'] }), 'y', 'classification')).not.toThrow();
});

test('usable targets pass', () => {
  const dataset = prepared({ y: series(5, (row) => 'ab'[row % 2] ?? null), z: [1, 2, 3, null, 5] });
  expect(() => checkTarget(dataset, 'y', 'classification', all)).not.toThrow();
  expect(() => checkTarget(dataset, 'z', 'regression', all)).not.toThrow();
});
