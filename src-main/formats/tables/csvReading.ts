/** The columns of a table while it is read, over all passes: those that are right are kept, those that turn out otherwise are wanted again. */
import { LabError } from '../../contract/errors.ts';
import { NumberColumn, TextColumn } from './csvColumns.ts';
import type { Trouble } from './csvColumns.ts';
import { valueIn } from './csvDecimal.ts';
import type { ColumnWriting } from './csvDecimal.ts';
import { infiniteCell, nearlyNumbersNote, raggedTable, troubleNote } from './csvFaults.ts';
import { MissingValues } from './csvMissing.ts';
import { TablePass } from './csvPass.ts';
import type { TablePlan } from './csvPlan.ts';
import type { RawColumn, ReadOptions } from '../format.ts';
import { fileShelf, memoryShelf } from '../numbers/growingNumbers.ts';
import type { NumberShelf } from '../numbers/growingNumbers.ts';
import { isEmpty } from '../rawColumns.ts';

interface Wanted {
  readonly place: number;
  readonly writing: ColumnWriting | null; // null: text
}

interface FoundTrouble {
  readonly trouble: Trouble;
  readonly isSure: boolean; // that the decimal mark was the right one
}

interface ColumnsAndNotes {
  readonly columns: readonly RawColumn[];
  readonly notes: readonly string[];
}

export class TableReading {
  rows = 0;
  readonly #path: string;
  readonly #plan: TablePlan;
  readonly #missing: MissingValues;
  readonly #shelf: (round: number, columns: number) => NumberShelf;
  readonly #shelves: NumberShelf[] = [];
  readonly #done = new Map<number, NumberColumn | TextColumn>(); // by place
  readonly #troubles = new Map<number, FoundTrouble>();
  #passNotes: readonly string[] = [];
  #wanted: readonly Wanted[];
  #reading: readonly (readonly [Wanted, NumberColumn | TextColumn])[] = [];

  /** @param folder for the numbers; null keeps them in memory   @param most rows at the most */
  constructor(path: string, plan: TablePlan, options: ReadOptions, folder: string | null, most: number) {
    this.#path = path;
    this.#plan = plan;
    this.#missing = new MissingValues(options.missing);
    this.#wanted = plan.names.map((_, place) => ({ place, writing: plan.isText[place] === true ? null : (plan.writings[place] ?? null) }));
    this.#shelf = (round, columns) => (folder !== null ? fileShelf(folder, `table-${round}.numbers`, most, columns) : memoryShelf(most, columns));
  }

  get isDone(): boolean {
    return this.#wanted.length === 0;
  }

  nextPass(): TablePass {
    const shelf = this.#shelf(this.#shelves.length + 1, this.#wanted.length);
    this.#shelves.push(shelf);
    const { quote } = this.#plan.dialect;
    this.#reading = this.#wanted.map((wanted) => [
      wanted,
      wanted.writing === null ? new TextColumn(shelf, quote) : new NumberColumn(wanted.writing, this.#missing, shelf, quote),
    ]);
    const columns = this.#reading.map(([{ place }, column]) => [place, column] as const);
    return new TablePass(this.#path, this.#plan, columns);
  }

  /** Takes over the columns that are right and wants the others again.  @throws LabError */
  take(pass: TablePass): void {
    if (pass.ragged.length > 0) throw raggedTable(this.#path, this.#plan, pass);
    if (pass.rows === 0) throw new LabError('bad-input', `${this.#path} has a header but no rows.`);
    this.rows = pass.rows;
    this.#passNotes = pass.notes;
    const again: Wanted[] = [];
    for (const [wanted, column] of this.#reading) {
      const { place } = wanted;
      const trouble = column instanceof NumberColumn ? column.finalTrouble : null;
      if (trouble === null) this.#done.set(place, column);
      else {
        const isSure = wanted.writing?.isSure ?? true;
        again.push({ place, writing: isSure || trouble.kind !== 'text' || this.#troubles.has(place) ? null : otherWriting(wanted.writing, trouble.cell) });
        if (!this.#troubles.has(place)) this.#troubles.set(place, { trouble, isSure });
      }
    }
    this.#wanted = again;
  }

  /** @throws LabError for an infinity among numbers */
  finish(): ColumnsAndNotes {
    const { names, header, layout } = this.#plan;
    const columns = new Map<number, RawColumn>();
    const written = this.#finishNumbers(columns);
    const texts = this.#finishTexts(columns);
    const all = names.flatMap((_, place) => columns.get(place) ?? []);
    const kept = withoutTrailingDelimiters(all, all.length === names.length ? header : [], layout.header === null);
    return { columns: kept.columns, notes: [...kept.notes, ...this.#passNotes, ...this.#missing.notes(), ...texts, ...written] };
  }

  #finishNumbers(columns: Map<number, RawColumn>): string[] {
    const examples: string[] = [];
    for (const [place, column] of [...this.#done].sort(([a], [b]) => a - b)) {
      if (!(column instanceof NumberColumn)) continue;
      const name = this.#plan.names[place] ?? '';
      if (column.infinite !== null) throw infiniteCell(this.#path, name, column.writing.decimal, column.infinite);
      if (column.example !== null) examples.push(`Column "${name}": "${column.example.cell}" is read as ${column.example.value}.`);
      columns.set(place, column.finish(name));
    }
    if (examples.length === 0) return [];
    const more = examples.length > 8 ? [`So are ${examples.length - 8} more columns with signs or separators in their numbers.`] : [];
    return [...examples.slice(0, 8), ...more, 'If numbers are read wrongly, set the options decimal and thousands.'];
  }

  #finishTexts(columns: Map<number, RawColumn>): string[] {
    const decisions: string[] = [];
    const reasons: string[] = [];
    const further: string[] = [];
    for (const [place, column] of [...this.#done].sort(([a], [b]) => a - b)) {
      if (!(column instanceof TextColumn)) continue;
      const name = this.#plan.names[place] ?? '';
      if (column.isTooMuch) {
        further.push(`Column "${name}" was left out: its texts differ in nearly every row and are too many to hold.`);
        continue;
      }
      const { column: done, counts, notes } = column.finish(name, this.#missing);
      columns.set(place, done);
      decisions.push(...notes);
      const found = this.#troubles.get(place);
      if (found !== undefined) reasons.push(troubleNote(name, found.trouble, found.isSure));
      else if (this.#plan.writings[place]?.isUnclear === true && this.#plan.isText[place] === true)
        reasons.push(
          `Column "${name}" is text: its numbers are written in ways that contradict each other, and nobody can tell thousands from decimals. ` +
            'Write them alike, or set the options decimal and thousands.',
        );
      const nearly = found?.trouble.kind === 'precise' ? null : nearlyNumbersNote(name, counts, (text) => this.#missing.has(text));
      if (nearly !== null) further.push(nearly);
    }
    return [...decisions, ...reasons, ...further];
  }

  close(): void {
    for (const shelf of this.#shelves) shelf.close();
  }
}

/** The other decimal mark, where the cell is a number with it. */
function otherWriting(writing: ColumnWriting | null, cell: string): ColumnWriting | null {
  if (writing === null) return null;
  const other: ColumnWriting = { ...writing, decimal: writing.decimal === '.' ? ',' : '.', isSure: true };
  return valueIn(cell, other) === null ? null : other;
}

/** 'a,b,' over '1,2,': the delimiters at the end of every line make no columns. */
function withoutTrailingDelimiters(columns: readonly RawColumn[], header: readonly string[], isHeaderless: boolean): ColumnsAndNotes {
  let kept = columns.length;
  while (kept > 1 && (isHeaderless || (header[kept - 1] ?? 'name') === '') && isEmptyColumn(columns[kept - 1])) kept--;
  if (kept === columns.length) return { columns, notes: [] };
  const which = columns.length - kept === 1 ? `Column ${columns.length} is empty and was` : `Columns ${kept + 1} to ${columns.length} are empty and were`;
  const delimiters = columns.length - kept === 1 ? 'the delimiter' : 'delimiters';
  return { columns: columns.slice(0, kept), notes: [`${which} left out: every line ends with ${delimiters}.`] };
}

function isEmptyColumn(column: RawColumn | undefined): boolean {
  return column !== undefined && isEmpty(column);
}
