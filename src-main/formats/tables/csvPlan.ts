/** What a reading of a table is after its first bytes were looked at: how it is written, what its columns are called, which are numbers and how they are
 *  written. */
import { LabError } from '../../contract/errors.ts';
import { numberedNames, uniqueNames } from '../columnNames.ts';
import { decimalsOf, valueIn } from './csvDecimal.ts';
import type { ColumnWriting } from './csvDecimal.ts';
import type { Decimal } from './csvNumbers.ts';
import { sniffDialect } from './csvDialect.ts';
import type { Dialect, SampleRecord } from './csvDialect.ts';
import { findLayout, isSameRow } from './csvHeader.ts';
import type { Layout } from './csvHeader.ts';
import { MissingValues } from './csvMissing.ts';
import type { ReadOptions } from '../format.ts';
import { refusedByContent } from '../refused.ts';

export interface TablePlan {
  readonly dialect: Dialect;
  readonly layout: Layout;
  readonly names: readonly string[]; // unique; as many as there are columns
  readonly header: readonly string[]; // as it stands in the file; [] without one
  readonly decimal: Decimal; // of the table as a whole
  readonly writings: readonly ColumnWriting[];
  readonly isText: readonly boolean[]; // guessed: mostly no numbers
  readonly notes: readonly string[];
}

/** @param text UTF-8 bytes of the beginning   @param isWhole whether there is no more
 *  @throws LabError when it is no table */
export function planTable(path: string, text: Buffer, isWhole: boolean, options: ReadOptions, textNames: readonly string[]): TablePlan {
  const refusal = refusedByContent({ path, isDirectory: false, entries: [], head: text.subarray(0, 4096), packing: null });
  if (refusal !== null) throw new LabError('bad-input', refusal); // a pointer or a web page in the place of a file
  const dialect = sniffDialect(text, isWhole, options);
  const first = dialect.sample[0];
  if (first === undefined) throw new LabError('bad-input', `${path} is empty.`);
  const layout = findLayout(dialect, commonest(dialect.sample) ?? first.cells.length, options);
  const rows = dialect.sample
    .slice(layout.skip)
    .filter(({ cells }) => !layout.isRepeatable || layout.header === null || !isSameRow(cells, layout.header.cells));
  const named = namesFor(layout, rows, first.cells.length);
  const { names, notes } = layout.header === null ? { names: numberedNames(named.names.length), notes: [] } : uniqueNames(named.names);
  const missing = new MissingValues(options.missing);
  const columns = names.map((_, column) => rows.map(({ cells }) => cells[column] ?? '').filter((cell) => !missing.has(cell)));
  const { table, columns: writings } = decimalsOf(columns, options);
  const isText = columns.map(
    (cells, column) => textNames.includes((names[column] ?? '').toLowerCase()) || writings[column]?.isUnclear === true || isMostlyText(cells, writings[column]),
  );
  const decimalNotes = options.decimal === undefined && table === ',' ? ['Decimal comma (sniffed).'] : [];
  return {
    dialect,
    layout,
    names,
    header: layout.header?.cells ?? [],
    decimal: table,
    writings,
    isText,
    notes: [...dialect.notes, ...decimalNotes, ...layout.notes, ...notes, ...named.notes],
  };
}

/** Names for all columns, '' for those without one; the header may be shorter or longer than the rows. */
function namesFor(
  { header }: Layout,
  rows: readonly SampleRecord[],
  firstLength: number,
): { readonly names: readonly string[]; readonly notes: readonly string[] } {
  const none = { notes: [] };
  if (header === null) return { names: numberedNames(firstLength), ...none };
  const names = header.cells;
  const width = commonest(rows) ?? names.length;
  if (names.length > width) {
    const filled = names.slice(0, width);
    return { names: names.slice(width).every((name) => name === '') ? filled : names, ...none };
  }
  if (names.length !== width - 1 || !rows.every(({ cells }) => cells.length === width)) return { names, ...none };
  if (rows.every(({ cells }) => cells.at(-1) === '')) return { names, ...none };
  if (!areRowNames(rows) || names.length < 2 || /^(?:#|\/\/)/.test(names[0] ?? '')) return { names, ...none };
  return { names: ['', ...names], notes: ['The header has one name less than the rows have values: the first column holds names of rows, as R writes them.'] };
}

/** Texts that differ, or 1, 2, 3 and so on. */
function areRowNames(rows: readonly SampleRecord[]): boolean {
  const first = rows.map(({ cells }) => cells[0] ?? '');
  if (first.length < 3 || new Set(first).size < first.length) return false;
  return first.every((cell, row) => cell === String(row + 1)) || first.every((cell) => /\p{L}/u.test(cell));
}

/** The number of values that most records have; of several the larger. */
function commonest(records: readonly SampleRecord[]): number | null {
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? null;
}

/** Whether most cells are no numbers: reading such a column as text at once saves a second pass. */
function isMostlyText(cells: readonly string[], writing: ColumnWriting | undefined): boolean {
  if (writing === undefined) return true;
  let balance = 0;
  for (const cell of cells) balance += valueIn(cell, writing) === null && !/^[+-]?inf(?:inity)?$/i.test(cell) ? 1 : -1;
  return balance > 0;
}
