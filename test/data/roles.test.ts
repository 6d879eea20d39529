import { describe, expect, test } from 'vitest';
import { guessKind, type KindGuess } from '../../src-main/data/classEvidence.ts';
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
  const kind = (name: string, values: readonly (number | null)[] | readonly string[]): string => {
    const dataset = prepared({ [name]: values });
    return guessTaskKind(columnOf(dataset, name), dataset);
  };
  test('is classification for classes and for few whole numbers that look like labels', () => {
    expect(kind('colour', ['a', 'b'])).toBe('classification');
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
  test('turns at 20 rows a value, and at three values of a short file', () => {
    const counted = (name: string, values: number, rows: number, from = 0): string =>
      kind(
        name,
        series(rows, (row) => from + (row % values)),
      );
    expect([counted('anything', 20, 400), counted('anything', 20, 399), counted('anything', 47, 940)]).toEqual([
      'classification',
      'regression',
      'classification',
    ]);
    expect([counted('anything', 3, 4), counted('anything', 4, 6)]).toEqual(['classification', 'regression']);
    expect([counted('anything', 4, 400, 1), counted('anything', 4, 400, 2)]).toEqual(['classification', 'regression']); // counted from 0 or 1
    expect(
      kind(
        'anything',
        series(400, (row) => [0, 1, 3][row % 3] ?? 0),
      ),
    ).toBe('regression');
  });
  test('turns at two rows a value under a name of classes, where every number from 0 occurs', () => {
    const label = (values: number, rows: number): string =>
      kind(
        'label',
        series(rows, (row) => row % values),
      );
    expect([label(10, 20), label(11, 20)]).toEqual(['classification', 'regression']);
    expect([label(100, 200), label(100, 199)]).toEqual(['classification', 'regression']);
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
        series(49, (row) => row % 10),
      ),
    ).toBe('regression'); // fewer than 5 rows a value
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
    ).toBe('regression'); // a name of amounts
    expect(
      kind(
        'cylinders',
        series(400, (row) => [3, 4, 5, 6, 8][row % 5] ?? 0),
      ),
    ).toBe('regression');
  });
});

describe('whole numbers that stand for classes, as public data sets have them', () => {
  const guess = (name: string, values: readonly number[], array?: ReturnType<typeof images>): KindGuess => {
    const dataset = prepared({ [name]: values }, array);
    return guessKind(columnOf(dataset, name), dataset);
  };
  const kinds = (name: string, values: readonly number[], array?: ReturnType<typeof images>): string => guess(name, values, array).kind;

  test.each([
    // Sign Language MNIST
    ['label', series(480, (row) => [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24][row % 24] ?? 0)],
    ['labels', series(1040, (row) => 1 + (row % 26))], // EMNIST letters
    ['y', series(1000, (row) => row % 47)], // EMNIST balanced
    ['fine_labels', series(500, (row) => row % 100)], // CIFAR-100
    ['Classes', series(430, (row) => row % 43)], // GTSRB
    ['target', series(200, (row) => row % 10)], // digits
    ['Class', series(699, (row) => (row % 3 === 0 ? 4 : 2))], // Breast Cancer Wisconsin
    ['column11', series(699, (row) => (row % 3 === 0 ? 4 : 2))], // the same without a header
    ['column1', series(100, (row) => (row % 2 === 0 ? -1 : 1))], // UCR archive
    ['Outcome', series(30, (row) => row % 2)],
    ['Type', series(214, (row) => [1, 2, 3, 5, 6, 7][row % 6] ?? 0)], // Glass
    ['price_range', series(2000, (row) => row % 4)],
    ['quality', series(1599, (row) => 3 + (row % 6))], // wine: a few grades
  ])('%s is classes', (name, values) => {
    expect(kinds(name, values)).toBe('classification');
  });

  test.each([
    ['Rings', series(4177, (row) => Math.round(1 + 14 * ((Math.sin(row) + Math.sin(2.3 * row)) / 2 + 1)))], // abalone
    ['column9', series(4000, (row) => (row % 11) + (row % 13) + (row % 9))], // many in the middle, few at the ends
    ['cylinders', series(398, (row) => [3, 4, 5, 6, 8][row % 5] ?? 0)],
    ['age', series(2000, (row) => row % 80)],
    ['count', series(1000, (row) => row % 5)],
    ['num_rooms', series(1000, (row) => 1 + (row % 6))],
    ['target', series(442, (row) => 25 + ((row * 37) % 214))], // diabetes
    ['y', series(1000, (row) => (row * 7) % 500)],
    ['label', series(300, (row) => Math.round(50 + 45 * Math.sin(row * 1.7)))], // marks out of a hundred
    ['year', series(1000, (row) => 1970 + (row % 13))],
  ])('%s is an amount', (name, values) => {
    expect(kinds(name, values)).toBe('regression');
  });

  test('first or last in a table whose names say nothing they may have gaps, and nowhere else', () => {
    const types = series(214, (row) => [1, 2, 3, 5, 6, 7][row % 6] ?? 0); // Glass
    const signs = series(480, (row) => [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24][row % 24] ?? 0);
    const floats = (count: number): number[] => series(count, (row) => Math.sin(row));
    const at = (columns: Record<string, readonly number[]>, name: string): KindGuess => {
      const dataset = prepared(columns);
      return guessKind(columnOf(dataset, name), dataset);
    };
    expect(at({ column1: floats(214), column2: types }, 'column2').reason).toBe(
      'Its 6 whole numbers from 1 to 7 are taken for classes: it is the last column, they count from 1, and there are 36 rows a value.',
    );
    expect(at({ column1: signs, column2: floats(480) }, 'column1').kind).toBe('classification');
    expect(at({ column1: floats(214), column2: types, column3: floats(214) }, 'column2').kind).toBe('regression');
    expect(at({ size: floats(214), rooms: types }, 'rooms').kind).toBe('regression');
  });

  test('labels beside images need not be even', () => {
    const uneven = series(1000, (row) => (row % 10 === 0 ? (row / 10) % 25 : row % 3));
    expect(new Set(uneven).size).toBeGreaterThan(20);
    expect([kinds('arr_1', uneven), kinds('arr_1', uneven, images(1000))]).toEqual(['regression', 'classification']);
    expect(kinds('age', uneven, images(1000))).toBe('regression');
  });

  test('the reason says what was seen', () => {
    expect(
      guess(
        'label',
        series(480, (row) => row % 24),
      ).reason,
    ).toBe('Its 24 whole numbers from 0 to 23 are taken for classes: its name means classes, and there are 20 rows a value.');
    expect(
      guess(
        'column9',
        series(100, (row) => (row % 2 === 0 ? 2 : 4)),
      ).reason,
    ).toBe('Its values 2 and 4 are taken for classes: there are only two of them.');
    expect(
      guess(
        'age',
        series(100, (row) => row % 50),
      ).reason,
    ).toBe('Its 50 whole numbers from 0 to 49 are taken for amounts, as its name says.');
    expect(guess('x', [0.5, 1.5]).reason).toBe('It has fractions.');
  });

  test('what a person said stands above the evidence', () => {
    const labels = series(60, (row) => row % 3);
    const numbers = prepared({ x: series(60, (row) => row * row), label: labels }, undefined, { label: 'number' });
    expect(guessKind(columnOf(numbers, 'label'), numbers)).toEqual({ kind: 'regression', reason: 'You said that it is a number.' });
    const text = prepared({ x: series(60, (row) => row * row), note: series(60, (row) => `n${row % 3}`), label: labels }, undefined, { note: 'text' });
    expect(guessRoles(text)[1]).toEqual({ column: 'note', role: 'ignore', reason: 'You said that it is text, which is not learned from.' });
    expect(() => resolveRoles(text, { note: 'input' })).toThrow(
      'Column "note" cannot be an input: you said that it is text, which is not learned from. Give it the type class.',
    );
  });
});

describe('the target of a table whose names say nothing', () => {
  const numbered = (columns: readonly (readonly number[])[]): Record<string, readonly number[]> =>
    Object.fromEntries(columns.map((values, at) => [`column${at + 1}`, values]));
  const classes = series(120, (row) => row % 3);
  const floats = (by: number): number[] => series(120, (row) => Math.sin(row * by));

  test('is the first column where that holds classes and the last one does not', () => {
    expect(roles(prepared(numbered([classes, floats(1), floats(2)])))).toEqual({ column1: 'target', column2: 'input', column3: 'input' });
    expect(roles(prepared(numbered([classes, floats(1), classes])))).toEqual({ column1: 'input', column2: 'input', column3: 'target' });
    expect(roles(prepared(numbered([floats(3), floats(1), floats(2)]))).column3).toBe('target');
    expect(roles(prepared({ rooms: classes, a: floats(1), b: floats(2) })).b).toBe('target'); // names that mean something
  });

  test('is a first column that alone is not numbered', () => {
    expect(roles(prepared({ letter: classes, pixel1: floats(1), pixel2: floats(2) }))).toEqual({ letter: 'target', pixel1: 'input', pixel2: 'input' });
    expect(roles(prepared({ x1: floats(3), x2: floats(1), sign: classes })).sign).toBe('target');
  });

  test('is one that is a label in some data, unless another column has a label’s name', () => {
    const columns = { amount: floats(1), is_fraud: series(120, (row) => row % 2), hour: floats(2) };
    expect(roles(prepared(columns))).toEqual({ amount: 'input', is_fraud: 'target', hour: 'input' });
    expect(roles(prepared({ ...columns, target: classes }))).toEqual({ amount: 'input', is_fraud: 'input', hour: 'input', target: 'target' });
  });
});

describe('row numbers', () => {
  const shuffled = (count: number, from = 0): number[] => series(count, (row) => from + ((row * 7) % count)); // 7 and count have no common divisor
  const x = series(60, (row) => row * row);
  const y = series(60, (row) => row % 2);
  const first = (name: string, values: readonly number[], others: Record<string, readonly number[]> = { x, label: y }): string | undefined =>
    roles(prepared({ [name]: values, ...others }))[name];

  test('in any order, under a name that was made up or written by a program', () => {
    for (const name of ['Unnamed: 0', 'Unnamed: 0.1', 'index', 'rownames', 'X']) expect(first(name, shuffled(60)), name).toBe('id');
    expect([first('column1', shuffled(60)), first('column1', shuffled(60, 1))]).toEqual(['id', 'id']);
    expect(
      first(
        'column1',
        series(60, (row) => (row * 11) % 101),
      ),
    ).toBe('id'); // some rows of a table, beside columns with names
    expect(
      first(
        'Unnamed: 0',
        series(60, (row) => row % 30),
      ),
    ).toBe('id'); // two tables one after the other
  });

  test('are not claimed of what has a name, repeats, has fractions, or numbers nothing in a table without names', () => {
    expect(first('size', shuffled(60))).toBe('input');
    expect(
      first(
        'column1',
        series(60, (row) => row % 30),
      ),
    ).toBe('input');
    expect(
      first(
        'column1',
        series(60, (row) => ((row * 7) % 60) + 0.5),
      ),
    ).toBe('input');
    const others = { column2: x, column3: y };
    expect([
      first('column1', shuffled(60), others),
      first(
        'column1',
        series(60, (row) => (row * 11) % 101),
        others,
      ),
    ]).toEqual(['id', 'input']);
    expect(
      first(
        'X',
        series(60, (row) => (row * 11) % 101),
      ),
    ).toBe('input');
  });

  test('beyond what a number holds exactly are texts, and identifiers where they are one of a kind', () => {
    const ids = series(60, (row) => `12345678901234567${row + 10}`);
    expect(roles(prepared({ tweet_id: ids, x, label: y })).tweet_id).toBe('id');
    expect(roles(prepared({ tweet: ids, x, label: y })).tweet).toBe('ignore');
  });
});
