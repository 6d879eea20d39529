/** Finds the table in the cells of a sheet and writes it as the text of a table, so that headers, missing marks and numbers are understood as in any other. */
import { LabError } from '../../contract/errors.ts';

export type Cell = string | number | boolean | Date | null;
type Row = readonly Cell[];

export interface SheetTable {
  readonly text: Buffer; // between commas, UTF-8
  readonly textNames: readonly string[]; // columns that stay text though they look like numbers, in lower case
  readonly header: boolean | undefined;
  readonly notes: readonly string[];
}

const rowsLooked = 1000;

/** @param where names file and sheet in errors
 *  @param header the option: whether there is one, or the row of the sheet (from 1) that is
 *  @throws LabError when the row that is named as the header is not there */
export function sheetTable(where: string, rows: readonly Row[], header: boolean | number | undefined): SheetTable {
  const [start, end] = tableRows(where, rows, header);
  const table = rows.slice(start, end);
  const filledRows = table.filter((row) => filled(row) > 0);
  const width = Math.max(0, ...filledRows.slice(0, rowsLooked).map((row) => row.length), filledRows.at(-1)?.length ?? 0);
  const places = Array.from({ length: width }, (_, place) => place).filter((place) => filledRows.some((row) => (row[place] ?? null) !== null));
  const withTime = places.map((place) => filledRows.some((row) => row[place] instanceof Date && timeOf(row[place]) !== midnight));
  const cut = filledRows.map((row) => places.map((place) => row[place] ?? null));
  const notes: string[] = [];
  if (start > 0) notes.push(`${rowsText(1, start)} above the table ${start === 1 ? 'is' : 'are'} left out.`);
  if (end < rows.length) notes.push(`${rowsText(end + 1, rows.length)} below the table ${rows.length - end === 1 ? 'is' : 'are'} left out.`);
  return {
    text: Buffer.from(cut.map((row) => `${row.map((cell, at) => cellText(cell, withTime[at] === true)).join(',')}\n`).join('')),
    textNames: header === false ? [] : textColumns(cut),
    header: typeof header === 'number' ? true : header,
    notes,
  };
}

/** The rows of the table: titles above it and remarks below it fill fewer cells than its rows do.  @returns from, and before which */
function tableRows(where: string, rows: readonly Row[], header: boolean | number | undefined): readonly [number, number] {
  const counts = rows.map(filled);
  const usual = counts
    .filter((count) => count > 0)
    .slice(0, rowsLooked)
    .sort((a, b) => a - b);
  const typical = usual[Math.floor(usual.length / 2)] ?? 0;
  const isPart = (count: number): boolean => count > 0 && count >= 0.6 * typical;
  let end = counts.length;
  while (end > 0 && !isPart(counts[end - 1] ?? 0) && (counts[end - 1] ?? 0) <= 1) end--;
  if (typeof header === 'number') {
    if (header > rows.length) throw new LabError('bad-input', `${where} has ${rows.length} rows; the option header names row ${header}.`);
    return [header - 1, end];
  }
  return [Math.max(0, counts.findIndex(isPart)), end];
}

function filled(row: Row): number {
  return row.reduce<number>((count, cell) => count + (cell === null ? 0 : 1), 0);
}

function rowsText(first: number, last: number): string {
  return first === last ? `Row ${first}` : `Rows ${first} to ${last}`;
}

/** Columns whose texts are numbers with leading zeros, or with more digits than a number keeps: keys. */
function textColumns(rows: readonly Row[]): string[] {
  const [names = [], ...below] = rows;
  return names.flatMap((name, place) =>
    typeof name === 'string' && below.some((row) => typeof row[place] === 'string' && /^(?:0\d+|\d{16,})$/.test(row[place])) ? [name.trim().toLowerCase()] : [],
  );
}

/** Texts in quotes; dates as ISO 8601.  @param withTime of dates: all of a column are written alike */
function cellText(cell: Cell, withTime: boolean): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  const text = cell instanceof Date ? dateText(cell, withTime) : cell;
  return text === '' ? '' : `"${text.replace(/\s*[\r\n]+\s*/g, ' ').replaceAll('"', '""')}"`;
}

const midnight = '00:00:00';

function timeOf(date: Date): string {
  return isoText(date).slice(11);
}

/** A time alone has a day of 1899 or 1900 in Excel's reckoning. */
function dateText(date: Date, withTime: boolean): string {
  const text = isoText(date);
  if (/^(?:1899-12-3[01]|1900-01-0[01])/.test(text)) return text.slice(11);
  return withTime ? text : text.slice(0, 10);
}

/** '2024-03-01T08:15:00'; days with a fraction are not exact, so they are rounded. */
function isoText(date: Date): string {
  const seconds = Math.round(date.getTime() / 1000) * 1000;
  return Number.isNaN(seconds) ? '' : new Date(seconds).toISOString().slice(0, 19);
}
