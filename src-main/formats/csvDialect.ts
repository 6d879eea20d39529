/** Finds out how a table is written from its first rows: delimiter, quote, header, decimal mark. What the user told is taken as it is. */
import { parse } from 'csv-parse/sync';
import { LabError } from '../contract/errors.ts';
import { MissingValues, parseNumber } from './csvCells.ts';
import type { ReadOptions } from './format.ts';

export interface Dialect {
  readonly delimiter: string;
  readonly quote: '"' | "'";
  readonly spaceAfterDelimiter: boolean; // blanks before a quote are no part of the value
  readonly newlines: readonly string[];
  readonly decimal: '.' | ',';
  readonly header: boolean;
  readonly sample: readonly (readonly string[])[]; // the first records, header included, cells trimmed
  readonly notes: readonly string[];
}

const sampleBytes = 256 * 1024;
const sampleRecords = 1000;
const candidates = [',', ';', '\t', '|'];
const titles: Readonly<Record<string, string>> = { '\t': 'tab' };

type Writing = Pick<Dialect, 'delimiter' | 'quote' | 'spaceAfterDelimiter' | 'newlines'>;

/** Settings of csv-parse for a dialect. Wrong counts and stray quotes are left to the caller, who knows the file's name. */
export function parserOptions(
  writing: Writing,
): { delimiter: string; quote: string; escape: string; record_delimiter: string[]; ltrim: boolean } & typeof fixedOptions {
  return {
    ...fixedOptions,
    delimiter: writing.delimiter,
    quote: writing.quote,
    escape: writing.quote,
    record_delimiter: [...writing.newlines],
    ltrim: writing.spaceAfterDelimiter,
  };
}

const fixedOptions = { relax_column_count: true, relax_quotes: true, skip_empty_lines: true, max_record_size: 1 << 28 };

/** @param text UTF-8 bytes of the whole table */
export function sniffDialect(text: Buffer, options: ReadOptions): Dialect {
  const start = text.subarray(0, sampleBytes).toString('utf8');
  const newlines = start.includes('\n') || !start.includes('\r') ? ['\r\n', '\n'] : ['\r'];
  const quote = options.delimiter === undefined && usesSingleQuotes(start) ? "'" : '"';
  const told = options.delimiter === undefined ? undefined : spelledDelimiter(options.delimiter);
  const tries = (told === undefined ? candidates : [told]).map((delimiter) =>
    tryDelimiter(text, { delimiter, quote, newlines, spaceAfterDelimiter: hasSpacedQuotes(start, delimiter, quote) }),
  );
  const best = tries.reduce((a, b) => (b.score > a.score + 1e-9 ? b : a));
  const { writing, sample } = best;
  const decimal = options.decimal ?? sniffDecimal(sample, writing.delimiter);
  const header = options.header ?? sniffHeader(sample, decimal, new MissingValues(options.missing));
  const notes: string[] = [];
  if (told === undefined)
    notes.push(best.score > 0 ? `Delimiter ${delimiterTitle(writing.delimiter)} (sniffed).` : 'No delimiter found: the table has one column.');
  if (quote === "'") notes.push("Values are quoted with ' (sniffed).");
  if (options.decimal === undefined && decimal === ',') notes.push('Decimal comma (sniffed).');
  if (!header && options.header === undefined) notes.push('The first row is data, not a header (sniffed).');
  return { ...writing, decimal, header, sample, notes };
}

export function delimiterTitle(delimiter: string): string {
  return titles[delimiter] ?? `"${delimiter}"`;
}

function spelledDelimiter(told: string): string {
  if (told === '' || /["\r\n]/.test(told))
    throw new LabError('bad-input', `Option delimiter must be what stands between two values, no quote and no line end. Received: ${JSON.stringify(told)}.`);
  return told === '\\t' || told.toLowerCase() === 'tab' ? '\t' : told;
}

/** How well a delimiter explains the first records: the share of rows with the commonest number of values, the share of numbers among the values, and,
 *  between equals, more columns. */
function tryDelimiter(text: Buffer, writing: Writing): { writing: Writing; sample: string[][]; score: number } {
  const sample = firstRecords(text, writing);
  const lengths = new Map<number, number>();
  let numbers = 0;
  let cells = 0;
  for (const record of sample) {
    lengths.set(record.length, (lengths.get(record.length) ?? 0) + 1);
    for (const cell of record) {
      cells++;
      if (!Number.isNaN(parseNumber(cell, '.')) || !Number.isNaN(parseNumber(cell, ','))) numbers++;
    }
  }
  const [columns = 1, rows = 0] = [...lengths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
  const score = columns < 2 ? 0 : rows / sample.length + numbers / Math.max(1, cells) + Math.min(columns, 1000) * 1e-5;
  return { writing, sample, score };
}

function firstRecords(text: Buffer, writing: Writing): string[][] {
  const isWhole = text.length <= sampleBytes;
  const end = isWhole ? text.length : Math.max(text.lastIndexOf(writing.newlines.at(-1) ?? '\n', sampleBytes), 0) || sampleBytes;
  const records: string[][] = [];
  try {
    parse(text.subarray(0, end), {
      ...parserOptions(writing),
      to: sampleRecords,
      on_record: (record: string[]) => {
        records.push(record.map((cell) => cell.trim()));
        return null;
      },
    });
  } catch {
    // A sample may end inside a quoted value; the records before it are what is asked for. Damage is reported when the whole is read.
  }
  return records;
}

function usesSingleQuotes(start: string): boolean {
  if (start.includes('"')) return false;
  const values = start.match(/(?:^|[,;\t|])\s*'[^'\r\n]*'(?=\s*(?:[,;\t|\r\n]|$))/gm);
  const lines = start.split(/\r?\n|\r/).length;
  return values !== null && values.length * 2 >= lines;
}

function hasSpacedQuotes(start: string, delimiter: string, quote: string): boolean {
  return delimiter !== '\t' && start.includes(`${delimiter} ${quote}`);
}

/** A comma is the decimal mark when numbers are written with it and none with a point. '1,234' between commas may be a thousand: not counted. */
function sniffDecimal(sample: readonly (readonly string[])[], delimiter: string): '.' | ',' {
  let commas = 0;
  let points = 0;
  for (const record of sample) {
    for (const cell of record) {
      if (/^[+-]?\d*,\d+$/.test(cell)) commas += delimiter === ',' && /,\d{3}$/.test(cell) ? 0 : 1;
      else if (/^[+-]?\d*\.\d+$/.test(cell)) points++;
    }
  }
  return commas > points ? ',' : '.';
}

/** Columns of numbers vote: a text above them says header, a number says data. Without a vote the first row is a header unless its values come again below. */
function sniffHeader(sample: readonly (readonly string[])[], decimal: '.' | ',', missing: MissingValues): boolean {
  const [first, ...rest] = sample;
  if (first === undefined) return true;
  const isNumber = (cell: string): boolean => !Number.isNaN(parseNumber(cell, decimal));
  if (rest.length === 0) return !first.some(isNumber);
  let votes = 0;
  let repeated = 0;
  first.forEach((cell, column) => {
    const below = rest.map((record) => record[column] ?? '').filter((value) => !missing.has(value));
    if (below.length > 0 && below.every(isNumber) && cell !== '') votes += isNumber(cell) || missing.has(cell) ? -1 : 1;
    if (cell !== '' && below.includes(cell)) repeated++;
  });
  return votes !== 0 ? votes > 0 : repeated === 0;
}
