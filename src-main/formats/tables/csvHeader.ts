/** Finds the header among the first records, and what stands above and right below it: titles, comments, a row of units, names that are numbers. */
import { isAnyNumber } from './csvDecimal.ts';
import type { Dialect, SampleRecord } from './csvDialect.ts';
import { headerIsNumbers } from './csvNumberHeader.ts';
import { MissingValues } from './csvMissing.ts';
import type { ReadOptions } from '../format.ts';

export interface Layout {
  readonly header: SampleRecord | null;
  readonly skip: number; // records before the first row of data
  readonly isRepeatable: boolean; // a record that equals the header is one, not data
  readonly notes: readonly string[];
}

const mostAbove = 10;
const mostUnitRows = 2;
const unit =
  /^(?:[[(<{].*[\])>}]|%|°.?|deg\.? ?[CFK]?|[pnuµmckMGT]?(?:m|g|l|L|s|Pa|V|A|W|Wh|Hz|J|N|K|C|F|mol|bar|B|b)(?:[²³23]|\/\w+|\^-?\d|[*·]\w+)?|ft|in|lbs?|mi|mph|min|h|hrs?|days?|years?|USD|EUR|kph|rpm|dB|ppm)$/;

/** @param dialect with the first records   @param width values that most records have */
export function findLayout(dialect: Dialect, width: number, options: ReadOptions): Layout {
  const { sample } = dialect;
  const missing = new MissingValues(options.missing);
  if (options.header === false) return { header: null, skip: 0, isRepeatable: false, notes: [] };
  const above = options.header === undefined ? linesAbove(sample, width, missing) : 0;
  const header = sample[above];
  if (header === undefined) return { header: null, skip: 0, isRepeatable: false, notes: [] };
  const below = sample.slice(above + 1).filter((record) => !isSameRow(record.cells, header.cells));
  const units = unitRows(header.cells, below, missing);
  const rest = below.slice(units);
  const votes = votesOf(header.cells, rest, missing);
  const isNumbers =
    options.header === undefined &&
    headerIsNumbers(
      header.cells,
      sample.slice(above + 1 + units, above + 51 + units).map(({ cells }) => cells),
    );
  const isHeader = options.header !== undefined || isNumbers || sniffHeader(header.cells, rest, votes, width);
  if (!isHeader) return { header: null, skip: 0, isRepeatable: false, notes: ['The first row is data, not a header (sniffed).'] };
  const isRepeatable = header.cells.length > 1 && (votes > 0 || isNumbers || repeatedBelow(header.cells, rest) === 0);
  const notes: string[] = [];
  if (typeof options.header === 'number' && options.header > 1) notes.push(`Line ${options.header} is the header, as told. What stands above it was left out.`);
  for (const { cells, line } of sample.slice(0, above)) {
    const text = cells.filter((cell) => cell !== '').join(', ');
    if (text !== '') notes.push(`Line ${line} stands above the header and was left out: "${shortened(text)}". The header is line ${header.line}.`);
  }
  if (isNumbers) notes.push('The first row is a header whose names are numbers (sniffed). If it is data, set the option header to false.');
  for (const { cells, line } of below.slice(0, units)) notes.push(unitNote(header.cells, cells, line));
  return { header, skip: above + 1 + units, isRepeatable, notes };
}

/** Records above the header: a title in a row of empty cells, a comment that has as many commas as the table. Lines with another number of values are never
 *  dropped without a word: they are refused as rows. */
function linesAbove(sample: readonly SampleRecord[], width: number, missing: MissingValues): number {
  let above = 0;
  for (let at = 0; at < Math.min(mostAbove, sample.length - 2); at++) {
    const cells = sample[at]?.cells ?? [];
    if (cells.length !== width || width < 2) break;
    const filled = cells.filter((cell) => cell !== '').length;
    const isTitle = filled <= Math.max(1, Math.floor(width / 3)) && width > 2;
    const isComment = /^(?:#|\/\/|%|;|--)/.test(cells[0] ?? '');
    if (!isTitle && !isComment) break;
    if (cells.some((cell) => isAnyNumber(cell) && !/^(?:19|20)\d\d$/.test(cell)) && !isComment) break;
    if (looksLikeHeader(sample, at + 1, width, missing)) above = at + 1;
  }
  return above;
}

function looksLikeHeader(sample: readonly SampleRecord[], at: number, width: number, missing: MissingValues): boolean {
  const cells = sample[at]?.cells ?? [];
  const filled = cells.filter((cell) => cell !== '');
  if (cells.length !== width || filled.length < Math.max(2, width / 2) || new Set(filled).size < filled.length || filled.some(isAnyNumber)) return false;
  const rest = sample.slice(at + 1).filter((record) => record.cells.length === width);
  const below = rest.slice(unitRows(cells, rest, missing));
  return below.length > 0 && (votesOf(cells, below, missing) > 0 || repeatedBelow(cells, below) === 0);
}

/** Rows right below the header that hold no number in any column of numbers, as measuring programs write units. */
function unitRows(header: readonly string[], below: readonly SampleRecord[], missing: MissingValues): number {
  for (let count = Math.min(mostUnitRows, below.length - 2); count > 0; count--) {
    const columns = numberColumns(header, below.slice(count), missing).filter((column) => !isAnyNumber(header[column] ?? ''));
    const rows = below.slice(0, count);
    const isUnits = ({ cells }: SampleRecord): boolean => {
      const found = columns.map((column) => cells[column] ?? '');
      const words = found.filter((cell) => !missing.has(cell));
      if (cells.length !== header.length || found.some((cell) => isAnyNumber(cell) || cell.length > 24) || words.length === 0) return false;
      return words.length > 1 || words.every((word) => unit.test(word));
    };
    if (columns.length > 0 && rows.every(isUnits)) return count;
  }
  return 0;
}

function unitNote(header: readonly string[], cells: readonly string[], line: number): string {
  const named = cells.flatMap((cell, column) => (cell === '' ? [] : [`${header[column] ?? ''} (${cell})`]));
  const shown = named.length > 8 ? [...named.slice(0, 8), `and ${named.length - 8} more`] : named;
  return `Row ${line} holds units or descriptions, no numbers, and was left out: ${shown.join(', ')}.`;
}

/** Columns in which all values are numbers. */
function numberColumns(header: readonly string[], rest: readonly SampleRecord[], missing: MissingValues): number[] {
  return header.flatMap((_, column) => {
    const values = rest.map(({ cells }) => cells[column] ?? '').filter((value) => !missing.has(value));
    return values.length > 0 && values.every(isAnyNumber) ? [column] : [];
  });
}

/** Columns of numbers vote: a text above them says header, a number says data. */
function votesOf(first: readonly string[], rest: readonly SampleRecord[], missing: MissingValues): number {
  let votes = 0;
  for (const column of numberColumns(first, rest, missing)) {
    const cell = first[column] ?? '';
    if (cell !== '') votes += isAnyNumber(cell) || missing.has(cell) ? -1 : 1;
  }
  return votes;
}

function repeatedBelow(first: readonly string[], rest: readonly SampleRecord[]): number {
  return first.filter((cell, column) => cell !== '' && rest.some(({ cells }) => cells[column] === cell)).length;
}

/** Without a vote the first row is a header unless its values come again below. */
function sniffHeader(first: readonly string[], rest: readonly SampleRecord[], votes: number, width: number): boolean {
  if (rest.length === 0) return !first.some(isAnyNumber);
  if (first.length === width - 1 && votes === 0 && !first.some(isAnyNumber)) return true; // names of all columns but the row names
  return votes !== 0 ? votes > 0 : repeatedBelow(first, rest) === 0;
}

export function isSameRow(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((cell, column) => cell === b[column]);
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
