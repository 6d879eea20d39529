/** The scanner against csv-parse, which cuts the same bytes by the same rules. */
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CsvScanner, UnclosedQuote, cellText, whitespace } from '../../src-main/formats/tables/csvScanner.ts';
import type { Writing } from '../../src-main/formats/tables/csvScanner.ts';

const comma: Writing = { delimiter: ',', quote: '"', spaceAfterDelimiter: false, newline: '\n' };

interface Cut {
  readonly records: string[][];
  readonly lines: number[];
}

/** @param step bytes that are handed over at a time */
function scan(text: string, writing: Writing = comma, step = Infinity): Cut {
  const cut: Cut = { records: [], lines: [] };
  const scanner = new CsvScanner(writing, 1, (record) => {
    cut.records.push(Array.from({ length: record.count }, (_, cell) => cellText(record, cell, writing.quote)));
    cut.lines.push(record.line);
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += step) scanner.push(Buffer.from(bytes.subarray(at, at + step)));
  scanner.end();
  return cut;
}

const cell = fc.string({ unit: fc.constantFrom('a', 'é', '😀', ' ', ',', ';', '"', '\n', '\r\n', "'"), maxLength: 5 });
const bareCell = fc.string({ unit: fc.constantFrom('a', 'é', '1', '.', "'"), maxLength: 4 });
const written = (quote: string): fc.Arbitrary<string> =>
  fc.oneof(
    cell.map((text) => quote + text.replaceAll(quote, quote + quote) + quote),
    bareCell.filter((text) => !text.includes(quote)),
  );

describe('the scanner', () => {
  test.each([',', ';', '\t', '||', '->'])('cuts at %j what csv-parse cuts, however the bytes come', (delimiter) => {
    const row = fc.array(written('"'), { minLength: 1, maxLength: 5 }).map((cells) => cells.join(delimiter));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), fc.constantFrom('\n', '\r\n'), fc.integer({ min: 1, max: 20 }), fc.boolean(), (rows, end, step, isEnded) => {
        const text = rows.join(end) + (isEnded ? end : '');
        const expected = parse(text, { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n'] });
        const trimmed = expected.map((cells: string[]) => cells.map((one) => one.trim()));
        expect(scan(text, { ...comma, delimiter }).records).toEqual(trimmed);
        expect(scan(text, { ...comma, delimiter }, step)).toEqual(scan(text, { ...comma, delimiter }));
      }),
      { numRuns: 300 },
    );
  });

  test('single quotes and carriage returns as csv-parse has them', () => {
    const row = fc.array(written("'"), { minLength: 1, maxLength: 4 }).map((cells) => cells.join(';'));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), (rows) => {
        const text = rows.join('\r').replaceAll('\r\n', '\n');
        const expected = parse(text, {
          delimiter: ';',
          quote: "'",
          escape: "'",
          relax_column_count: true,
          relax_quotes: true,
          skip_empty_lines: true,
          record_delimiter: ['\r'],
        });
        const trimmed = expected.map((cells: string[]) => cells.map((one) => one.trim()));
        expect(scan(text, { delimiter: ';', quote: "'", spaceAfterDelimiter: false, newline: '\r' }).records).toEqual(trimmed);
      }),
      { numRuns: 300 },
    );
  });

  test('knows the line at which each record starts', () => {
    expect(scan('a,b\n\n"x\ny",2\r\n1,"\n\n"\nend').lines).toEqual([1, 3, 5, 8]);
    expect(scan('a,b\n\n"x\ny",2\r\n1,"\n\n"\nend', comma, 3).lines).toEqual([1, 3, 5, 8]);
  });

  test('a quote inside a value and behind a closed one are letters; blanks around quotes are none', () => {
    expect(scan('5" pipe,a"b\n"x"y,"z" \n').records).toEqual([
      ['5" pipe', 'a"b'],
      ['"x"y', 'z'],
    ]);
    expect(scan('1, "y, z"\n', { ...comma, spaceAfterDelimiter: true }).records).toEqual([['1', 'y, z']]);
  });

  test('a quote that is never closed is named by its line', () => {
    for (const step of [1, 7, Infinity]) expect(() => scan('a,b\n1,"2\n3,4\n', comma, step)).toThrow(new UnclosedQuote(2));
  });

  test('runs of blanks and tabs, before and behind the values too', () => {
    const blanks = { ...comma, delimiter: whitespace };
    const text = '  1.5   2\t3  \r\n\n\t4 "two words"  "say ""so"""\n   \n7 8 9';
    for (const step of [1, 5, Infinity])
      expect(scan(text, blanks, step)).toEqual({
        records: [
          ['1.5', '2', '3'],
          ['4', 'two words', 'say "so"'],
          ['7', '8', '9'],
        ],
        lines: [1, 3, 5],
      });
  });
});
