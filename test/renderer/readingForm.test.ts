/** The form of the reading options and the buttons beside notes: every option can be said and taken back, and sentences lead where they speak of. */
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { ReadOptions, readOptionsOf } from '../../src-main/contract/reading.ts';
import { columnOfNote, optionOfNote, rowOfWarning, withoutOrder } from '../../src-renderer/pages/data/noteLinks.ts';
import { foundInWords, readingControls, readOption, writtenOption, type OptionName } from '../../src-renderer/pages/data/readingFields.ts';

const values: Required<ReadOptions> = {
  delimiter: '\t',
  encoding: 'gb18030',
  decimal: ',',
  thousands: ' ',
  dates: 'day-first',
  header: 3,
  missing: ['-', 'n/a'],
  sheet: '2',
  entry: 'x_train',
  axes: 'channels-first',
  range: [0, 4095],
  width: 64,
  height: 48,
};
const names = Object.keys(values) as OptionName[]; // of the record above, which has every option

test('every option has a control, and what its form shows is read back as it was', () => {
  expect(Object.keys(readingControls).sort()).toEqual(Object.keys(ReadOptions.entries).sort());
  for (const name of names) expect(readOption(name, writtenOption(name, values)), name).toEqual({ [name]: values[name] });
});

test('every choice of a list is one that a plan may hold', () => {
  for (const name of names) {
    const control = readingControls[name];
    if (control.kind !== 'choice') continue;
    for (const text of Object.keys(control.choices)) {
      const option = readOption(name, text);
      expect(option, `${name} ${text}`).toHaveProperty(name);
      expect(v.is(ReadOptions, option), `${name} ${text}`).toBe(true);
    }
  }
});

test('an empty field, and one that is not understood, leaves the option to the reader', () => {
  for (const name of names) expect(readOption(name, ''), name).toEqual({});
  expect(readOption('width', 'wide')).toEqual({});
  expect(readOption('header', '0')).toEqual({});
});

test('what was found is said in words', () => {
  expect(names.map((name) => foundInWords(name, values))).toEqual([
    'Tab', 'GB18030', 'Comma', 'Space', 'Day first: 31/12/2025', 'in line 3', '-, n/a', '2', 'x_train', 'Channels first', '0 to 4095', '64', '48',
  ]); // prettier-ignore
  expect(foundInWords('header', { header: false })).toBe('there are none');
  expect(foundInWords('delimiter', { delimiter: '::' })).toBe('::');
  expect(foundInWords('thousands', {})).toBeNull();
});

describe('which options concern a data set', () => {
  test('a table has no axes, an array no separator, and of an archive the file in it can be named', () => {
    expect(readOptionsOf('csv', '/data/a.csv')).not.toContain('axes');
    expect(readOptionsOf('npz', '/data/a.npz')).toEqual(['entry', 'axes']);
    expect(readOptionsOf('csv', '/data/a.ZIP')[0]).toBe('entry');
  });
});

describe('notes lead to what they speak of', () => {
  const offered = readOptionsOf('csv', '/data/a.csv');

  test.each([
    ['Delimiter "," (sniffed).', 'delimiter'],
    ['No delimiter found: the table has one column.', 'delimiter'],
    ['If letters look wrong, set the option encoding: files without a mark do not say it.', 'encoding'],
    ['If numbers are read wrongly, set the options decimal and thousands.', 'decimal'],
    ['The first row is data, not a header (sniffed).', 'header'],
    ['Cells read as missing: "?" (3).', 'missing'],
    [
      'Column "a": "-" (4 of 9 cells) is read as a class, because so many cells hold it. If it means a missing value, name it in the option missing.',
      'missing',
    ],
    ['Set the option range to full, or to two numbers, to have it otherwise.', null],
    ['Series of 1 dimension and 12 steps.', null],
  ])('%s', (note, option) => {
    expect(optionOfNote(note, offered)).toBe(option);
  });

  test('a column is one of the data, with quotes and blanks in its name', () => {
    expect(columnOfNote('Column "price": "$2" is read as 2.', ['price'])).toBe('price');
    expect(columnOfNote('Column "a "b" c" has a value that is far from all others: 1e+30 in row 6.', ['b', 'a "b" c'])).toBe('a "b" c');
    expect(columnOfNote('Column "gone" is empty and was left out.', ['price'])).toBeNull();
  });

  test('a row is one that is there', () => {
    expect(rowOfWarning('a value that is far from all others: 1e+30 in row 6, and half', 200)).toBe(6);
    expect(rowOfWarning('1e+30 in row 6', 5)).toBeNull();
    expect(rowOfWarning('Column "in row" is constant.', 5)).toBeNull();
  });

  test('what a button does is not said once more for the command line', () => {
    const said = '3 of 50 rows repeat an earlier row. Split with duplicates=together to keep them in one part.';
    expect(withoutOrder(said)).toBe('3 of 50 rows repeat an earlier row.');
  });
});
