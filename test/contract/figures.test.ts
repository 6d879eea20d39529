import * as v from 'valibot';
import { expect, test } from 'vitest';
import { asWritten, figure, figureCell, figureOrNull, readFigure, writtenFigure } from '../../src-main/contract/figures.ts';

test.each([
  [0.5, 0.5, 0.5, '0.5'],
  [-0.0000001, -1e-7, -1e-7, '-1e-7'],
  [0, 0, 0, '0'],
  [NaN, null, NaN, ''],
  [Infinity, null, NaN, ''],
  [-Infinity, null, NaN, ''],
])('%d is written and read in one way everywhere', (value, written, read, cell) => {
  expect(writtenFigure(value)).toBe(written);
  expect(asWritten<number | null>(value)).toBe(written); // what JSON.stringify makes of it
  expect(readFigure(writtenFigure(value))).toBe(read);
  expect(figureCell(value)).toBe(cell);
});

test('a reader finds numbers, or null where it has to tell that there is none; a second reader finds the same', () => {
  const both = v.object({ value: figure, known: figureOrNull });
  const read = v.parse(both, { value: null, known: null });
  expect(read).toEqual({ value: NaN, known: null });
  expect(v.parse(both, read)).toEqual(read); // between the lab and a window stands the shell, which reads too
  expect(v.parse(both, { value: 1, known: NaN })).toEqual({ value: 1, known: null });
});

test('what is no figure is refused, and so is an infinity that somebody wrote as 1e999', () => {
  for (const schema of [figure, figureOrNull]) for (const text of ['1e999', '"1"', 'true', '[1]']) expect(v.is(schema, JSON.parse(text)), text).toBe(false);
  expect(v.is(figure, undefined)).toBe(false); // an entry that is missing is no number that is not finite
});
