import { describe, expect, test } from 'vitest';
import { wholeOf } from '../../src-main/formats/numbers/numbers.ts';
import { columnOf } from '../../src-main/data/columns.ts';
import { divideValidation, fewestDividedRows, settleSplit, splitNotes, splitRows, taskColumn } from '../../src-main/data/splits.ts';
import { prepared, series } from './prepared.ts';
import type { SeededSplitPlan } from '../../src-main/data/splits.ts';
import type { PreparedDataset, Split } from '../../src-main/data/dataset.ts';

const plan = (changes: Partial<SeededSplitPlan> = {}): SeededSplitPlan => ({
  kind: 'stratified',
  train: 0.7,
  validation: 0.15,
  test: 0.15,
  seed: 1,
  ...changes,
});
const classOf = (row: number): string => (row % 10 < 7 ? 'common' : row % 10 < 9 ? 'rare' : 'rarest');
const flowers = prepared({ x: series(1000, (row) => row * 0.37), kind: series(1000, classOf), owner: series(1000, (row) => `p${Math.floor(row / 7)}`) });

const split = (dataset: PreparedDataset, target: string, changes: Partial<SeededSplitPlan> = {}, fraction = 1): Split =>
  splitRows(dataset, plan(changes), columnOf(dataset, target), fraction);
const lists = (result: Split): number[][] => [[...result.train], [...result.validation], [...result.test]];

function expectPartition(result: Split, rows: readonly number[]): void {
  expect(
    lists(result)
      .flat()
      .sort((a, b) => a - b),
  ).toEqual(rows);
  for (const list of lists(result)) expect(list).toEqual(list.toSorted((a, b) => a - b));
}

describe('every kind of split', () => {
  test.each([
    ['random', {}],
    ['stratified', {}],
    ['grouped', { column: 'owner' }],
  ] as const)('%s gives each row to one part, the same bit for bit for a seed and another for another seed', (kind, changes) => {
    const first = split(flowers, 'kind', { kind, ...changes });
    expectPartition(
      first,
      series(1000, (row) => row),
    );
    expect(split(flowers, 'kind', { kind, ...changes })).toEqual(first);
    expect(split(flowers, 'kind', { kind, ...changes, seed: 2 }).digest).not.toBe(first.digest);
    expect(Math.abs(first.train.length - 700)).toBeLessThanOrEqual(7); // a group has 7 rows
    expect(Math.abs(first.validation.length - 150)).toBeLessThanOrEqual(7);
  });

  test('stays as it is from version to version', () => {
    // Written down from the first version: a change of these would silently change every stored experiment's split.
    const small = prepared({ y: series(12, (row) => (row % 2 === 0 ? 'a' : 'b')) });
    const { train, validation, test: tested, digest } = split(small, 'y', { train: 0.5, validation: 0.25, test: 0.25 });
    expect([[...train], [...validation], [...tested]]).toEqual([
      [2, 3, 4, 5, 8, 9],
      [1, 6, 10],
      [0, 7, 11],
    ]);
    expect(digest).toBe('424f6b39b7997de84ec1552f7fada4712ea4b481570b83ec1ac2c11a5bb55043');
  });
});

describe('a stratified split', () => {
  test('gives every class its share in every part and the parts their shares of the whole', () => {
    const result = split(flowers, 'kind');
    expect([result.train.length, result.validation.length, result.test.length]).toEqual([700, 150, 150]);
    for (const [name, total] of [
      ['common', 700],
      ['rare', 200],
      ['rarest', 100],
    ] as const) {
      for (const [part, share] of [
        [result.train, 0.7],
        [result.validation, 0.15],
        [result.test, 0.15],
      ] as const) {
        expect(part.filter((row) => classOf(row) === name)).toHaveLength(Math.round(total * share));
      }
    }
  });

  test('keeps a training row of every class, however small', () => {
    const sizes = [40, 1, 2, 3, 1];
    const dataset = prepared({ y: sizes.flatMap((size, code) => series(size, () => `c${code}`)) });
    for (let seed = 0; seed < 20; seed++) {
      const result = split(dataset, 'y', { seed });
      expect(new Set(Array.from(result.train, (row) => columnCode(dataset, row)))).toEqual(new Set([0, 1, 2, 3, 4]));
    }
  });

  test('spreads a number by its quantiles', () => {
    const dataset = prepared({ y: series(200, (row) => (row * 83) % 200) }); // 0 .. 199 in another order
    const result = split(dataset, 'y');
    const mean = (rows: Int32Array): number => rows.reduce((sum, row) => sum + ((row * 83) % 200), 0) / rows.length;
    // Within bins of 20, a part's mean cannot stray by more than half a bin
    for (const part of [result.train, result.validation, result.test]) expect(Math.abs(mean(part) - 99.5)).toBeLessThan(10);
  });

  test('leaves rows without a label of the main task out and says so', () => {
    const dataset = prepared({ y: series(50, (row) => (row % 5 === 0 ? null : ('ab'[row % 2] ?? null))) });
    const result = split(dataset, 'y');
    expectPartition(
      result,
      series(50, (row) => row).filter((row) => row % 5 !== 0),
    );
    expect(splitNotes(dataset, columnOf(dataset, 'y'), result)).toEqual([
      '10 of 50 rows have no label of the main task "y" and belong to no part of the split.',
    ]);
  });

  test('has nothing to say of the classes of a number', () => {
    const dataset = prepared({ y: series(40, (row) => row + 0.5) });
    expect(splitNotes(dataset, columnOf(dataset, 'y'), split(dataset, 'y', { kind: 'random' }))).toEqual([]);
  });

  test('says which classes a part lacks', () => {
    const dataset = prepared({ y: [...series(40, () => 'a'), 'b'] });
    expect(splitNotes(dataset, columnOf(dataset, 'y'), split(dataset, 'y'))).toEqual([
      'No validation row has the class "b" of "y".',
      'No test row has the class "b" of "y".',
    ]);
    const many = prepared({ y: [...series(40, () => 'a'), 'b', 'c', 'd', 'e', 'f', 'g'] });
    expect(
      splitNotes(many, columnOf(many, 'y'), {
        train: Int32Array.of(0),
        validation: Int32Array.of(40, 1),
        test: Int32Array.from(series(46, (row) => row)),
        digest: '',
      }),
    ).toEqual([
      'No training row has the classes "b", "c", "d", "e", "f" and 1 more of "y".',
      'No validation row has the classes "c", "d", "e", "f", "g" of "y".',
    ]);
  });
});

describe('a grouped split', () => {
  test('keeps whole groups together', () => {
    const result = split(flowers, 'kind', { kind: 'grouped', column: 'owner' });
    const owners = lists(result).map((rows) => new Set(rows.map((row) => Math.floor(row / 7))));
    expect(owners.reduce((sum, set) => sum + set.size, 0)).toBe(143); // 1000 / 7 rounded up, none counted twice
  });

  test('fills every part when there are just enough groups', () => {
    const dataset = prepared({ y: series(30, (row) => 'ab'[row % 2] ?? null), site: series(30, (row) => Math.floor(row / 10)) });
    expect(lists(split(dataset, 'y', { kind: 'grouped', column: 'site' })).map((rows) => rows.length)).toEqual([10, 10, 10]);
  });

  test('needs a column and three groups', () => {
    const dataset = prepared({ y: ['a', 'b', 'a', 'b'], site: [1, 1, 2, 2] });
    expect(() => split(dataset, 'y', { kind: 'grouped' })).toThrow(
      'A split of kind "grouped" needs a column. Name it in the split (column: "group_id") or give a column the role group.',
    );
    expect(() => split(dataset, 'y', { kind: 'grouped', column: 'site' })).toThrow('Column "site" has 2 groups; a grouped split needs at least 3.');
    expect(() => split(dataset, 'y', { kind: 'grouped', column: 'sit' })).toThrow('Unknown column "sit". Did you mean site?');
  });
});

describe('a split by a column', () => {
  const dataset = prepared({ part: series(100, (row) => (row < 80 ? 'Train' : 'test')), y: series(100, (row) => 'ab'[row % 2] ?? null) });

  test('carves validation rows out of training when the column names none, stratified and in the ratio of the shares', () => {
    const result = split(dataset, 'y', { kind: 'column', column: 'part', train: 0.6, validation: 0.2, test: 0.2 });
    expect([...result.test]).toEqual(series(20, (row) => 80 + row));
    expect([result.train.length, result.validation.length]).toEqual([60, 20]); // 80 rows, 0.2 / (0.6 + 0.2) of them
    expect(result.validation.filter((row) => row % 2 === 0)).toHaveLength(10);
  });

  test('takes the named validation rows as they are', () => {
    const named = prepared({ part: ['train', 'train', 'val', 'dev', 'test'], y: ['a', 'b', 'a', 'b', 'a'] });
    expect(lists(split(named, 'y', { kind: 'column', column: 'part' }))).toEqual([[0, 1], [2, 3], [4]]);
  });

  test('refuses other values, missing ones, numbers, and a column without test rows', () => {
    const refuse =
      (part: readonly (string | null)[] | readonly number[]): (() => Split) =>
      () =>
        split(prepared({ part, y: ['a', 'b', 'a'] }), 'y', { kind: 'column', column: 'part' });
    expect(refuse(['train', 'trian', 'test'])).toThrow(
      'Column "part", row 2: "trian" names no part of the split. Its values must be train, validation and test.',
    );
    expect(refuse(['train', null, 'test'])).toThrow('Column "part", row 2: no value names no part of the split.');
    expect(refuse([0, 1, 2])).toThrow('Column "part" cannot split the rows: it holds numbers.');
    expect(refuse(['train', 'val', 'train'])).toThrow('The split leaves no rows for test: 3 rows with a label of "y". Use more data or a larger share.');
  });
});

describe('the division of the validation rows', () => {
  test('leaves half of them, the larger one, for the selection of the epoch', () => {
    const rows = Int32Array.from(series(41, (row) => 100 + 3 * row));
    const { selection, heldOut } = divideValidation(rows, 1);
    expect([selection.length, heldOut.length]).toEqual([21, 20]);
    expect([...selection, ...heldOut].sort((a, b) => a - b)).toEqual([...rows]);
    for (const list of [selection, heldOut]) expect([...list]).toEqual([...list].sort((a, b) => a - b));
    const fewest = divideValidation(Int32Array.from(series(fewestDividedRows, (row) => row)), 1);
    expect([fewest.selection.length, fewest.heldOut.length]).toEqual([20, 20]); // the fewest that either is of use with
    expect(divideValidation(rows, 1)).toEqual({ selection, heldOut });
    expect(divideValidation(rows, 2).selection).not.toEqual(selection);
  });
});

describe('the train fraction', () => {
  test('takes nested subsets with every class in them and leaves validation and test as they are', () => {
    const [all, third, tenth] = [1, 0.3, 0.1].map((fraction) => split(flowers, 'kind', {}, fraction));
    expect(third?.train).toHaveLength(210);
    expect(tenth?.train).toHaveLength(70);
    expect([...(tenth?.train ?? [])].every((row) => third?.train.includes(row))).toBe(true);
    expect([...(third?.train ?? [])].every((row) => all?.train.includes(row))).toBe(true);
    expect(tenth?.validation).toEqual(all?.validation);
    expect(tenth?.test).toEqual(all?.test);
    expect(new Set(Array.from(tenth?.train ?? [], classOf)).size).toBe(3);
    expect(split(flowers, 'kind', {}, 0.0001).train).toHaveLength(3); // a row of each class
  });

  test('outside (0, 1] is refused', () => {
    expect(() => split(flowers, 'kind', {}, 0)).toThrow('The train fraction must be above 0 and at most 1. Received: 0.');
    expect(() => split(flowers, 'kind', {}, NaN)).toThrow('The train fraction must be above 0 and at most 1. Received: NaN.');
  });
});

describe('shares', () => {
  test('that do not sum to 1 or are 0 are refused', () => {
    expect(() => split(flowers, 'kind', { train: 0.8 })).toThrow(
      'The shares of the split must sum to 1. Received: train 0.8, validation 0.15, test 0.15, which sum to 1.1.',
    );
    expect(() => split(flowers, 'kind', { train: 0.85, validation: 0 })).toThrow(
      'Every part of the split needs a share above 0. Received: train 0.85, validation 0, test 0.15.',
    );
  });
  test('that leave a part without rows are refused', () => {
    expect(() => split(prepared({ y: ['a', 'b', 'a'] }), 'y')).toThrow(
      'The split leaves no rows for validation: 3 rows with a label of "y". Use more data or a larger share.',
    );
    expect(() => split(prepared({ y: [null, null, null] }), 'y')).toThrow('Column "y" has no values, so there is nothing to split.');
  });
});

describe('the settled plan', () => {
  const defaults = { kind: 'stratified', train: 0.7, validation: 0.15, test: 0.15 } as const;
  test("uses the data set's own split unless a kind was asked for", () => {
    expect(settleSplit(defaults, false, { fold: 'split', y: 'target' }, 5)).toEqual({ ...defaults, kind: 'column', column: 'fold', seed: 5 });
    expect(settleSplit(defaults, true, { fold: 'split', y: 'target' }, 5)).toEqual({ ...defaults, seed: 5 });
    expect(settleSplit({ ...defaults, kind: 'grouped', seed: 9 }, true, { who: 'group' }, 5)).toEqual({ ...defaults, kind: 'grouped', column: 'who', seed: 9 });
  });
});

test('a task column is classes for classification and itself for regression', () => {
  const dataset = prepared({ y: [3, 1, 3] });
  expect(taskColumn(dataset, 'y', 'classification')).toMatchObject({ kind: 'class', classes: ['1', '3'] });
  expect(taskColumn(dataset, 'y', 'regression')).toBe(dataset.columns[0]);
});

function columnCode(dataset: PreparedDataset, row: number): number | undefined {
  const column = dataset.columns[0];
  return column?.kind === 'class' ? wholeOf(column.codes)[row] : undefined;
}

describe('equal rows together', () => {
  const repeated = prepared({
    x: series(400, (row) => row % 130),
    y: series(400, (row) => ((row % 130) % 3 === 0 ? 'a' : 'b')),
    owner: series(400, (row) => row % 80),
  });
  const together = (changes: Partial<SeededSplitPlan> = {}): Split =>
    splitRows(repeated, plan({ duplicates: 'together', ...changes }), columnOf(repeated, 'y'), 1, ['x']);
  const values = (rows: Int32Array, of: (row: number) => number = (row) => row % 130): Set<number> => new Set(Array.from(rows, of));
  const shared = (result: Split, of?: (row: number) => number): number[] => {
    const train = values(result.train, of);
    const rest = [...values(result.validation, of), ...values(result.test, of)];
    return rest.filter((value) => train.has(value) || rest.indexOf(value) !== rest.lastIndexOf(value));
  };

  test.each([{}, { kind: 'random' }, { kind: 'grouped', column: 'owner' }] as const)('stand in one part: %j', (changes) => {
    const apart = splitRows(repeated, plan(changes), columnOf(repeated, 'y'), 1, ['x']);
    expect(shared(apart).length).toBeGreaterThan(0);
    if (changes.kind === 'grouped') return; // 130 and 80 share the factor 10: ten groups of equal rows are left, see below
    const result = together(changes);
    expectPartition(
      result,
      series(400, (row) => row),
    );
    expect(shared(result)).toEqual([]);
    expect(together(changes)).toEqual(result);
    expect(together({ ...changes, seed: 2 }).digest).not.toBe(result.digest);
    expect(Math.abs(result.train.length - 280)).toBeLessThanOrEqual(4); // a set has 3 or 4 rows
    expect(Math.abs(result.test.length - 60)).toBeLessThanOrEqual(4);
  });

  test('join the groups that they stand in', () => {
    const result = together({ kind: 'grouped', column: 'owner' });
    expectPartition(
      result,
      series(400, (row) => row),
    );
    expect(shared(result)).toEqual([]);
    expect(shared(result, (row) => row % 80)).toEqual([]);
  });

  test('keep every class in every part, and change nothing where no rows are equal', () => {
    const result = together();
    for (const rows of [result.train, result.validation, result.test]) expect(values(rows, (row) => ((row % 130) % 3 === 0 ? 1 : 0)).size).toBe(2);
    const all = splitRows(flowers, plan({ duplicates: 'together' }), columnOf(flowers, 'kind'), 1, ['x']);
    expect(all.digest).toBe(split(flowers, 'kind').digest);
  });

  test('are told by the inputs and the array alone', () => {
    const pictures = prepared(
      { y: series(40, (row) => 'ab'[row % 2] ?? '') },
      { kind: 'image', height: 1, width: 1, channels: 1, values: Uint8Array.from(series(40, (row) => row % 20)) },
    );
    const result = splitRows(pictures, plan({ duplicates: 'together' }), columnOf(pictures, 'y'), 1);
    expect(shared(result, (row) => row % 20)).toEqual([]);
  });

  test('cannot be asked of a split that says where every row stands', () => {
    expect(() => together({ kind: 'time', column: 'x' })).toThrow(
      'A split by time says where every row stands, so it cannot keep duplicates together. Leave out split.duplicates, or use another kind of split.',
    );
  });
});

describe('a split by time', () => {
  const days = prepared({
    y: series(100, (row) => 'ab'[row % 2] ?? ''),
    day: series(100, (row) => (row * 37) % 100),
    word: series(100, (row) => `w${row % 5}`),
  });
  const byTime = (dataset: PreparedDataset, column: string | undefined, changes: Partial<SeededSplitPlan> = {}): Split =>
    splitRows(dataset, plan({ kind: 'time', ...(column !== undefined && { column }), ...changes }), columnOf(dataset, 'y'), 1);
  const dayOf = (row: number): number => (row * 37) % 100;

  test('trains on the oldest rows and tests on the newest, whatever the seed', () => {
    const result = byTime(days, 'day');
    expectPartition(
      result,
      series(100, (row) => row),
    );
    expect([result.train, result.validation, result.test].map((rows) => [Math.min(...rows.map(dayOf)), Math.max(...rows.map(dayOf))])).toEqual([
      [0, 69],
      [70, 84],
      [85, 99],
    ]);
    expect(byTime(days, 'day', { seed: 9 })).toEqual(result);
    expect(splitNotes(days, columnOf(days, 'y'), result, plan({ kind: 'time', column: 'day' }))).toEqual([
      'By "day", the validation rows begin at 70 and the test rows at 85.',
    ]);
  });

  test('keeps rows of one time together, and leaves out those without a time', () => {
    const weeks = prepared({ y: series(100, (row) => 'ab'[row % 2] ?? ''), week: series(100, (row) => (row < 4 ? null : Math.floor(row / 10))) });
    const result = byTime(weeks, 'week');
    // 96 rows in ten weeks of ten, the first of six: 67.2 lies nearest to 66, the end of week 6; 81.6 nearest to 86, the end of week 8, as 76 is farther
    expect([result.train.length, result.validation.length, result.test.length]).toEqual([66, 20, 10]);
    expect(splitNotes(weeks, columnOf(weeks, 'y'), result, plan({ kind: 'time', column: 'week' }))).toEqual([
      'By "week", the validation rows begin at 7 and the test rows at 9.',
      '4 rows have no value of "week" and belong to no part of the split.',
    ]);
  });

  test('has a row in every part as soon as there are three times', () => {
    const few = (times: readonly (number | null)[]): PreparedDataset => prepared({ y: series(times.length, (row) => 'ab'[row % 2] ?? ''), t: times });
    const three = byTime(few([1, 1, 1, 1, 2, 3]), 't', { train: 0.1, validation: 0.1, test: 0.8 });
    expect([three.train.length, three.validation.length, three.test.length]).toEqual([4, 1, 1]);
    expect(() => byTime(few([1, 1, 2, 2]), 't')).toThrow('Column "t" has two times in the rows with a label; a split by time needs at least 3 that differ.');
    expect(() => byTime(few([null, null]), 't')).toThrow('Column "t" has no time in the rows with a label');
  });

  test('needs a column of dates or numbers', () => {
    expect(() => byTime(days, undefined)).toThrow('A split of kind "time" needs a column. Name it in the split (column: "date").');
    expect(() => byTime(days, 'word')).toThrow('Column "word" cannot split the rows by time: it holds texts. Use a column of dates or numbers.');
  });
});
