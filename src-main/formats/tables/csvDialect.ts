/** Finds out how a table is written from its first bytes: line ends, delimiter, quote. What the user told is taken as it is. */
import { LabError } from '../../contract/errors.ts';
import { isAnyNumber } from './csvDecimal.ts';
import { CsvScanner, UnclosedQuote, cellText, whitespace } from './csvScanner.ts';
import type { Writing } from './csvScanner.ts';
import type { ReadOptions } from '../format.ts';

export interface SampleRecord {
  readonly cells: readonly string[]; // trimmed
  readonly line: number; // of the file, from 1
}

export interface Dialect extends Writing {
  readonly firstLine: number; // the line of the file at which the table starts, from 1
  readonly sample: readonly SampleRecord[]; // the first records
  readonly notes: readonly string[];
}

const pieceBytes = 32 * 1024;
/** Bytes from which all of a table's writing is found out, more when its first lines are longer. */
export const sampleBytes = 256 * 1024;
const sampleRecords = 1000;
const triedRecords = 100; // with each delimiter
const candidates = [',', ';', '\t', '|', whitespace];
const titles: Readonly<Record<string, string>> = { '\t': 'tab', [whitespace]: 'blanks' };

/** @param text UTF-8 bytes of the table's beginning   @param isWhole whether there is no more of it */
export function sniffDialect(text: Buffer, isWhole: boolean, options: ReadOptions): Dialect {
  const start = text.toString('utf8', 0, Math.min(text.length, sampleBytes));
  const hint = /^[ \t]*"?sep=(\\t|[^"\r\n])"?[;,|\t ]*(?:\r\n|\n|\r)/i.exec(start); // a line that Excel writes for itself, padded or quoted by others
  const firstLine = typeof options.header === 'number' ? options.header : hint === null ? 1 : 2;
  const newline = newlineOf(start);
  const body = text.subarray(placeOfLine(text, firstLine, newline));
  const quote = options.delimiter === undefined && usesSingleQuotes(start) ? "'" : '"';
  const told = options.delimiter === undefined ? undefined : spelledDelimiter(options.delimiter);
  const wanted = told ?? (hint === null ? undefined : spelledDelimiter(hint[1] ?? ','));
  const tries = (wanted === undefined ? candidates : [wanted]).map((delimiter) =>
    tryDelimiter(body, isWhole, firstLine, { delimiter, quote, newline, spaceAfterDelimiter: hasSpacedQuotes(start, delimiter, quote) }),
  );
  const best = tries.reduce((a, b) => (b.score > a.score + 1e-9 ? b : a));
  const notes: string[] = [];
  if (told === undefined)
    notes.push(best.score > 0 ? `Delimiter ${delimiterTitle(best.writing.delimiter)} (sniffed).` : 'No delimiter found: the table has one column.');
  if (quote === "'") notes.push("Values are quoted with ' (sniffed).");
  return { ...best.writing, firstLine, sample: firstRecords(body, isWhole, firstLine, best.writing, sampleRecords), notes };
}

export function delimiterTitle(delimiter: string): string {
  return titles[delimiter] ?? `"${delimiter}"`;
}

/** The byte at which a line starts; the length of the text when it has fewer. */
export function placeOfLine(text: Buffer, line: number, newline: '\n' | '\r'): number {
  let at = 0;
  for (let n = 1; n < line && at >= 0; n++) at = text.indexOf(newline, at) + 1 || -1;
  return at < 0 ? text.length : at;
}

function spelledDelimiter(told: string): string {
  if (told === '' || /["\r\n]/.test(told))
    throw new LabError('bad-input', `Option delimiter must be what stands between two values, no quote and no line end. Received: ${JSON.stringify(told)}.`);
  return told === '\\t' || told.toLowerCase() === 'tab' ? '\t' : told;
}

/** How well a delimiter explains the first records: the share of rows with the commonest number of values, the share of numbers among the values, and,
 *  between equals, more columns. Blanks stand in ordinary texts too: they are believed in tables of numbers alone, and after the others. */
function tryDelimiter(text: Buffer, isWhole: boolean, line: number, writing: Writing): { writing: Writing; score: number } {
  const sample = firstRecords(text, isWhole, line, writing, triedRecords);
  const lengths = new Map<number, number>();
  let numbers = 0;
  let cells = 0;
  for (const record of sample) {
    lengths.set(record.cells.length, (lengths.get(record.cells.length) ?? 0) + 1);
    for (const cell of record.cells) {
      cells++;
      if (isAnyNumber(cell)) numbers++;
    }
  }
  const [columns = 1, rows = 0] = [...lengths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
  const isBlanks = writing.delimiter === whitespace;
  const isHeaderShorter = isBlanks && columns > 2 && sample[0]?.cells.length === columns - 1; // R leaves out the name of the row names
  const agreeing = (rows + (isHeaderShorter ? 1 : 0)) / Math.max(1, sample.length);
  const numeric = numbers / Math.max(1, cells);
  const score = columns < 2 ? 0 : agreeing + numeric + Math.min(columns, 1000) * 1e-5;
  if (!isBlanks) return { writing, score };
  return { writing, score: agreeing > 0.8 && numeric > 0.3 ? score - 0.05 : 0 };
}

function firstRecords(text: Buffer, isWhole: boolean, line: number, writing: Writing, most: number): SampleRecord[] {
  const records: SampleRecord[] = [];
  const scanner = new CsvScanner(writing, line, (record) => {
    if (records.length >= most) return;
    records.push({ cells: Array.from({ length: record.count }, (_, cell) => cellText(record, cell, writing.quote)), line: record.line });
  });
  try {
    let at = 0;
    for (; at < text.length && records.length < most && (at < sampleBytes || records.length < 2); at += pieceBytes)
      scanner.push(text.subarray(at, at + pieceBytes));
    if (isWhole && at >= text.length) scanner.end();
  } catch (error) {
    if (!(error instanceof UnclosedQuote)) throw error; // damage is reported when the whole is read
  }
  return records;
}

/** Line feeds inside of quotes end no line: files of old spreadsheets end their lines with carriage returns and have line feeds in their values. */
function newlineOf(start: string): '\n' | '\r' {
  let isInside = false;
  let returns = 0;
  let before = '\n';
  for (const letter of start) {
    if (letter === '"' && (isInside || /[\n\r,;\t| ]/.test(before))) isInside = !isInside;
    else if (letter === '"' && before === '"')
      isInside = !isInside; // a quote that is written twice
    else if (!isInside && letter === '\n') return '\n';
    else if (!isInside && letter === '\r') returns++;
    before = letter;
  }
  return returns > 0 ? '\r' : '\n';
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
