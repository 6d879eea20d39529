import { describe, expect, test } from 'vitest';
import { allocateGroups, allocateStratified, takeStratified, type Parts, type Shares } from '../../src-main/data/allocate.ts';
import { columnOf } from '../../src-main/data/columns.ts';
import { prepared, series } from './prepared.ts';
import type { DataColumn } from '../../src-main/data/dataset.ts';

const column = (cells: readonly (number | null)[] | readonly (string | null)[]): DataColumn => columnOf(prepared({ y: cells }), 'y');
const rowsOf = (count: number): Int32Array => Int32Array.from(series(count, (row) => row));
const repeated = (sizes: Readonly<Record<string, number>>): string[] => Object.entries(sizes).flatMap(([name, size]) => series(size, () => name));

/** How many rows of each value every part has. */
function counts(parts: Parts, cells: readonly (string | number | null)[]): Record<string, number>[] {
  return [parts.train, parts.validation, parts.test].map((rows) => {
    const found: Record<string, number> = {};
    for (const row of Array.from(rows)) found[String(cells[row])] = (found[String(cells[row])] ?? 0) + 1;
    return found;
  });
}

describe('a stratified split', () => {
  test('owes a part what rounding withheld and gives it in the next class', () => {
    // shares of 3 rows: 1.5, 0.75, 0.75. Class a: one row each, owed 0.5, -0.25, -0.25; class b: 2, 1, 0 of 2, 0.5, 0.5;
    // class c of 4: 2, 1, 1, nothing to round
    const cells = repeated({ a: 3, b: 3, c: 4 });
    expect(counts(allocateStratified(rowsOf(10), column(cells), [0.5, 0.25, 0.25], 1), cells)).toEqual([
      { a: 1, b: 2, c: 2 },
      { a: 1, b: 1, c: 1 },
      { a: 1, c: 1 },
    ]);
  });

  test.each([[[0.1, 0.45, 0.45]], [[0.1, 0.1, 0.8]]] as const)('of shares %s gives the only row of a class to training', (shares: Shares) => {
    const cells = ['a', 'b', 'c', 'd'];
    expect(counts(allocateStratified(rowsOf(4), column(cells), shares, 1), cells)).toEqual([{ a: 1, b: 1, c: 1, d: 1 }, {}, {}]);
  });

  test('owes a part the row that it gave to training', () => {
    // four classes of one row leave training 3.6 rows too many and the others 1.8 each too few; of 1.1, 4.95 and 4.95 both then get the rest
    const cells = repeated({ a: 1, b: 1, c: 1, d: 1, e: 11 });
    expect(counts(allocateStratified(rowsOf(15), column(cells), [0.1, 0.45, 0.45], 1), cells)).toEqual([{ a: 1, b: 1, c: 1, d: 1, e: 1 }, { e: 5 }, { e: 5 }]);
  });

  test('of two parts gives the third nothing', () => {
    const { train, validation, test: none } = allocateStratified(rowsOf(7), null, [0.7, 0.3, 0], 1);
    expect([train.length, validation.length, none.length]).toEqual([5, 2, 0]); // 4.9 and 2.1
  });
});

describe('a share of the training rows', () => {
  test('is rounded class by class and never empty', () => {
    const cells = repeated({ a: 10, b: 6, c: 1 });
    const kept = takeStratified(rowsOf(17), column(cells), 0.25, 1);
    expect(counts({ train: kept, validation: [], test: [] }, cells)[0]).toEqual({ a: 3, b: 2, c: 1 }); // 2.5, 1.5 and 0.25
  });

  test.each([
    [19, 1], // too few for two bins of ten rows
    [30, 3],
    [100, 10],
    [400, 10], // ten at most
  ])('of %d numbers takes as much from each of %d quantiles', (count, bins) => {
    const values = series(count, (row) => (row * 7919) % count); // 0 .. count - 1 in another order
    const size = count / bins;
    const kept = takeStratified(rowsOf(count), column(values), 1 / size, 1); // one row of each bin
    expect(Array.from(kept, (row) => Math.floor((values[row] ?? 0) / size)).sort((a, b) => a - b)).toEqual(series(bins, (bin) => bin));
  });
});

describe('a grouped split', () => {
  const split = (cells: readonly string[], shares: Shares): Record<string, number>[] =>
    counts(allocateGroups(rowsOf(cells.length), column(cells), shares, 1), cells);

  test('gives the largest group first, each to the part that lacks most', () => {
    // wanted 6, 3, 3: six to training, three to validation, then two and one to test
    expect(split(repeated({ two: 2, six: 6, one: 1, three: 3 }), [0.5, 0.25, 0.25])).toEqual([{ six: 6 }, { three: 3 }, { two: 2, one: 1 }]);
  });

  test('gives a part that came away empty the smallest group of the part that has most groups', () => {
    // wanted 11.7, 0.65, 0.65: five, four and three to training, one to validation, none to test
    expect(split(repeated({ five: 5, four: 4, three: 3, one: 1 }), [0.9, 0.05, 0.05])).toEqual([{ five: 5, four: 4 }, { one: 1 }, { three: 3 }]);
  });

  test('takes rows without a group each for itself', () => {
    for (const cells of [
      [null, null, null],
      [null, null, 'a'],
    ])
      expect(counts(allocateGroups(rowsOf(3), column([...cells, 'b', 'b']), [0.4, 0.3, 0.3], 1), [0, 1, 2]).map((part) => Object.keys(part).length)).toEqual([
        1, 1, 1,
      ]);
    expect(() => allocateGroups(rowsOf(2), column([NaN, NaN]), [0.4, 0.3, 0.3], 1)).toThrow('Column "y" has 2 groups; a grouped split needs at least 3.');
    expect(() => allocateGroups(rowsOf(2), column([7, 7]), [0.4, 0.3, 0.3], 1)).toThrow('Column "y" has 1 group; a grouped split needs at least 3.');
  });
});
