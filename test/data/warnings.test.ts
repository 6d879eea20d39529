import { describe, expect, test } from 'vitest';
import { columnOf } from '../../src-main/data/columns.ts';
import { dataWarnings, nearCopy } from '../../src-main/data/warnings.ts';
import { prepared, series } from './prepared.ts';

type Cells = readonly (number | null)[] | readonly (string | null)[];

function copy(label: Cells, other: Cells): string | null {
  const dataset = prepared({ label, other });
  return nearCopy(columnOf(dataset, 'label'), columnOf(dataset, 'other'));
}

const line = (count: number): number[] => series(count, (row) => row);

describe('a near-copy', () => {
  test('needs ten rows in which both have a value', () => {
    expect(copy(line(9), line(9))).toBeNull();
    expect(copy(line(10), line(10))).toBe('their correlation is 1.0000');
    expect(copy([...line(9), null], line(10))).toBeNull();
    expect(copy([...line(9), null, 10], line(11))).toBe('their correlation is 1.0000');
    expect(copy(line(10), [null, ...line(9)])).toBeNull();
    const letters = series(20, (row) => 'ab'[row % 2] ?? null);
    expect(copy(letters, letters)).toBe('each value of one goes with one value of the other');
    expect(copy(letters, [...letters.slice(0, 9), ...series(11, () => null)])).toBeNull();
  });

  test('may run the other way, and ends above a correlation of 0.999', () => {
    expect(
      copy(
        line(20),
        series(20, (row) => 5 - 2 * row),
      ),
    ).toBe('their correlation is -1.0000');
    // r of 0 .. 19 with one value raised by d: 665 of squares becomes products 665 + 9.5 d, squares 665 + 19 d + 0.95 d^2 for the last row
    const raised = (d: number): number[] => series(20, (row) => (row === 19 ? row + d : row));
    expect(copy(line(20), raised(1.5))).toBeNull(); // 679.25 / sqrt(665 * 695.6375) = 0.99869
    expect(copy(line(20), raised(1))).toBe('their correlation is 0.9994'); // 674.5 / sqrt(665 * 684.95)
  });

  test('is not claimed of a constant, nor where half of the rows or more have values of their own', () => {
    expect(
      copy(
        line(20),
        series(20, () => 3),
      ),
    ).toBeNull();
    expect(
      copy(
        series(20, () => 'a'),
        series(20, () => 'b'),
      ),
    ).toBeNull();
    const bijection = (values: number): string | null =>
      copy(
        series(20, (row) => `a${row % values}`),
        series(20, (row) => row % values),
      );
    expect(bijection(10)).toBe('each value of one goes with one value of the other');
    expect(bijection(11)).toBeNull();
  });

  test('goes both ways: a coarse column that follows from a fine one is none', () => {
    const fine = series(24, (row) => `f${row % 6}`);
    const coarse = series(24, (row) => `c${(row % 6) % 3}`);
    expect(copy(fine, coarse)).toBeNull();
    expect(copy(coarse, fine)).toBeNull();
  });
});

test('the targets may be named, and default to the columns with that role', () => {
  const dataset = prepared({ a: line(12), b: line(12), c: series(12, (row) => (row * 5) % 12) });
  expect(dataWarnings(dataset, { a: 'input', b: 'input', c: 'target' })).toEqual([]);
  expect(dataWarnings(dataset, { a: 'input', b: 'input', c: 'target' }, ['b'])).toEqual([
    'Column "a" is nearly a copy of "b": their correlation is 1.0000. Unless it is known before the label, it should not be an input.',
  ]);
  expect(dataWarnings(dataset, { a: 'ignore', b: 'target', c: 'input' })).toEqual([]);
});

test('one constant column has a sentence of its own', () => {
  expect(dataWarnings(prepared({ x: line(12), same: series(12, () => 'a') }), { x: 'input', same: 'ignore' })).toEqual([
    'Column "same" has fewer than two values and teaches nothing.',
  ]);
});

test('a class of three rows is large enough; of many tiny ones five are named', () => {
  const sized = (sizes: readonly number[]): string[] => sizes.flatMap((size, at) => series(size, () => `c${at}`));
  const warned = (cells: readonly string[]): readonly string[] => dataWarnings(prepared({ x: line(cells.length), y: cells }), { x: 'input', y: 'target' });
  expect(warned(sized([5, 3]))).toEqual([]);
  expect(warned(sized([5, 2, 1]))).toEqual(['Column "y" has 2 classes with fewer than 3 rows, too few for all parts of a split: "c1" (2), "c2" (1).']);
  expect(warned(sized([5, 1, 1, 1, 1, 1]))[0]).toMatch(/"c5" \(1\)\.$/);
  expect(warned(sized([5, 1, 1, 1, 1, 1, 1]))[0]).toMatch(/has 6 classes .*"c5" \(1\), \.\.\.\.$/);
});

test('repeated rows are called by what repeats, and labels count only beside a table', () => {
  const y = ['a', 'b', 'a', 'b'];
  const last = (dataset: ReturnType<typeof prepared>): string | undefined => dataWarnings(dataset, { y: 'target' }).at(-1);
  const rest = 'a repeated one may stand in training and in test.';
  const image = { kind: 'image', height: 1, width: 1, channels: 1, values: Uint8Array.of(1, 2, 1, 1) } as const;
  expect(last(prepared({ y }, image))).toBe(`2 of 4 images repeat an earlier image; ${rest}`);
  const sequence = { kind: 'sequence', features: 1, lengths: Int32Array.of(1, 1, 1, 1), values: Float32Array.of(1, 2, 3, 1) } as const;
  expect(last(prepared({ y }, sequence))).toBe(`1 of 4 rows repeat the input of an earlier row; ${rest}`);
  const table = prepared({ x: [1, 1, 1, 1], y });
  expect(dataWarnings(table, { x: 'input', y: 'target' }).at(-1)).toBe(`2 of 4 rows repeat an earlier row; ${rest}`); // (1, a) and (1, b)
});
