/** Headers as programs and people make them, and what stands above and below them. */
import { describe, expect, test } from 'vitest';
import { readTable } from '../../src-main/formats/tables/csv.ts';
import type { RawDataset, ReadOptions } from '../../src-main/formats/format.ts';
import { expectRefusal, plain } from './support.ts';

function table(text: string, options: ReadOptions = {}): RawDataset {
  return readTable('t.csv', Buffer.from(text), options);
}

const namesOf = (data: RawDataset): string[] => data.columns.map(({ name }) => name);

/** Rows of whole numbers in no order, each with what `end` says. */
function rows(count: number, width: number, end: (row: number) => string = () => ''): string {
  return (
    Array.from({ length: count }, (_, row) => Array.from({ length: width }, (_, i) => (row * 37 + i * i * 11) % 101).join(',') + end(row)).join('\n') + '\n'
  );
}

describe('names that are numbers', () => {
  test.each([
    ['columns counted from 0, with the label behind', '0,1,2,3,label\n', 4, (row: number) => `,${row % 3}`],
    ['columns counted from 1, with the class behind', '1,2,3,class\n', 3, (row: number) => `,${'ab'[row % 2] ?? ''}`],
    ['equal names that pandas numbered', '0,0.1,0.2,0.3,0.4\n', 5, undefined],
    ['a row of pixels that pandas took for names', '5,0,0.1,0.2,3,18,18.1,18.2,126,0.3\n', 10, undefined],
  ])('%s', (_, header, width, end) => {
    const data = table(header + rows(30, width, end));
    expect([namesOf(data), data.rows]).toEqual([header.trim().split(','), 30]);
    expect(data.notes).toContain('The first row is a header whose names are numbers (sniffed). If it is data, set the option header to false.');
    expect(table(header + rows(30, width, end), { header: false }).rows).toBe(31);
  });

  test('years beside words', () => {
    const header = 'country,1990,1995,2000';
    const data = table(`${header}\n${Array.from({ length: 9 }, (_, i) => `C${i},${i * 7},${i * 3},${i}.5`).join('\n')}\n`);
    expect(namesOf(data)).toEqual(header.split(','));
  });

  test('the index of pandas above counted columns has no name', () => {
    expect(namesOf(table(`,0,1,2\n${Array.from({ length: 9 }, (_, i) => `${i},${i * 7},${i % 4},${i}.5`).join('\n')}\n`))).toEqual(['column1', '0', '1', '2']);
  });

  test.each([
    ['rows that count themselves', Array.from({ length: 9 }, (_, i) => `${i},${i + 1},${i + 2},${i + 3}`)],
    ['small whole numbers', Array.from({ length: 9 }, (_, i) => `${i % 3},${(i + 1) % 3},${(i + 2) % 3}`)],
    ['steps of a tenth', Array.from({ length: 9 }, (_, i) => `${i},${i}.1,${i}.2,${i}.3`)],
    ['measurements', Array.from({ length: 9 }, (_, i) => `${i * 1.5},${i * 2.5},a`)],
  ])('%s are data', (_, lines) => {
    expect(table(`${lines.join('\n')}\n`).rows).toBe(9);
  });
});

describe('above the header', () => {
  const body = 'height,weight,age,sex\n171.1,66.5,72,m\n168.8,60.6,77,f\n175.8,83.9,26,m\n';

  test.each([
    ['a padded title', 'Quarterly report,,,\n', 'Line 1 stands above the header and was left out: "Quarterly report". The header is line 2.'],
    ['a padded title and an empty row', 'Report 2024,,,\n,,,\n', 'Line 1 stands above the header and was left out: "Report 2024". The header is line 3.'],
    [
      'a comment with as many commas',
      '# exported, by, logger, 3\n',
      'Line 1 stands above the header and was left out: "# exported, by, logger, 3". The header is line 2.',
    ],
  ])('%s is left out and said', (_, above, note) => {
    const data = table(above + body);
    expect([namesOf(data), data.rows]).toEqual([['height', 'weight', 'age', 'sex'], 3]);
    expect(data.notes).toContain(note);
    expect(data.found?.header).toBe(above.split('\n').length);
  });

  test('lines with another number of values are refused with the line of the header, and read when it is told', async () => {
    const text = `Measured by hand\n\n${body}`;
    await expectRefusal(
      () => table(text),
      't.csv, row 3: 4 values, but the header has 1 column. If a title or notes stand above the table, ' +
        'remove them, or set the option header to 3. Put values that contain the delimiter "," in quotes, or set the option delimiter.',
    );
    expect(plain(table(text, { header: 3 }))['age']).toEqual([72, 77, 26]);
    expect(plain(table(`He said "\n${body}`, { header: 2 }))['age']).toEqual([72, 77, 26]); // a quote above the table opens nothing
  });

  test('the first line of savetxt is a header with its sign', () => {
    expect(namesOf(table('# x,y,label\n0.9,-0.1,0\n1.4,0.5,1\n'))).toEqual(['# x', 'y', 'label']);
  });
});

describe('below the header', () => {
  test.each([
    ['units', 's,degC,kPa,-'],
    ['units in brackets', '[s],[°C],(kPa),'],
    ['descriptions', 'time of day,outside,at sea level,'],
  ])('a row of %s is left out and said', (_, units) => {
    const data = table(`time,temp,pressure,state\n${units}\n0,20.98,100.96,off\n1,19.6,99.2,on\n2,20.6,101.1,on\n`);
    expect(plain(data)['temp']).toEqual([20.98, 19.6, 20.6]);
    expect(data.notes.join(' ')).toMatch(/Row 2 holds units or descriptions, no numbers, and was left out: time \(/);
  });

  test('one word in one column of numbers is no row of units, unless it is a unit', () => {
    expect(table('name,x\nAnn,unknown\nBob,2\nCy,3\n').rows).toBe(3);
    expect(table('name,x\n,kg\nBob,2\nCy,3\n').rows).toBe(2);
  });

  test('the header is left out where it is repeated, and said', () => {
    const data = table('height,sex\n171.1,m\n168.8,f\nheight,sex\n175.8,m\nheight,sex\n170.9,f\n');
    expect(plain(data)).toEqual({ height: [171.1, 168.8, 175.8, 170.9], sex: ['m', 'f', 'm', 'f'] });
    expect(data.notes).toContain('The header is repeated in 2 rows: 4, 6, and left out there.');
    const late = table(`a,b\n${Array.from({ length: 3000 }, (_, i) => `${i},x`).join('\n')}\na,b\n1,y\n`);
    expect([late.rows, late.notes.at(-1)]).toEqual([3001, 'The header is repeated in row 3002, and left out there.']);
  });

  test('equal rows of a table without a header are data', () => {
    expect(table('yes,no\nno,no\nyes,no\n').rows).toBe(3);
  });
});

describe('headers that are shorter or longer than the rows', () => {
  test('names of rows as R writes them', () => {
    const data = table('"mpg" "cyl"\n"Mazda RX4" 21 6\n"Datsun 710" 22.8 4\n"Valiant" 18.1 6\n');
    expect(plain(data)).toEqual({ column1: ['Mazda RX4', 'Datsun 710', 'Valiant'], mpg: [21, 22.8, 18.1], cyl: [6, 4, 6] });
    expect(data.notes).toContain('The header has one name less than the rows have values: the first column holds names of rows, as R writes them.');
    expect(plain(table('mpg,cyl\n1,21,6\n2,22.8,4\n3,18.1,6\n'))['column1']).toEqual([1, 2, 3]);
  });

  test('a delimiter at the end of rows alone, of some rows, of the header alone', () => {
    const expected = { a: [1, 3, 5], b: [2, 4, 6] };
    for (const text of ['a,b\n1,2,\n3,4,\n5,6,\n', 'a,b\n1,2,\n3,4\n5,6,\n', 'a,b,\n1,2\n3,4\n5,6\n', 'a,b,,\n1,2,,\n3,4,,\n5,6,,\n'])
      expect(plain(table(text)), text).toEqual(expected);
    expect(table('a,b\n1,2,\n3,4\n5,6,\n').notes).toContain('2 rows end with delimiters that the header does not have. They make no column.');
    expect(Object.values(plain(table('1.5,2,\n3,4,\n5,6,\n')))).toEqual([
      [1.5, 3, 5],
      [2, 4, 6],
    ]);
  });

  test('values beyond the header are refused', async () => {
    await expectRefusal(
      () => table('a,b\n1,2,\n3,4,5\n'),
      't.csv, row 3: 3 values, but the header has 2 columns. Put values that contain the delimiter "," in quotes, or set the option delimiter.',
    );
  });
});
