import { describe, expect, test } from 'vitest';
import { readTable } from '../../src-main/formats/tables/csv.ts';
import type { RawDataset, ReadOptions } from '../../src-main/formats/format.ts';
import { plain } from './support.ts';

/** A table of a number and a text column that holds each text so many times, one after the other in turns. */
function table(texts: Readonly<Record<string, number>>, options: ReadOptions = {}, number: (row: number) => string = (row) => `${row}.5`): RawDataset {
  const left = Object.entries(texts).map(([text, count]) => ({ text, count }));
  const cells: string[] = [];
  while (left.some(({ count }) => count > 0)) for (const one of left) if (one.count-- > 0) cells.push(one.text);
  return readTable('t.csv', Buffer.from(`x,c\n${cells.map((cell, row) => `${number(row)},${cell}`).join('\n')}\n`), options);
}

const classesOf = (data: RawDataset): unknown[] => [...new Set(plain(data)['c'])].sort();

describe('marks that are words too', () => {
  test.each([
    ['no symptom', { mild: 40, none: 30, severe: 20 }, ['mild', 'none', 'severe']],
    ['minus', { '+': 40, '-': 40 }, ['+', '-']],
    ['a point', { x: 10, '.': 10 }, ['.', 'x']],
    ['North America', { EU: 12, NA: 12, AS: 12 }, ['AS', 'EU', 'NA']],
    ['None beside other words', { None: 50, Mild: 5, Severe: 5 }, ['Mild', 'None', 'Severe']],
  ])('%s is a class where many cells hold it', (_, texts, expected) => {
    const data = table(texts);
    expect(classesOf(data)).toEqual(expected);
    expect(data.notes.at(-1)).toMatch(
      /^Column "c": ".+" \(\d+ of \d+ cells\) is read as a class, because so many cells hold it\. If it means a missing value, name it in the option missing\.$/,
    );
  });

  test('few of them are missing values, with the remedy', () => {
    const data = table({ EU: 30, AS: 30, NA: 3 });
    expect(classesOf(data)).toEqual(['AS', 'EU', null]);
    expect(data.notes.slice(1)).toEqual([
      'Cells read as missing: "NA" (3).',
      'Column "c": "NA" (3 of 63 cells) is read as missing. If it is a class, name the other marks, or none, in the option missing.',
    ]);
  });

  test('a mark that stands among numbers means a missing value everywhere', () => {
    expect(classesOf(table({ EU: 12, NA: 12, AS: 12 }, {}, (row) => (row === 5 ? 'NA' : `${row}`)))).toEqual(['AS', 'EU', null]);
  });

  test('other marks are always missing values, and so are those of a column of many texts', () => {
    expect(classesOf(table({ a: 10, '?': 10 }))).toEqual(['a', null]);
    expect(classesOf(table({ a: 10, nan: 10, null: 10 }))).toEqual(['a', null]);
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`t${i}`, 2]));
    expect(classesOf(table({ ...many, '-': 20 }))).toContain(null);
  });

  test('what is told holds without a guess', () => {
    expect(classesOf(table({ mild: 40, none: 30 }, { missing: ['none'] }))).toEqual(['mild', null]);
    expect(classesOf(table({ mild: 40, none: 1, NA: 1 }, { missing: [] }))).toEqual(['NA', 'mild', 'none']);
  });
});

test('what programs print for not a number is a missing value; rarer forms are named with the remedy', () => {
  const data = readTable('t.csv', Buffer.from('x,y\n-nan,1\n0.5,2\nNaT,3\n<NA>,4\n'), {});
  expect(plain(data)['x']).toEqual([NaN, 0.5, NaN, NaN]);
  expect(data.notes).toContain('Cells read as missing: "-nan" (1), "NaT" (1), "<NA>" (1).');
  const text = 'x,y\n-nan(ind),1\n0.5,2\n1.#QNAN,3\n1.5,4\n2.5,5\n';
  expect(readTable('t.csv', Buffer.from(text), {}).notes).toContain(
    'Column "x": 3 of its 5 values are numbers, the others are "-nan(ind)" (1), "1.#QNAN" (1). Correct them, or name them in the option ' +
      'missing to read numbers.',
  );
  expect(plain(readTable('t.csv', Buffer.from(text), { missing: ['-nan(ind)', '1.#QNAN'] }))['x']).toEqual([NaN, 0.5, NaN, 1.5, 2.5]);
});

test('marks of a column that was first read as numbers are counted once', () => {
  const cells = ['NA', ...Array.from({ length: 1200 }, (_, i) => `${i}`), 'A7', 'NA'];
  expect(readTable('t.csv', Buffer.from(`a\n${cells.join('\n')}\n`), {}).notes[1]).toBe('Cells read as missing: "NA" (2).');
});
