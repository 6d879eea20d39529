/** Tables that are set apart by blanks, led by a line of a spreadsheet, or no tables at all. */
import { describe, expect, test } from 'vitest';
import { readTable } from '../../src-main/formats/tables/csv.ts';
import type { RawDataset, ReadOptions } from '../../src-main/formats/format.ts';
import { expectRefusal, plain } from './support.ts';

function table(text: string, options: ReadOptions = {}): RawDataset {
  return readTable('t.csv', Buffer.from(text), options);
}

describe('blanks between values', () => {
  test.each([
    [
      'aligned numbers',
      '  1.68   64.36  1\n  0.88   77.43  0\n 17.36    6.27  1\n',
      { column1: [1.68, 0.88, 17.36], column2: [64.36, 77.43, 6.27], column3: [1, 0, 1] },
    ],
    ['exponents and blanks first', '   1.0e+00  -2.5e-01\n   2.0e+00   7.5e-01\n', { column1: [1, 2], column2: [-0.25, 0.75] }],
    ['a header', 'x y label\n1.5 2.5 a\n3.5 4.5 b\n', { x: [1.5, 3.5], y: [2.5, 4.5], label: ['a', 'b'] }],
    [
      'quoted texts and tabs',
      '18.0   8   307.0\t"chevrolet malibu"\n15.0   8   350.0\t"buick"\n',
      { column1: [18, 15], column2: [8, 8], column3: [307, 350], column4: ['chevrolet malibu', 'buick'] },
    ],
    ['decimal commas', '1,5   2,25\n3,5   4,75\n', { column1: [1.5, 3.5], column2: [2.25, 4.75] }],
  ])('%s', (_, text, expected) => {
    const data = table(text);
    expect(plain(data)).toEqual(expected);
    expect(data.notes[0]).toBe('Delimiter blanks (sniffed).');
    expect(data.found?.delimiter).toBe('whitespace');
    expect(plain(table(text.replaceAll('\n', '\r\n')))).toEqual(expected);
  });

  test('texts with blanks are no columns, and other delimiters come first', () => {
    expect(plain(table('text\nto be or\nnot to be\n'))).toEqual({ text: ['to be or', 'not to be'] });
    expect(plain(table('a, b\n1, 2\n3, 4\n'))).toEqual({ a: [1, 3], b: [2, 4] });
    expect(plain(table('day;x\n2024-01-01 10:00;1\n2024-01-02 11:00;2\n'))['x']).toEqual([1, 2]);
  });

  test('they can be told', () => {
    expect(plain(table('a b\nx  y\nz   w\n', { delimiter: 'whitespace' }))).toEqual({ a: ['x', 'z'], b: ['y', 'w'] });
  });
});

describe('the line of a spreadsheet', () => {
  test.each(['sep=;', '"sep=;"', 'sep=;;;', 'SEP=;', 'sep=; '])('%j is obeyed and is no row', (line) => {
    for (const end of ['\n', '\r\n', '\r'])
      expect(plain(table([line, 'a;b', '1,5;x', '2,5;y', ''].join(end))), JSON.stringify(end)).toEqual({ a: [1.5, 2.5], b: ['x', 'y'] });
  });

  test('a tab and a padding comma', () => {
    expect(plain(table('sep=\t\na\tb\n1\t2\n'))).toEqual({ a: [1], b: [2] });
    expect(plain(table('"sep=,",,\na,b,c\n1,2,3\n'))).toEqual({ a: [1], b: [2], c: [3] });
  });
});

describe('line ends', () => {
  test('carriage returns with line feeds inside of quotes', () => {
    const text = 'name,x\r"item 0\nsecond line",1.5\r"item ""1""\nsecond line",2.5\r';
    expect(plain(table(text))).toEqual({ name: ['item 0\nsecond line', 'item "1"\nsecond line'], x: [1.5, 2.5] });
    expect(plain(table(text.replaceAll('\r', '\r\n')))['x']).toEqual([1.5, 2.5]);
  });
});

describe('what is no table', () => {
  test('a Git LFS pointer and a web page are named as what they are', async () => {
    await expectRefusal(
      () => table('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n'),
      't.csv is a Git LFS pointer, not the data: it only names a file of the repository. Run "git lfs pull" there, or download the file itself.',
    );
    await expectRefusal(
      () => table('\n<!DOCTYPE html>\n<html><body>Sign in</body></html>\n'),
      't.csv is a web page, not data. It was probably saved in the place of the file: use the download link of the page, and sign in there if it asks for it.',
    );
  });

  test('quotes with backslashes get the help that fits', async () => {
    await expectRefusal(
      () => table('text,score\n"He said \\"ok\\" to me, then left",1\n"fine",2\n'),
      't.csv, row 2: 3 values, but the header has 2 columns. Quotes inside of values are written \\" here: write them twice instead (""), as CSV does.',
    );
  });

  test('thousands without quotes get the help that fits', async () => {
    await expectRefusal(
      () => table('city,sales\nRome,13,417\nOslo,385\n'),
      't.csv, row 2: 3 values, but the header has 2 columns. Numbers with commas between their thousands must stand in quotes: "13,417". ' +
        'Put values that contain the delimiter "," in quotes, or set the option delimiter.',
    );
  });
});

test('what was found out is handed on', () => {
  expect(table('a;b\n1,5;x\n').found).toEqual({ delimiter: ';', encoding: 'utf-8', decimal: ',', header: true });
  expect(table('1,2\n3,4\n').found).toEqual({ delimiter: ',', encoding: 'utf-8', decimal: '.', header: false });
});
