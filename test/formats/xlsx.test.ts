import { readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { expectDamageIsTold } from './damage.ts';
import { expectRefusal, fixture, plain, temporaryFolder } from './support.ts';

const { write } = temporaryFolder();
const workbook = fixture('more/workbook.xlsx'); // make.py beside it says what is in it

/** A workbook of the fewest parts (ECMA-376, 12.2): texts and numbers, a row of cells each. */
function book(sheets: Readonly<Record<string, readonly (readonly (string | number | null)[])[]>>): Uint8Array {
  const names = Object.keys(sheets);
  const cell = (value: string | number | null, row: number, place: number): string => {
    const at = `${String.fromCharCode(65 + place)}${row + 1}`;
    if (value === null) return '';
    return typeof value === 'number' ? `<c r="${at}"><v>${value}</v></c>` : `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
  };
  const sheet = (rows: readonly (readonly (string | number | null)[])[]): string =>
    `<worksheet><sheetData>${rows.map((row, at) => `<row r="${at + 1}">${row.map((value, place) => cell(value, at, place)).join('')}</row>`).join('')}</sheetData></worksheet>`;
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const files = {
    'xl/workbook.xml': `<workbook xmlns:r="${relation}"><sheets>${names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${names.map((_, i) => `<Relationship Id="rId${i + 1}" Type="${relation}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`,
    ...Object.fromEntries(Object.values(sheets).map((rows, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheet(rows)])),
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

describe('a workbook that openpyxl made', () => {
  test('the first sheet with a table is read: dates, keys, marks, quotes and gaps', async () => {
    const read = await openSource(workbook);
    expect(plain(read)).toEqual({
      code: ['007', '008', '010', '011'],
      age: [61, 35.5, NaN, 44],
      seen: ['2024-02-29', '1999-12-31', null, '2024-03-01'],
      at: ['2024-02-29T08:15:00', '1999-12-31T23:59:59', null, '2024-03-01T00:00:00'],
      smokes: ['TRUE', 'FALSE', null, 'TRUE'],
      group: ['a, first', 'b "second"', 'a, first', 'two lines'],
      share: [0.25, 0.5, NaN, 1],
    });
    expect(read.format).toBe('xlsx');
    expect(read.notes.slice(0, 3)).toEqual([
      'Sheet "Patients" is read. Others are there: "About", "Numbers".',
      'Rows 1 to 3 above the table are left out.',
      'Rows 9 to 10 below the table are left out.',
    ]);
  });

  test.each(['Numbers', '3'])('the sheet %s is read when it is told, without a header where there is none', async (sheet) => {
    expect(plain(await openSource(workbook, { options: { sheet } }))).toEqual({ column1: [1, 3, 5], column2: [2, 4, 6], column3: ['x', 'y', 'x'] });
  });

  test('a row of the sheet can be told as the header', async () => {
    expect((await openSource(workbook, { options: { header: 5 } })).columns.map(({ name }) => name)).toContain('007');
    await expectRefusal(openSource(workbook, { options: { header: 50 } }), `${workbook}, sheet "Patients" has 10 rows; the option header names row 50.`);
  });

  test('a sheet that is not there is refused with the nearest', async () => {
    await expectRefusal(openSource(workbook, { options: { sheet: 'Patient' } }), `${workbook} has no sheet "Patient". Did you mean Patients?`);
    // Matched as a text
    await expectRefusal(openSource(workbook, { options: { sheet: '9' } }), expect.stringMatching(/workbook\.xlsx has no sheet "9"\. /) as string);
  });

  test('it is known by its content', async () => {
    for (const name of ['workbook.xls', 'workbook.zip', 'workbook']) expect((await openSource(write(name, readFileSync(workbook)))).format, name).toBe('xlsx');
  });
});

test('long keys stay as they are, and empty columns and rows between are left out', async () => {
  const rows = [
    [null, 'key', null, 'y'],
    [null, '12345678901234567', null, 1],
    [null, null, null, null],
    [null, '12345678901234568', null, 2],
  ];
  const read = await openSource(write('keys.xlsx', book({ One: rows })));
  expect(plain(read)).toEqual({ key: ['12345678901234567', '12345678901234568'], y: [1, 2] });
});

test('sheets without a table are refused by name', async () => {
  const path = write('empty.xlsx', book({ One: [], Two: [['only a title']] }));
  await expectRefusal(openSource(path), `${path} has no sheet with a table (a header and rows). There are: One, Two.`);
});

describe('damage', () => {
  test('an archive that states more than is honest is refused before it is unpacked', async () => {
    const content = Buffer.from(
      book({
        One: [
          ['a', 'b'],
          [1, 2],
        ],
      }),
    );
    content.writeUInt32LE(300 * 1024 * 1024, content.indexOf('PK\x01\x02', 0, 'latin1') + 24); // the unpacked size in the directory (APPNOTE 4.3.12)
    const path = write('bomb.xlsx', content);
    // Matched as a text
    await expectRefusal(openSource(path), expect.stringMatching(/bomb\.xlsx unpacks from \d+ bytes to more than 256 MB and is refused\./) as string);
  });

  test('a workbook without its sheets is refused', async () => {
    const path = write('gone.xlsx', zipSync({ 'xl/workbook.xml': strToU8('<workbook><sheets/></workbook>') }));
    await expectRefusal(
      openSource(path),
      expect.stringMatching(/gone\.xlsx cannot be read as an Excel workbook: .*\. Open it in a spreadsheet program/) as string,
    ); // matched as a text
  });

  test('a file damaged anywhere is read or refused with a sentence, and nothing else happens', async () => {
    await expectDamageIsTold('xlsx', 'damaged.xlsx', readFileSync(workbook), write);
  });
});
