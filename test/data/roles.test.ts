import { describe, expect, test } from 'vitest';
import { guessRoles, guessTaskKind, possibleTargets, resolveRoles } from '../../src-main/data/roles.ts';
import { columnOf } from '../../src-main/data/columns.ts';
import { prepared, series } from './prepared.ts';
import type { PreparedDataset } from '../../src-main/data/dataset.ts';

const roles = (dataset: PreparedDataset): Record<string, string> => Object.fromEntries(guessRoles(dataset).map(({ column, role }) => [column, role]));
const images = (rows: number) => ({ kind: 'image', height: 1, width: 1, channels: 1, values: new Uint8Array(rows) }) as const;

describe('guessed roles', () => {
  test('of a table: identifiers, constants, free text and the split are no inputs, a label name is the target', () => {
    const dataset = prepared({
      PassengerId: series(40, (row) => 500 + 3 * row),
      row: series(40, (row) => row),
      note: series(40, (row) => `remark number ${row}`),
      planet: series(40, () => 'earth'),
      empty: series(40, () => null),
      age: series(40, (row) => (row * 7) % 31),
      colour: series(40, (row) => ['red', 'blue'][row % 2] ?? null),
      target: series(40, (row) => row % 3),
      subset: series(40, (row) => (row < 30 ? 'train' : 'test')),
      last: series(40, (row) => row * 1.5),
    });
    expect(roles(dataset)).toEqual({
      PassengerId: 'id',
      row: 'id',
      note: 'ignore',
      planet: 'ignore',
      empty: 'ignore',
      age: 'input',
      colour: 'input',
      target: 'target',
      subset: 'split',
      last: 'input',
    });
    for (const { reason } of guessRoles(dataset)) expect(reason).toMatch(/^[A-Z].*\.$/);
  });

  test('of a table without a label name: the last column is the target', () => {
    expect(roles(prepared({ a: [1, 2, 4, 3], b: [4, 3, 2, 2], horsepower: [9, 8, 7, 7] }))).toEqual({ a: 'input', b: 'input', horsepower: 'target' });
  });

  test('of rows that belong to patients: the patient is a group', () => {
    expect(
      roles(prepared({ patient_id: series(30, (row) => 100 + Math.floor(row / 3)), x: series(30, (row) => row * row), label: series(30, (row) => row % 2) }))
        .patient_id,
    ).toBe('group');
  });

  test('of image labels: every column is a target, also one called group, except split, identifiers and constants', () => {
    const dataset = prepared(
      {
        split: series(12, (row) => (row < 9 ? 'Training' : 'Test')),
        class: series(12, (row) => `c${row % 3}`),
        group: series(12, (row) => `g${row % 2}`),
        file: series(12, (row) => `${row}.png`),
        year: series(12, () => 2020),
      },
      images(12),
    );
    expect(roles(dataset)).toEqual({ split: 'split', class: 'target', group: 'target', file: 'id', year: 'ignore' });
  });
});

describe('resolved roles', () => {
  const dataset = prepared({ fold: series(12, (row) => (row < 6 ? 'train' : 'test')), x: series(12, (row) => row * row), y: series(12, (row) => row % 2) });

  test('are the guesses with the overrides on top', () => {
    expect(resolveRoles(dataset, { x: 'ignore' })).toEqual({ fold: 'split', x: 'ignore', y: 'target' });
    expect(resolveRoles(dataset, { y: 'split' })).toEqual({ fold: 'ignore', x: 'input', y: 'split' }); // one split column only
  });

  test('refuse a name that is no column, two split columns, and a column beside images as an input', () => {
    expect(() => resolveRoles(dataset, { folt: 'split' })).toThrow('Unknown column "folt". Did you mean fold?');
    expect(() => resolveRoles(dataset, { fold: 'split', y: 'split' })).toThrow('Only one column can have the role split. Received: fold, y.');
    expect(() => resolveRoles(prepared({ y: ['a', 'b'] }, images(2)), { y: 'input' })).toThrow(
      'Column "y" cannot be an input: a network takes the image alone. Give it the role target or ignore.',
    );
  });
});

test('possible targets are ordered: label names first, then other targets, then inputs; constants are left out', () => {
  const dataset = prepared({ age: [1, 2, 3, 5], colour: ['a', 'b', 'a', 'b'], label: ['p', 'q', 'p', 'q'], extra: [4, 4, 3, 1], same: [1, 1, 1, 1] });
  const chosen = resolveRoles(dataset, { extra: 'target' });
  expect(possibleTargets(dataset, chosen)).toEqual(['label', 'extra', 'age', 'colour']);
});

describe('the guessed task kind', () => {
  const kind = (name: string, values: readonly (number | null)[]): string => guessTaskKind(columnOf(prepared({ [name]: values }), name));
  test('is classification for classes and for few whole numbers that look like labels', () => {
    expect(guessTaskKind(columnOf(prepared({ colour: ['a', 'b'] }), 'colour'))).toBe('classification');
    expect(
      kind(
        'digit',
        series(400, (row) => row % 10),
      ),
    ).toBe('classification');
    expect(
      kind(
        'anything',
        series(400, (row) => 1 + (row % 4)),
      ),
    ).toBe('classification'); // consecutive from 1
    expect(
      kind(
        'quality',
        series(400, (row) => 3 + (row % 6)),
      ),
    ).toBe('classification'); // not from 0 or 1, but a label's name
    expect(kind('y', [0, 1, null, 1, 0])).toBe('classification');
    expect(
      kind(
        'label',
        series(100, (row) => row % 10),
      ),
    ).toBe('classification'); // 10 % of the rows, but the name means classes and they count from 0
    expect(
      kind(
        'class',
        series(1000, (row) => row % 47),
      ),
    ).toBe('classification'); // EMNIST's balanced part has 47 classes
  });
  test('is regression for fractions, many values, and whole numbers that mean amounts', () => {
    expect(
      kind(
        'mpg',
        series(400, (row) => row / 10),
      ),
    ).toBe('regression');
    expect(
      kind(
        'target',
        series(100, (row) => row % 10),
      ),
    ).toBe('regression'); // 10 values are more than 5 % of 100 rows
    expect(
      kind(
        'label',
        series(100, (row) => row % 60),
      ),
    ).toBe('regression');
    expect(
      kind(
        'count',
        series(4000, (row) => row % 21),
      ),
    ).toBe('regression'); // more than 20 values
    expect(
      kind(
        'cylinders',
        series(400, (row) => [3, 4, 5, 6, 8][row % 5] ?? 0),
      ),
    ).toBe('regression');
  });
});
