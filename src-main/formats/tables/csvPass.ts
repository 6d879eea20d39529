/** One reading of a table from its first byte to its last: every row is checked, and its cells go into the columns that are wanted. */
import { LabError } from '../../contract/errors.ts';
import { placeOfLine } from './csvDialect.ts';
import type { TablePlan } from './csvPlan.ts';
import type { Column } from './csvColumns.ts';
import { CsvScanner, UnclosedQuote, bare, cellText } from './csvScanner.ts';
import type { Cells } from './csvScanner.ts';
import type { Feed } from './tableSource.ts';

/** A row with another number of values than the table has. */
export interface RaggedRow {
  readonly line: number;
  readonly values: number;
  readonly hasBackslashQuote: boolean;
  readonly hasGroups: boolean; // digits that look like thousands, cut at their commas
}

export class TablePass implements Feed {
  rows = 0;
  raggedRows = 0;
  readonly ragged: RaggedRow[] = []; // the first few
  readonly #repeated: number[] = []; // lines of repeated headers, the first few
  #repeatedHeaders = 0;
  #longerRows = 0; // that end with delimiters which the header does not have
  readonly #path: string;
  readonly #plan: TablePlan;
  readonly #places: readonly number[];
  readonly #columns: readonly Column[];
  readonly #scanner: CsvScanner;
  readonly #key: { readonly cell: number; readonly bytes: Buffer } | null; // the first named cell of a header that may be repeated
  #toSkip: number; // records before the first row of data
  #linesToSkip: number;

  /** @param columns by their place; the others are not looked at */
  constructor(path: string, plan: TablePlan, columns: readonly (readonly [number, Column])[]) {
    this.#path = path;
    this.#plan = plan;
    this.#places = columns.map(([place]) => place);
    this.#columns = columns.map(([, column]) => column);
    const { dialect, layout, header } = plan;
    this.#toSkip = layout.skip;
    this.#linesToSkip = dialect.firstLine - 1;
    const cell = header.findIndex((name) => name !== '');
    this.#key = layout.isRepeatable && cell >= 0 ? { cell, bytes: Buffer.from(header[cell] ?? '', 'utf8') } : null;
    this.#scanner = new CsvScanner(dialect, dialect.firstLine, (record) => {
      this.#take(record);
    });
  }

  push(bytes: Buffer): void {
    let start = 0;
    const newline = this.#plan.dialect.newline;
    while (this.#linesToSkip > 0 && start < bytes.length) {
      const end = placeOfLine(bytes.subarray(start), 2, newline);
      start += end;
      if (bytes[start - 1] === newline.charCodeAt(0)) this.#linesToSkip--;
    }
    if (start < bytes.length) this.#guarded(() => this.#scanner.push(start > 0 ? bytes.subarray(start) : bytes));
  }

  end(): void {
    this.#guarded(() => this.#scanner.end());
  }

  /** What was left out of the rows. */
  get notes(): readonly string[] {
    const notes: string[] = [];
    if (this.#repeatedHeaders > 0) {
      const lines = `${this.#repeated.join(', ')}${this.#repeatedHeaders > this.#repeated.length ? ' and so on' : ''}`;
      notes.push(`The header is repeated in ${this.#repeatedHeaders === 1 ? 'row' : `${this.#repeatedHeaders} rows:`} ${lines}, and left out there.`);
    }
    if (this.#longerRows > 0) notes.push(`${this.#longerRows} rows end with delimiters that the header does not have. They make no column.`);
    return notes;
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof UnclosedQuote)) throw error;
      const help = 'a quoted value starts here and is never closed. Close the quote, or double a quote inside a value';
      throw new LabError('bad-input', `${this.#path}, row ${error.line}: ${help}.`, { cause: error });
    }
  }

  #take(record: Cells): void {
    if (this.#toSkip > 0) {
      this.#toSkip--;
      return;
    }
    const width = this.#plan.names.length;
    if (record.count !== width) {
      if (record.count === 1 && record.kinds[0] === bare && isBlank(record, 0)) return;
      if (this.#isRepeatedHeader(record)) return;
      if (record.count < width || !this.#isEmptyFrom(record, width)) {
        this.#addRagged(record);
        return;
      }
      this.#longerRows++;
    }
    if (this.#isRepeatedHeader(record)) return;
    const places = this.#places;
    const columns = this.#columns;
    for (let i = 0; i < columns.length; i++) columns[i]?.add(record, places[i] ?? 0);
    this.rows++;
  }

  /** Delimiters at the end of rows that the header does not have. */
  #isEmptyFrom(record: Cells, width: number): boolean {
    for (let cell = width; cell < record.count; cell++) if (!isBlank(record, cell)) return false;
    return true;
  }

  #isRepeatedHeader(record: Cells): boolean {
    const key = this.#key;
    if (key === null) return false;
    const start = record.starts[key.cell] ?? 0;
    if (record.bytes[start] !== key.bytes[0] && (record.bytes[start] ?? 0) > 32) return false; // nearly always
    const { header, dialect } = this.#plan;
    if (record.count !== header.length || !header.every((name, cell) => cellText(record, cell, dialect.quote) === name)) return false;
    this.#repeatedHeaders++;
    if (this.#repeated.length < 5) this.#repeated.push(record.line);
    return true;
  }

  #addRagged(record: Cells): void {
    this.raggedRows++;
    if (this.ragged.length >= 5) return;
    const text = record.bytes.toString('utf8', record.starts[0], record.ends[record.count - 1]);
    this.ragged.push({
      line: record.line,
      values: record.count,
      hasBackslashQuote: text.includes(`\\${this.#plan.dialect.quote}`),
      hasGroups: record.count > this.#plan.names.length && /(?<![\d.])[1-9]\d{0,2}(?:,\d{3})+(?![\d.])/.test(text),
    });
  }
}

function isBlank({ bytes, starts, ends }: Cells, cell: number): boolean {
  for (let at = starts[cell] ?? 0; at < (ends[cell] ?? 0); at++) if ((bytes[at] ?? 0) > 32) return false;
  return true;
}
