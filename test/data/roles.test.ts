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

describe('the borders of a guess', () => {
  const role = (name: string, cells: readonly (number | null)[] | readonly (string | null)[]): string | undefined =>
    roles(prepared({ [name]: cells, a: series(cells.length, (row) => row % 2), target: series(cells.length, (row) => row % 2) }))[name];

  test('whole numbers that count the rows from 0 or 1 are a counter, past ten rows', () => {
    for (const from of [0, 1])
      expect(
        role(
          'position',
          series(11, (row) => from + row),
        ),
      ).toBe('id');
    expect(
      role(
        'position',
        series(11, (row) => 2 + row),
      ),
    ).toBe('input');
    expect(
      role(
        'position',
        series(10, (row) => row),
      ),
    ).toBe('input');
    expect(
      role(
        'position',
        series(11, (row) => (row === 10 ? 12 : row)),
      ),
    ).toBe('input');
  });

  test('an identifier is one of a kind in three rows or more, text or whole numbers', () => {
    expect(role('shop_id', [7, 5, 9])).toBe('id');
    expect(role('shop_id', ['x', 'z', 'y'])).toBe('id');
    expect(role('shop_id', [7, 5])).toBe('input');
    expect(role('shop_id', [7, 5, 5])).toBe('input');
    expect(role('shop_id', [7, 5, 0.5])).toBe('input');
    expect(role('nr', [7, 5, 9])).toBe('id'); // a counter’s name
  });

  test('a group has three values or more in half as many rows again', () => {
    expect(role('patient_id', [3, 4, 5, 3, 4])).toBe('group'); // 5 rows are 4.5 or more
    expect(role('patient_id', [3, 4, 5, 6, 3])).toBe('input'); // and less than 6
    expect(role('patient_id', [3, 4, 3, 4])).toBe('input');
    expect(role('patient_id', [0.5, 4, 5, 0.5, 4])).toBe('input');
    expect(role('patient_id', ['p', 'q', 'r', 'p', 'q'])).toBe('group');
  });

  test('free text has more than ten values in less than twice as many rows, or more than fifty in less than five times as many', () => {
    const texts = (values: number, rows: number): string | undefined =>
      role(
        'remark',
        series(rows, (row) => `t${row % values}`),
      );
    expect([texts(10, 11), texts(11, 21), texts(11, 22)]).toEqual(['input', 'ignore', 'input']);
    expect([texts(50, 249), texts(51, 254), texts(51, 255)]).toEqual(['input', 'ignore', 'input']);
  });

  test('a split names training and another part in every row; a second such column is left out', () => {
    expect(role('part', ['train', 'test', 'valid', 'Train '])).toBe('split');
    expect(role('part', ['test', 'valid', 'test', 'valid'])).toBe('input');
    expect(role('part', ['train', 'training', 'train', 'training'])).toBe('input');
    expect(role('part', ['train', 'test', 'other', 'train'])).toBe('input');
    const two = prepared({ part: ['train', 'test', 'train'], fold: ['train', 'train', 'test'], a: [1, 2, 4], b: [3, 5, 4] });
    expect(guessRoles(two)[1]).toEqual({ column: 'fold', role: 'ignore', reason: 'A second split column beside "part".' });
    expect(roles(two)).toEqual({ part: 'split', fold: 'ignore', a: 'input', b: 'target' });
  });

  test('a single input is no target, and a label of which every row has its own text is none', () => {
    expect(roles(prepared({ a: [1, 2, 4, 3] }))).toEqual({ a: 'input' });
    const own = prepared({ label: series(12, (row) => `remark ${row}`), x: series(12, (row) => row * row) });
    expect(guessRoles(own)[0]).toEqual({ column: 'label', role: 'ignore', reason: 'Every row has its own text.' });
  });

  test('a constant is told apart from a constant with gaps, and labels beside a vector from those beside images', () => {
    const reasons = (dataset: PreparedDataset): string[] => guessRoles(dataset).map(({ reason }) => reason);
    expect(reasons(prepared({ a: [1, 1], b: [1, null] }))).toEqual(['Every row holds the same value.', 'Every value is the same.']);
    expect(reasons(prepared({ y: ['a', 'b'] }, { kind: 'vector', features: 1, values: Float32Array.of(1, 2) }))).toEqual([
      'The vector is the input, so a column beside it is a label.',
    ]);
    expect(reasons(prepared({ y: ['a', 'b'] }, images(2)))).toEqual(['The image is the input, so a column beside it is a label.']);
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
    expect(resolveRoles(prepared({ y: ['a', 'b'] }, { kind: 'vector', features: 1, values: Float32Array.of(1, 2) }), { y: 'input' })).toEqual({ y: 'input' });
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
  test('turns at 20 values, at a twentieth of the rows, and at three values of a short file', () => {
    const counted = (name: string, values: number, rows: number, from = 0): string =>
      kind(
        name,
        series(rows, (row) => from + (row % values)),
      );
    expect([counted('anything', 20, 400), counted('anything', 20, 399), counted('anything', 21, 420)]).toEqual(['classification', 'regression', 'regression']);
    expect([counted('anything', 3, 4), counted('anything', 4, 6)]).toEqual(['classification', 'regression']);
    expect([counted('anything', 4, 400, 1), counted('anything', 4, 400, 2)]).toEqual(['classification', 'regression']); // counted from 0 or 1
    expect(
      kind(
        'anything',
        series(400, (row) => [0, 1, 3][row % 3] ?? 0),
      ),
    ).toBe('regression');
  });
  test('turns later for numbers under a name of classes: at half of the rows up to 20 values, then at a twentieth of them', () => {
    const label = (values: number, rows: number): string =>
      kind(
        'label',
        series(rows, (row) => row % values),
      );
    expect([label(10, 20), label(11, 20)]).toEqual(['classification', 'regression']);
    expect([label(20, 100), label(21, 100)]).toEqual(['classification', 'regression']);
    expect([label(60, 1200), label(61, 1200)]).toEqual(['classification', 'regression']);
  });
  test('is regression for fractions however few they are, and where there are no values', () => {
    expect(kind('label', [0.5, 1.5, 0.5, 1.5])).toBe('regression');
    expect(kind('label', [1, 0.5, 1, 2])).toBe('regression');
    expect(kind('label', [null, null])).toBe('regression');
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
