/** Reads CSV and TSV tables (RFC 4180 and what people make of it). The parser is csv-parse; encoding and dialect are found out here. */
import { CsvError, parse } from 'csv-parse/sync';
import { LabError } from '../contract/errors.ts';
import { numberedNames, uniqueNames } from './columnNames.ts';
import { MissingValues, NumberColumn, TextColumn, parseNumber } from './csvCells.ts';
import { delimiterTitle, parserOptions, sniffDialect } from './csvDialect.ts';
import type { Dialect } from './csvDialect.ts';
import { decodeText, rowOfByte } from './csvEncoding.ts';
import type { Format, RawColumn, RawDataset, ReadOptions } from './format.ts';
import { largestNumber } from './limits.ts';
import { plainName, readBytes } from './source.ts';

export const csv: Format = {
  id: 'csv',
  title: 'CSV or TSV table',
  extensions: ['.csv', '.tsv', '.tab', '.txt', '.data', '.csv.gz', '.tsv.gz'],
  help: 'A text file with one row a line and a header line; delimiter, encoding, quoting and decimal mark are found out.',
  match: ({ path, isDirectory }) => !isDirectory && /\.(csv|tsv|tab|txt|data)$/i.test(plainName(path)),
  read: async (path, options) => readTable(path, await readBytes(path), options),
};

/** Reads the bytes of a table. Columns in which every non-missing cell is a number become number columns, the others text.
 *  @param path names the file in errors
 *  @param textNames columns that are text whatever they hold, in lower case: names of files keep their leading zeros
 *  @throws LabError with file and row */
export function readTable(path: string, bytes: Buffer, options: ReadOptions, textNames: readonly string[] = []): RawDataset {
  const decoded = decodeText(path, bytes, options.encoding);
  const spreadsheetHint = /^sep=(.)\r?\n/i.exec(decoded.bytes.toString('utf8', 0, 10)); // a line that Excel writes for itself
  const skipped = spreadsheetHint?.[0].length ?? 0;
  const text = decoded.bytes.subarray(skipped);
  const dialect = sniffDialect(text, spreadsheetHint?.[1] === undefined ? options : { delimiter: spreadsheetHint[1], ...options });
  const first = dialect.sample[0];
  if (first === undefined) throw new LabError('bad-input', `${path} is empty.`);
  const { names, notes } = dialect.header ? uniqueNames(first) : { names: numberedNames(first.length), notes: [] };
  const table: Table = { path, text, firstRow: skipped > 0 ? 2 : 1, dialect, names, missing: options.missing };
  const told = names.flatMap((name, column) => (textNames.includes(name.toLowerCase()) ? [column] : []));
  let pass = readColumns(table, new Set([...told, ...guessTexts(table)]));
  if (pass.spoilers.size > 0) pass = { ...readColumns(table, new Set([...pass.texts, ...pass.spoilers.keys()])), spoilers: pass.spoilers };
  if (pass.rows === 0) throw new LabError('bad-input', `${path} has a header but no rows.`);
  const spoilt = [...pass.spoilers].map(([column, { row, cell }]) => `Column "${names[column] ?? ''}" is text because of "${cell}" in row ${row}.`);
  const { columns, notes: dropped } = withoutTrailingDelimiter(pass.columns, dialect.header ? first : []);
  return { format: 'csv', rows: pass.rows, columns, notes: [...decoded.notes, ...dialect.notes, ...notes, ...dropped, ...pass.missing.notes(), ...spoilt] };
}

interface Table {
  readonly path: string;
  readonly text: Buffer;
  readonly firstRow: number; // file line at which the text starts
  readonly dialect: Dialect;
  readonly names: readonly string[];
  readonly missing: readonly string[] | undefined;
}

interface Pass {
  readonly rows: number;
  readonly columns: readonly RawColumn[];
  readonly texts: ReadonlySet<number>; // columns that were read as text
  // Columns that were read as numbers and are none, with their first cell that is no number
  readonly spoilers: ReadonlyMap<number, { readonly row: number; readonly cell: string }>;
  readonly missing: MissingValues;
}

/** Columns whose first cells are mostly no numbers: reading them as text at once saves the second pass. */
function guessTexts({ dialect, names, missing: told }: Table): Set<number> {
  const missing = new MissingValues(told);
  const texts = new Set<number>();
  for (let column = 0; column < names.length; column++) {
    let balance = 0;
    for (const record of dialect.sample.slice(dialect.header ? 1 : 0)) {
      const cell = record[column] ?? '';
      if (!missing.has(cell)) balance += Number.isNaN(parseNumber(cell, dialect.decimal)) ? 1 : -1;
    }
    if (balance > 0) texts.add(column);
  }
  return texts;
}

/** Reads the whole table once. Cells of number columns are never kept as text: a large table would not fit. */
function readColumns(table: Table, texts: ReadonlySet<number>): Pass {
  const { path, text, dialect, names } = table;
  const missing = new MissingValues(table.missing);
  const builders = names.map((_, column) => (texts.has(column) ? new TextColumn(missing) : new NumberColumn()));
  const spoilers = new Map<number, { row: number; cell: string }>();
  const infinite = new Map<number, { row: number; cell: string }>();
  let isHeader = dialect.header;
  let rows = 0;
  let start = 0; // byte at which the record starts, or blank lines before it
  const newline = dialect.newlines.includes('\n') ? 10 : 13;
  const rowAt = (byte: number): number => table.firstRow - 1 + rowOfByte(text, skipBlankLines(text, byte), newline);
  const take = (record: string[], info: { readonly bytes: number }): null => {
    if (isHeader) isHeader = false;
    else {
      if (record.length !== names.length) throw raggedRow(table, rowAt(start), record.length);
      for (let column = 0; column < record.length; column++) {
        const cell = (record[column] ?? '').trim();
        const builder = builders[column];
        if (builder instanceof TextColumn) builder.add(cell);
        else if (builder !== undefined) builder.add(numberOf(cell, column));
      }
      rows++;
    }
    start = info.bytes;
    return null;
  };
  const numberOf = (cell: string, column: number): number => {
    const value = cell === '' ? NaN : parseNumber(cell, dialect.decimal);
    if (Math.abs(value) <= largestNumber && !(missing.hasNumericMarker && missing.has(cell))) return value;
    if (missing.has(cell)) missing.count(cell);
    else {
      const kind = Number.isNaN(value) ? spoilers : infinite;
      if (!kind.has(column)) kind.set(column, { row: rowAt(start), cell });
    }
    return NaN;
  };
  try {
    parse(text, { ...parserOptions(dialect), on_record: take });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const help =
      error.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'a quoted value starts here and is never closed. Close the quote, or double a quote inside a value'
        : error.message;
    throw new LabError('bad-input', `${path}, row ${rowAt(start)}: ${help}.`, { cause: error });
  }
  for (const [column, { row, cell }] of infinite) {
    if (spoilers.has(column)) continue;
    const isHuge = Number.isFinite(parseNumber(cell, dialect.decimal));
    const problem = isHuge ? `is larger than ${largestNumber}, which is the most that is read` : 'is not a finite number';
    throw new LabError(
      'bad-input',
      `${path}, row ${row}, column "${names[column] ?? ''}": "${cell}" ${problem}. Correct it, or name it in the option missing.`,
    );
  }
  return { rows, columns: builders.map((builder, column) => builder.finish(names[column] ?? '')), texts, spoilers, missing };
}

function raggedRow({ path, dialect, names, text }: Table, row: number, found: number): LabError {
  const counted =
    `${found} ${found === 1 ? 'value' : 'values'}, but the ${dialect.header ? 'header' : 'first row'} ` +
    `has ${names.length} ${names.length === 1 ? 'column' : 'columns'}`;
  return new LabError(
    'bad-input',
    `${path}, row ${row}: ${counted}. ${names.length === 1 && text[0] === 35 ? 'Remove the comment lines above the table. ' : ''}Put ` +
      `values that contain the delimiter ${delimiterTitle(dialect.delimiter)} in quotes, or set the option delimiter.`,
  );
}

function skipBlankLines(text: Buffer, byte: number): number {
  let at = byte;
  while (text[at] === 10 || text[at] === 13) at++;
  return at;
}

/** 'a,b,' over '1,2,': the delimiter at the end of every line makes no column. */
function withoutTrailingDelimiter(columns: readonly RawColumn[], header: readonly string[]): { columns: readonly RawColumn[]; notes: readonly string[] } {
  const last = columns.at(-1);
  if (last === undefined || columns.length < 2 || header.at(-1) !== '') return { columns, notes: [] };
  const isEmpty = last.kind === 'number' ? last.values.every((value) => Number.isNaN(value)) : last.values.every((value) => value === null);
  return isEmpty
    ? { columns: columns.slice(0, -1), notes: [`Column ${columns.length} is empty and was left out: every line ends with the delimiter.`] }
    : { columns, notes: [] };
}
