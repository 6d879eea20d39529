/** The columns of a table that DuckDB reads: which SQL gives their values, and where these go. */
import { isTooPrecise, parseNumber } from './csvNumbers.ts';
import { MissingValues } from './csvMissing.ts';
import type { RawColumn, ReadOptions } from '../format.ts';
import type { Growing, NumberShelf } from '../numbers/growingNumbers.ts';
import { blocksOf } from '../numbers/numbers.ts';

/** Values of a chunk, by their place in it. */
export interface Values {
  getItem(row: number): unknown;
}

export interface DuckColumn {
  readonly sql: string;
  take(values: Values, count: number): void;
  /** null for a column that is left out. */
  finish(name: string, shelf: NumberShelf): { readonly column: RawColumn | null; readonly notes: readonly string[] };
}

const mostTexts = 5_000_000;
const mostLetters = 128 * 1024 * 1024;

/** What a column with several values in a cell holds; null for one with single values. */
export function nestedKind(type: string): string | null {
  if (/\]$/.test(type)) return 'lists';
  if (/^(?:STRUCT|MAP|UNION|VARIANT)\b/.test(type)) return 'records';
  return /^(?:BLOB|GEOMETRY)/.test(type) ? 'bytes' : null;
}

/** @param isLarge whether it has whole numbers that doubles cannot tell apart: they become texts   @param place its name in the SQL */
export function duckColumn(type: string, isLarge: boolean, place: string, shelf: NumberShelf, options: ReadOptions): DuckColumn {
  const isWhole = /^U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/.test(type);
  if ((isWhole && !isLarge) || /^(?:FLOAT|DOUBLE|REAL)$/.test(type)) return new DuckNumbers(`${place}::double`, shelf, options);
  if (type.startsWith('DECIMAL')) return new DuckNumbers(`${place}::varchar::double`, shelf, options); // its own cast to doubles does not round to the nearest
  if (type.startsWith('TIMESTAMP WITH TIME ZONE')) return new DuckTexts(`${place}::timestamp::varchar`, shelf, options, null);
  if (type === 'JSON') return new DuckTexts(`${place} ->> '$'`, shelf, options, null);
  const note = isLarge ? 'is text: it holds whole numbers of more digits than a number can tell apart. As text no two values become one.' : null;
  return new DuckTexts(`${place}::varchar`, shelf, options, note);
}

class DuckNumbers implements DuckColumn {
  readonly sql: string;
  readonly #values: Growing<'float64'>;
  readonly #missing: ReadonlySet<number>;
  #marked = 0;

  constructor(sql: string, shelf: NumberShelf, options: ReadOptions) {
    this.sql = sql;
    this.#values = shelf.grow('float64');
    this.#missing = new Set((options.missing ?? []).filter((marker) => marker.trim() !== '').map(Number));
  }

  take(values: Values, count: number): void {
    for (let row = 0; row < count; row++) {
      const value = values.getItem(row);
      const isValue = typeof value === 'number' && !(this.#missing.size > 0 && this.#missing.has(value));
      if (typeof value === 'number' && !isValue) this.#marked++;
      this.#values.add(isValue && !Number.isNaN(value) ? value + 0 : NaN); // never -0
    }
  }

  finish(name: string): { column: RawColumn; notes: string[] } {
    const notes = this.#marked > 0 ? [`Column "${name}": ${this.#marked} cells are read as missing.`] : [];
    return { column: { name, kind: 'number', values: this.#values.finish() }, notes };
  }
}

class DuckTexts implements DuckColumn {
  readonly sql: string;
  readonly #codes: Growing<'int32'>;
  readonly #codeOf = new Map<string, number>();
  readonly #missing: MissingValues;
  readonly #note: string | null;
  #letters = 0;

  constructor(sql: string, shelf: NumberShelf, options: ReadOptions, note: string | null) {
    this.sql = sql;
    this.#codes = shelf.grow('int32');
    this.#missing = new MissingValues(options.missing ?? []);
    this.#note = note;
  }

  get #isTooMuch(): boolean {
    return this.#codeOf.size > mostTexts || this.#letters > mostLetters;
  }

  take(values: Values, count: number): void {
    if (this.#isTooMuch) return;
    for (let row = 0; row < count; row++) {
      const value = values.getItem(row);
      this.#codes.add(typeof value === 'string' ? this.#code(value) : -1);
    }
  }

  #code(value: string): number {
    const known = this.#codeOf.get(value);
    if (known !== undefined) return known;
    const text = value.trim();
    if (this.#missing.has(text)) return -1;
    const code = text === value ? this.#codeOf.size : (this.#codeOf.get(text) ?? this.#codeOf.size);
    if (code === this.#codeOf.size) {
      this.#codeOf.set(text, code);
      this.#letters += text.length;
    }
    return code;
  }

  finish(name: string, shelf: NumberShelf): { column: RawColumn | null; notes: string[] } {
    if (this.#isTooMuch) return { column: null, notes: [`Column "${name}" was left out: its texts differ in nearly every row and are too many to hold.`] };
    const texts = [...this.#codeOf.keys()];
    const codes = this.#codes.finish();
    if (this.#note === null && texts.length > 0 && texts.every(isPlainNumber))
      return { column: asNumbers(name, texts, codes, shelf), notes: [`Column "${name}" holds numbers as texts, and is read as numbers.`] };
    return { column: { name, kind: 'coded', texts, codes }, notes: this.#note === null ? [] : [`Column "${name}" ${this.#note}`] };
  }
}

/** A numeral that loses nothing as a number: no leading zeros, as ids have, and not more digits than a double. */
function isPlainNumber(text: string): boolean {
  return Number.isFinite(parseNumber(text, '.')) && !/^[+-]?0\d/.test(text) && !isTooPrecise(text);
}

function asNumbers(name: string, texts: readonly string[], codes: ReturnType<Growing<'int32'>['finish']>, shelf: NumberShelf): RawColumn {
  const numbers = texts.map((text) => parseNumber(text, '.'));
  const values = shelf.grow('float64');
  for (const block of blocksOf(codes)) for (const code of block.values) values.add(numbers[code] ?? NaN);
  return { name, kind: 'number', values: values.finish() };
}
