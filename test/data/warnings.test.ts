import { describe, expect, test } from 'vitest';
import { columnOf } from '../../src-main/data/columns.ts';
import type { SplitPlan } from '../../src-main/contract/plan.ts';
import { nearCopy } from '../../src-main/data/nearCopy.ts';
import { dataAdvice, dataWarnings, type DataWarning } from '../../src-main/data/warnings.ts';
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
  const rest = 'a repeated one may stand in training and in test. Split with duplicates=together to keep them in one part.';
  const image = { kind: 'image', height: 1, width: 1, channels: 1, values: Uint8Array.of(1, 2, 1, 1) } as const;
  expect(last(prepared({ y }, image))).toBe(`2 of 4 images repeat an earlier image; ${rest}`);
  const sequence = { kind: 'sequence', features: 1, lengths: Int32Array.of(1, 1, 1, 1), values: Float32Array.of(1, 2, 3, 1) } as const;
  expect(last(prepared({ y }, sequence))).toBe(`1 of 4 rows repeat the input of an earlier row; ${rest}`);
  const table = prepared({ x: [1, 1, 1, 1], y });
  expect(dataWarnings(table, { x: 'input', y: 'target' }).at(-1)).toBe(`2 of 4 rows repeat an earlier row; ${rest}`); // (1, a) and (1, b)
});

describe('values far from all others', () => {
  const middle = series(201, (row) => (row * 7) % 201); // 0 .. 200 in another order
  const warned = (values: readonly (number | null)[]): readonly string[] =>
    dataWarnings(prepared({ x: values, y: series(values.length, (row) => 'ab'[(row * 7) % 2] ?? '') }), { x: 'input', y: 'target' });
  const raised = (changes: Readonly<Record<number, number>>): number[] => middle.map((value, row) => changes[row] ?? value);

  test('are named with the row, and can be left out', () => {
    expect(warned(middle)).toEqual([]);
    expect(warned(raised({ 16: 1e30 }))).toEqual([
      // In order, the 51st and the 151st, as 112 is gone
      'Column "x" has a value that is far from all others: 1e+30 in row 17, and half of all values lie between 50 and 151. ' +
        'Beside it the others hardly differ. Correct it, leave the cell empty, or give the column the role ignore.',
    ]);
    expect(warned(raised({ 16: 1e6, 90: -1e9 }))[0]).toContain('2 values that are far from all others: the farthest is -1000000000 in row 91,');
    expect(dataAdvice(prepared({ x: raised({ 3: 1e9 }), y: middle }), { x: 'input', y: 'target' }).map(({ remedy }) => remedy)).toEqual([
      { kind: 'role', column: 'x', role: 'ignore' },
    ]);
    expect(dataWarnings(prepared({ x: raised({ 3: 1e9 }), y: middle }), { x: 'ignore', y: 'target' })).toEqual([]);
  });

  test('begin at a thousand times the middle half, and are at most one in a hundred', () => {
    const tens = series(400, (row) => row % 11); // the middle half is 2 .. 8, the median 5: the limit is 6005
    const withOne = (value: number): readonly string[] => warned([...tens, value]).filter((text) => text.includes('far from'));
    expect([withOne(6005).length, withOne(6006).length]).toEqual([0, 1]);
    expect(warned([...tens, ...series(4, (row) => 1e6 + row)]).some((text) => text.includes('4 values that are far'))).toBe(true);
    expect(warned([...tens, ...series(5, (row) => 1e6 + row)]).some((text) => text.includes('far from'))).toBe(false); // 5 of 405
  });

  test('are found where most values are one, and not claimed of a rare one', () => {
    expect(warned(series(300, (row) => (row === 7 ? 1e12 : row % 10 === 0 ? row / 10 : 0))).some((text) => text.includes('1000000000000 in row 8'))).toBe(true);
    expect(warned(series(300, (row) => (row === 7 ? 1 : 0))).some((text) => text.includes('far from'))).toBe(false);
  });
});

describe('a number that gives a class away', () => {
  const gives = (label: readonly string[] | readonly number[], x: readonly (number | null)[]): string | undefined =>
    dataWarnings(prepared({ x, label, other: series(x.length, (row) => Math.sin(row * 3.3)) }), { x: 'input', label: 'target', other: 'input' }).find((text) =>
      text.includes('away'),
    );
  const noise = (row: number): number => ((row * 7919) % 1000) / 1000;
  const label = series(200, (row) => (row % 4 === 0 ? 'sick' : 'well'));

  test('by a border', () => {
    expect(
      gives(
        label,
        series(200, (row) => (row % 4 === 0 ? 5 + noise(row) : noise(row))),
      ),
    ).toBe('Column "x" gives "label" away: up to 0.987 it is "well" and above it is "sick". Unless it is known before the label, it should not be an input.');
    expect(
      gives(
        series(200, (row) => (row % 4 === 0 ? 1 : 0)),
        series(200, (row) => (row % 4 === 0 ? 5 + noise(row) : noise(row))),
      ),
    ).toContain('"0" and above');
  });

  test('by a piece of its range for each class, nearly always', () => {
    const three = series(900, (row) => `c${(row * 2) % 3}`);
    const ordered = series(900, (row) => ((row * 2) % 3) * 10 + noise(row));
    expect(gives(three, ordered)).toContain('its range falls into one piece for each class');
    expect(
      gives(
        three,
        ordered.map((value, row) => (row === 500 ? 99 : value)),
      ),
    ).toContain('one piece for each class'); // 1 of 900 is 0.1 %
    expect(
      gives(
        three,
        ordered.map((value, row) => (row % 200 === 3 ? 99 : value)),
      ),
    ).toBeUndefined(); // 5 of 900
  });

  test('by one class for each of its values, several values a class', () => {
    expect(
      gives(
        series(300, (row) => `c${((row % 6) * 5) % 2}`),
        series(300, (row) => row % 6),
      ),
    ).toContain('each of its values goes with one class');
  });

  test('is not claimed of chance, of rare classes alone, of few rows, or of a number that only helps', () => {
    expect(gives(label, series(200, noise))).toBeUndefined();
    expect(
      gives(
        series(5000, (row) => (row % 700 === 0 ? 'fraud' : 'fine')),
        series(5000, noise),
      ),
    ).toBeUndefined(); // 8 of 5000
    expect(
      gives(
        label.slice(0, 29),
        series(29, (row) => (row % 4 === 0 ? 5 : 1)),
      ),
    ).toBeUndefined();
    expect(
      gives(
        label,
        series(200, (row) => (row % 4 === 0 ? 0.5 + noise(row) : noise(row))),
      ),
    ).toBeUndefined();
  });

  test('is told once where it is a copy', () => {
    const codes = series(200, (row) => (row % 4 === 0 ? 7 : 3));
    expect(dataWarnings(prepared({ x: codes, label }), { x: 'input', label: 'target' }).filter((text) => text.includes('"x"'))).toEqual([
      'Column "x" is nearly a copy of "label": each value of one goes with one value of the other. Unless it is known before the label, it ' +
        'should not be an input.',
    ]);
  });
});

test('repeated rows are no trap where the split keeps them in one part, and without remedy where it is given', () => {
  const dataset = prepared({ x: [1, 1, 2, 3], y: ['a', 'a', 'b', 'b'], when: [1, 2, 3, 4] });
  const roles = { x: 'input', y: 'target', when: 'ignore' } as const;
  const shares = { train: 0.5, validation: 0.25, test: 0.25 };
  const last = (split: SplitPlan): DataWarning | undefined => dataAdvice(dataset, roles, undefined, split).find(({ text }) => text.includes('repeat'));
  expect(last({ kind: 'stratified', ...shares })?.remedy).toEqual({ kind: 'duplicates' });
  expect(last({ kind: 'stratified', ...shares, duplicates: 'together' })).toBeUndefined();
  expect(last({ kind: 'time', column: 'when', ...shares })).toEqual({
    text: '1 of 4 rows repeat an earlier row; a repeated one may stand in training and in test.',
    remedy: null,
  });
});
