import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { readTable } from '../../src-main/formats/tables/csv.ts';
import type { RawDataset, ReadOptions } from '../../src-main/formats/format.ts';
import { openSource } from '../../src-main/formats/index.ts';
import { largestNumber } from '../../src-main/formats/limits.ts';
import { timesAsMuch } from '../support/effort.ts';
import { expectDamageIsTold } from './damage.ts';
import { columnOf, expectRefusal, plain, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();

function table(text: string | Buffer, options: ReadOptions = {}): RawDataset {
  return readTable('t.csv', Buffer.from(text), options);
}

describe('what a table says', () => {
  test('columns of numbers are number columns and the others are text', () => {
    const data = table('size,kind,mixed\n1.5,cat,1\n-2e3,dog,x\n');
    expect(data.columns.map(({ kind }) => kind)).toEqual(['number', 'coded', 'coded']);
    expect(plain(data)).toEqual({ size: [1.5, -2000], kind: ['cat', 'dog'], mixed: ['1', 'x'] });
    expect(data.rows).toBe(2);
    expect(data.notes).toEqual(['Delimiter "," (sniffed).', 'Column "mixed" is text because of "x" in row 3.']);
  });

  test('a text far below the first rows turns its column into text without losing a value', () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i},${i === 59_000 ? 'A7' : i}`);
    const data = table(`a,b\n${rows.join('\n')}\n`);
    const values = plain(data)['b'] ?? [];
    expect([columnOf(data, 'b').kind, values.length, values[0], values[59_000], values[59_999]]).toEqual(['coded', 60_000, '0', 'A7', '59999']);
    expect(data.notes.slice(1)).toEqual([
      'Column "b" is text because of "A7" in row 59002.',
      'Column "b": 59999 of its 60000 values are numbers, the others are "A7" (1). Correct them, or name them in the option missing to read numbers.',
    ]);
  });

  test('missing markers of any case give NaN and null, and are counted aloud', () => {
    const data = table('n,t\n1,a\nNA,N/A\n?,null\n-,None\nnan,\n');
    expect(plain(data)).toEqual({ n: [1, NaN, NaN, NaN, NaN], t: ['a', null, null, null, null] });
    expect(data.notes[1]).toBe('Cells read as missing: "NA" (1), "?" (1), "-" (1), "nan" (1), "N/A" (1), "null" (1), "None" (1).');
  });

  test('told missing markers replace the usual ones, numbers among them', () => {
    expect(plain(table('n,t\n-999,none\n3,x\n', { missing: ['-999'] }))).toEqual({ n: [NaN, 3], t: ['none', 'x'] });
  });

  test('columns that are told to be text keep their leading zeros', () => {
    const data = readTable('t.csv', Buffer.from('file,n\n0001,02\n'), {}, ['file']);
    expect(plain(data)).toEqual({ file: ['0001'], n: [2] });
  });

  test('a column without any value is a number column of NaN', () => {
    expect(plain(table('a,b\n1,\n2,\n')).b).toEqual([NaN, NaN]);
  });

  test('hexadecimal words, digits in odd groups and dates are text, not numbers', () => {
    const data = table('a;b;c;d\n0x10;1.00.000;2024-01-02;1 2\n0b1;2.00.000;2024-01-03;3 4\n');
    expect(data.columns.map(({ kind }) => kind)).toEqual(['coded', 'coded', 'coded', 'coded']);
  });

  test('repeated and empty header names are made unique and said', () => {
    const data = table('x,x,,x_2\n1,2,3,4\n');
    expect(data.columns.map(({ name }) => name)).toEqual(['x', 'x_3', 'column3', 'x_2']);
    expect(data.notes.slice(1)).toEqual(['Column 2 repeats the name "x" and is called "x_3".', 'Column 3 has no name and is called "column3".']);
  });

  test('a delimiter at the end of every line makes no column', () => {
    const data = table('a,b,\n1,2,\n3,4,\n');
    expect(data.columns.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(data.notes).toContain('Column 3 is empty and was left out: every line ends with the delimiter.');
  });

  test('blanks around values, blank lines and all three line ends are taken in stride', () => {
    for (const end of ['\n', '\r\n', '\r']) expect(plain(table(`a, b${end}1, x ${end}${end}2,"y, z"${end}`))).toEqual({ a: [1, 2], b: ['x', 'y, z'] });
    expect(plain(table('a,b\r\n1,x\n2,y\r\n'))).toEqual({ a: [1, 2], b: ['x', 'y'] });
    expect(plain(table('a, b\n1, "y, z"\n'))).toEqual({ a: [1], b: ['y, z'] });
  });

  test('quotes may hold delimiters, line ends and doubled quotes; a quote inside a value is a letter', () => {
    expect(plain(table('a,b\n1,"two\nlines, ""so"""\n2,5" pipe\n'))).toEqual({ a: [1, 2], b: ['two\nlines, "so"', '5" pipe'] });
    expect(plain(table("a;b\n1;'x;y'\n2;'z'\n"))).toEqual({ a: [1, 2], b: ['x;y', 'z'] });
  });
});

describe('how a table is written', () => {
  test.each([',', ';', '\t', '|'])('the delimiter %j is found out', (delimiter) => {
    const text = [
      ['name', 'x', 'y'],
      ['Ann, B.', '1.5', '2'],
      ['Cy', '2.5', '3'],
    ]
      .map((cells) => cells.map((cell) => (cell.includes(delimiter) ? `"${cell}"` : cell)).join(delimiter))
      .join('\n');
    expect(plain(table(text))).toEqual({ name: ['Ann, B.', 'Cy'], x: [1.5, 2.5], y: [2, 3] });
  });

  test('a decimal comma is found out between semicolons, tabs and quotes', () => {
    const data = table('1,5;2,25\n3,5;4,75\n');
    expect(plain(data)).toEqual({ column1: [1.5, 3.5], column2: [2.25, 4.75] });
    expect(data.notes).toEqual(['Delimiter ";" (sniffed).', 'Decimal comma (sniffed).', 'The first row is data, not a header (sniffed).']);
    expect(plain(table('a\tb\n1,5\tx\n2,5\ty\n')).a).toEqual([1.5, 2.5]);
    expect(plain(table('a,b\n"1,5",2\n"2,75",3\n')).a).toEqual([1.5, 2.75]);
  });

  test('what is told is not found out again', () => {
    const data = table('a,b;c\n1,2;3\n', { delimiter: ';', decimal: ',', header: true, encoding: 'utf-8' });
    expect(plain(data)).toEqual({ 'a,b': [1.2], c: [3] });
    expect(data.notes).toEqual([]);
    expect(plain(table('a\tb\n1\t2\n', { delimiter: 'tab' }))).toEqual({ a: [1], b: [2] });
  });

  test('a header is found by texts over numbers, and missed where numbers stand in the first row', () => {
    expect(plain(table('5.1,3.5,setosa\n4.9,3.0,setosa\n'))).toEqual({ column1: [5.1, 4.9], column2: [3.5, 3], column3: ['setosa', 'setosa'] });
    expect(plain(table('name,city\nAnn,Rome\nBob,Oslo\n'))).toEqual({ name: ['Ann', 'Bob'], city: ['Rome', 'Oslo'] });
    expect(plain(table('yes,no\nno,no\nyes,yes\n'))).toEqual({ column1: ['yes', 'no', 'yes'], column2: ['no', 'no', 'yes'] });
    expect(plain(table('1,2\n3,4\n', { header: true }))).toEqual({ '1': [3], '2': [4] });
    expect(plain(table('a,b\n3,4\n', { header: false }))).toEqual({ column1: ['a', '3'], column2: ['b', '4'] });
  });

  test('the line sep=; that Excel writes is obeyed and is no row', async () => {
    expect(plain(table('sep=;\na;b\n1;2\n'))).toEqual({ a: [1], b: [2] });
    await expectRefusal(
      () => table('sep=;\na;b\n1;2;3\n'),
      't.csv, row 3: 3 values, but the header has 2 columns. Put values that contain the delimiter ";" in quotes, or set the option delimiter.',
    );
  });
});

describe('encodings', () => {
  const text = 'città,größe\nRoma,1\nKöln,2\n';
  const expected = { città: ['Roma', 'Köln'], größe: [1, 2] };

  test.each([
    ['utf-8', false, undefined],
    ['utf-8', true, undefined],
    ['utf-16le', false, 'Encoding UTF-16LE (sniffed).'],
    ['utf-16le', true, 'Encoding UTF-16LE (byte order mark).'],
    ['utf-16be', false, 'Encoding UTF-16BE (sniffed).'],
    ['utf-16be', true, 'Encoding UTF-16BE (byte order mark).'],
    ['latin1', false, 'Encoding Latin-1 (sniffed).'],
  ] as const)('%s with byte order mark %j is found out', (encoding, addBOM, note) => {
    const bytes = iconv.encode(text, encoding, { addBOM });
    const data = table(bytes);
    expect(plain(data)).toEqual(expected);
    expect(data.notes[0]).toBe(note ?? 'Delimiter "," (sniffed).');
    expect(plain(table(bytes, { encoding }))).toEqual(expected);
  });

  test('Latin-1 is read as Windows-1252, as spreadsheets write it', () => {
    expect(plain(table(Buffer.from([...Buffer.from('a,b\n1,all '), 0x80, 0x0a])))).toEqual({ a: [1], b: ['all €'] }); // 0x80 is the euro sign there
  });

  test('bytes that are no text are refused with their row', async () => {
    await expectRefusal(
      () => table(Buffer.from([...Buffer.from('a,b\n1,'), 0xe9, 0x0a]), { encoding: 'utf-8' }),
      't.csv, row 2: byte 0xE9 is not valid UTF-8. Set the option encoding, for example latin1.',
    );
    await expectRefusal(
      () => table(Buffer.concat([Buffer.from('größe,straße,weiß\n1,2,3\nü,'), Buffer.from([0xff]), Buffer.from(',ä\n')])),
      't.csv, row 3: byte 0xFF is not valid UTF-8. Set the option encoding, for example latin1.',
    );
    await expectRefusal(() => table('a,b\n1,\0\n'), 't.csv, row 2: a zero byte, so this is not a text file. If it is UTF-16, set the option encoding.');
    await expectRefusal(
      () => table('abc', { encoding: 'utf-16le' }),
      't.csv is not valid UTF-16LE: it has an odd number of bytes. Set the option encoding, for example utf-8.',
    );
    await expectRefusal(
      () => table(Buffer.from('a\nb\ud800c\n', 'utf16le'), { encoding: 'utf-16le' }),
      't.csv, row 2: not valid UTF-16LE. Set the option encoding, for example utf-8.',
    );
  });
});

describe('refusals', () => {
  test('a row with more or fewer values than the header names its line, blank and quoted lines counted', async () => {
    const help = 'Put values that contain the delimiter "," in quotes, or set the option delimiter.';
    await expectRefusal(() => table('a,b\n"x\r\ny",2\n\n1,2,3\n'), `t.csv, row 5: 3 values, but the header has 2 columns. ${help}`);
    await expectRefusal(() => table('1,2,3\n4,5,6\n7\n'), `t.csv, row 3: 1 value, but the first row has 3 columns. ${help}`);
    const rows = Array.from({ length: 1300 }, (_, i) => (i === 1202 ? '1,2,3' : '1,2'));
    await expectRefusal(() => table(`a,b\n${rows.join('\n')}`), `t.csv, row 1204: 3 values, but the header has 2 columns. ${help}`);
  });

  test('an empty file, blank lines alone and a header alone are refused', async () => {
    const empty = write('empty.csv', '');
    await expectRefusal(openSource(empty), `${empty} is empty.`);
    await expectRefusal(() => table('\n\n'), 't.csv is empty.');
    await expectRefusal(() => table('a,b\n'), 't.csv has a header but no rows.');
  });

  test('a missing file is refused with the nearest names', async () => {
    write('wine.csv', 'a\n1\n');
    await expectRefusal(openSource(`${root}/wind.csv`), `${root}/wind.csv does not exist. Did you mean wine.csv?`);
  });

  test('a quote that never ends is refused where it starts', async () => {
    await expectRefusal(
      () => table('a,b\n1,2\n3,"4\n5,6\n'),
      't.csv, row 3: a quoted value starts here and is never closed. Close the quote, or double a quote inside a value.',
    );
  });

  test('an infinity among numbers is refused, and is a text among texts', async () => {
    await expectRefusal(
      () => table('a,b\n1,2\n-inf,3\n'),
      't.csv, row 3, column "a": "-inf" is not a finite number. Correct it, or name it in the option missing.',
    );
    await expectRefusal(
      () => table('a,b\n1,2\n1e999,3\n'),
      't.csv, row 3, column "a": "1e999" is not a finite number. Correct it, or name it in the option missing.',
    );
    expect(plain(table('a,b\n1,inf\n2,sup\n3,inf\n')).b).toEqual(['inf', 'sup', 'inf']);
    expect(plain(table('a,b\n1,2\ninf,3\n', { missing: ['inf'] })).a).toEqual([1, NaN]);
  });

  test('comment lines above a table are named as what they probably are', async () => {
    await expectRefusal(
      () => table('# made by hand\n# in 2024\na,b\n1,2\n'),
      't.csv, row 3: 2 values, but the header has 1 column. Other rows with a wrong number of values: 4. Remove the comment lines above the table, or set the option header to 3. ' +
        'Put values that contain the delimiter "," in quotes, or set the option delimiter.',
    );
  });

  test('a number too large for means and spreads is refused with its row', async () => {
    await expectRefusal(
      () => table('a,b\n1,x\n-1e101,x\n'),
      't.csv, row 3, column "a": "-1e101" is larger than 1e+100, which is the most that is read. Correct it, or name it in the option missing.',
    );
    expect(plain(table('a\n1e100\n2\n'))).toEqual({ a: [1e100, 2] });
    expect(plain(table('a\n1e101\n2\n', { missing: ['1e101'] }))).toEqual({ a: [NaN, 2] });
  });

  test.each(['', '"', '\n'])('the delimiter %j cannot be', async (delimiter) => {
    await expectRefusal(
      () => table('a,b\n1,2\n', { delimiter }),
      `Option delimiter must be what stands between two values, no quote and no line end. Received: ${JSON.stringify(delimiter)}.`,
    );
  });

  test('damaged gzip and gzip bombs are refused', async () => {
    const packed = gzipSync('a,b\n1,2\n'.repeat(500));
    const cut = write('cut.csv.gz', packed.subarray(0, packed.length - 12));
    await expectRefusal(openSource(cut), `${cut} cannot be unpacked: its gzip data is damaged or cut off.`);
    const bomb = write('bomb.csv.gz', gzipSync(Buffer.alloc(300 * 1024 * 1024), { level: 1 })); // zeros: 1.3 MB packed
    await expect(openSource(bomb)).rejects.toThrow(/bomb\.csv\.gz unpacks from 1\.\d MB to more than 256 MB and is refused\.$/);
  });
});

test('gzip is unpacked', async () => {
  expect(plain(await openSource(write('t.csv.gz', gzipSync('a,b\n1,x\n'))))).toEqual({ a: [1], b: ['x'] });
});

describe('properties', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'B', '7', ',', ';', '"', "'", '\n', '\r', '\t', '|', ' ', 'é', '.', '-', '😀'), maxLength: 6 });
  const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;

  test('what is written with quotes is read again, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(',', ';', '\t', '|'),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 4 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 })),
        (delimiter, end, rows) => {
          const names = rows[0]?.map((_, i) => `name ${i}`) ?? [];
          const text = [names, ...rows].map((cells) => cells.map(quoted).join(delimiter)).join(end);
          const data = table(text, { delimiter, header: true, decimal: '.', encoding: 'utf-8', missing: [] });
          expect(data.columns.map(({ name }) => name)).toEqual(names);
          data.columns.forEach((column, i) => {
            const cells = rows.map((row) => (row[i] ?? '').trim());
            const expected =
              column.kind === 'number' ? cells.map((value) => (value === '' ? NaN : Number(value))) : cells.map((value) => (value === '' ? null : value));
            expect(plain(data)[column.name]).toEqual(expected);
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('numbers survive writing and reading bit for bit, with all of the dialect found out', () => {
    const number = fc.double({ noNaN: true, min: -largestNumber, max: largestNumber });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 8 }), fc.constantFrom(',', ';', '\t', '|'), (rows, delimiter) => {
        const data = table(`x${delimiter}y${delimiter}z\n${rows.map((row) => row.map((value) => String(value)).join(delimiter)).join('\n')}`);
        expect(Object.values(plain(data))).toEqual([0, 1, 2].map((i) => rows.map((row) => Number(String(row[i]))))); // String(-0) is '0'
      }),
      { numRuns: 200 },
    );
  });
});

test('100,000 rows of 30 columns are read for less than twelve times what cutting them at commas costs', () => {
  const line = Array.from({ length: 30 }, (_, i) => (i * 1.37 - 20).toFixed(5)).join(',');
  const text = Buffer.from(`${Array.from({ length: 30 }, (_, i) => `c${i}`).join(',')}\n${`${line}\n`.repeat(100_000)}`);
  const data = table(text);
  expect([data.rows, data.columns.length]).toEqual([100_000, 30]);
  const cut = (): unknown => text.toString().split('\n').map((row) => row.split(',').map(Number)); // prettier-ignore
  expect(timesAsMuch(() => table(text), cut, 2)).toBeLessThan(12); // 4.7 measured
});

test('a file damaged anywhere is read or refused with a sentence, and nothing else happens', async () => {
  await expectDamageIsTold('csv', 't.csv', Buffer.from('name;x;y\n"Ann; B.";1,5;2\nCy;2,5;NA\nDé;3,5;4\n'), write);
});
