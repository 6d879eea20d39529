/** The growing columns of a table: numbers, or texts by their place in a list. */
import { decideMarkers } from './csvMissing.ts';
import type { MissingValues } from './csvMissing.ts';
import type { ColumnWriting } from './csvDecimal.ts';
import { isTooPrecise, parseNumber, shortNumber, writtenNumber } from './csvNumbers.ts';
import { cellText, doubled } from './csvScanner.ts';
import type { Cells } from './csvScanner.ts';
import type { RawColumn } from '../format.ts';
import type { Growing, NumberShelf } from '../numbers/growingNumbers.ts';
import { largestNumber } from '../limits.ts';
import { mapped } from '../numbers/numbers.ts';
import { TextCodes } from './textCodes.ts';

/** A cell that stands in the way of a column of numbers. */
export interface Trouble {
  readonly line: number;
  readonly cell: string;
  readonly kind: 'text' | 'infinite' | 'precise' | 'percent' | 'currency';
}

/** What is written besides digits, by its first cell. */
export interface Example {
  readonly cell: string;
  readonly value: number;
}

export interface Column {
  add(record: Cells, cell: number): void;
}

const tooManyTexts = 2_000_000; // in one column
const tooManyBytes = 128 * 1024 * 1024;

export class NumberColumn implements Column {
  readonly writing: ColumnWriting;
  trouble: Trouble | null = null;
  infinite: Trouble | null = null;
  example: Example | null = null;
  readonly #values: Growing<'float64'>;
  readonly #missing: MissingValues;
  readonly #quote: string;
  readonly #decimal: number;
  readonly #markers = new Map<string, number>(); // of missing values, as they are written
  #plain = 0; // numbers other than 0 without a percent sign
  #percent = 0;
  #percentLine = 0; // of the first
  #percentCell = '';
  #currency = '';

  constructor(writing: ColumnWriting, missing: MissingValues, shelf: NumberShelf, quote: string) {
    this.writing = writing;
    this.#values = shelf.grow('float64');
    this.#missing = missing;
    this.#quote = quote;
    this.#decimal = writing.decimal.charCodeAt(0);
  }

  add(record: Cells, cell: number): void {
    if (this.trouble !== null) return; // read again as text
    const { bytes, starts, ends } = record;
    let start = starts[cell] ?? 0;
    let end = ends[cell] ?? 0;
    while (start < end && (bytes[start] ?? 0) <= 32) start++;
    while (end > start && (bytes[end - 1] ?? 0) <= 32) end--;
    let value = start === end || this.#missing.hasNumericMarker ? NaN : shortNumber(bytes, start, end, this.#decimal);
    if (Number.isNaN(value)) {
      if (start < end) value = this.#longNumber(record, cell);
    } else if (value !== 0) this.#plain++;
    this.#values.add(value);
  }

  /** What is no short numeral: NaN for a missing value and for trouble. */
  #longNumber(record: Cells, cell: number): number {
    const text = cellText(record, cell, this.#quote);
    if (this.#missing.has(text)) {
      if (text !== '') this.#markers.set(text, (this.#markers.get(text) ?? 0) + 1);
      return NaN;
    }
    const number = parseNumber(text, this.writing.decimal);
    if (Math.abs(number) <= largestNumber) {
      if (isTooPrecise(text)) return this.#stop(record, text, 'precise');
      this.#plain++;
      return number;
    }
    if (!Number.isNaN(number)) {
      this.infinite ??= { line: record.line, cell: text, kind: 'infinite' };
      return NaN;
    }
    const written = writtenNumber(text, this.writing);
    if (written === null || Math.abs(written.value) > largestNumber) return this.#stop(record, text, 'text');
    if (written.isPercent) {
      if (this.#percent++ === 0) [this.#percentLine, this.#percentCell] = [record.line, text];
    } else if (written.value !== 0) this.#plain++;
    if (written.currency !== '' && this.#currency !== '' && written.currency !== this.#currency) return this.#stop(record, text, 'currency');
    this.#currency ||= written.currency;
    this.example ??= { cell: text, value: written.value };
    return written.value;
  }

  #stop({ line }: Cells, cell: string, kind: Trouble['kind']): number {
    this.trouble = { line, cell, kind };
    return NaN;
  }

  /** The trouble of the whole column: percent signs and bare numbers show only when all is read. */
  get finalTrouble(): Trouble | null {
    if (this.trouble !== null || this.#percent === 0 || this.#plain === 0) return this.trouble;
    return { line: this.#percentLine, cell: this.#percentCell, kind: 'percent' };
  }

  finish(name: string): RawColumn {
    for (const [marker, count] of this.#markers) {
      this.#missing.count(marker, count);
      this.#missing.inNumbers.add(marker.toLowerCase());
    }
    return { name, kind: 'number', values: this.#values.finish() };
  }
}

export class TextColumn implements Column {
  texts = new TextCodes();
  isTooMuch = false;
  readonly #codes: Growing<'int32'>;
  readonly #quote: string;

  constructor(shelf: NumberShelf, quote: string) {
    this.#codes = shelf.grow('int32');
    this.#quote = quote;
  }

  add(record: Cells, cell: number): void {
    if (this.isTooMuch) return;
    const { bytes, starts, ends, kinds } = record;
    if (kinds[cell] === doubled) {
      const text = Buffer.from(cellText(record, cell, this.#quote), 'utf8');
      this.#codes.add(this.texts.codeOf(text, 0, text.length));
      return;
    }
    let start = starts[cell] ?? 0;
    let end = ends[cell] ?? 0;
    while (start < end && (bytes[start] ?? 0) <= 32) start++;
    while (end > start && (bytes[end - 1] ?? 0) <= 32) end--;
    this.#codes.add(this.texts.codeOf(bytes, start, end));
    if (this.texts.size > tooManyTexts || this.texts.bytesHeld > tooManyBytes) this.#giveUp();
  }

  /** Texts that differ in nearly every row are no classes and can be learned from by nothing: they are not held. */
  #giveUp(): void {
    this.isTooMuch = true;
    this.texts = new TextCodes();
  }

  /** @returns the column with its missing values as -1, and what was decided about them */
  finish(name: string, missing: MissingValues): { column: RawColumn; counts: Map<string, number>; notes: readonly string[] } {
    const counts = new Map<string, number>();
    const texts = this.texts.counts.map((count, code) => {
      const text = this.texts.text(code).trim();
      if (text !== '') counts.set(text, (counts.get(text) ?? 0) + count);
      return text;
    });
    const decision = decideMarkers(name, counts, missing);
    for (const text of decision.missing) missing.count(text, counts.get(text) ?? 0);
    const places = new Map<string, number>();
    const newCodes = texts.map((text) => {
      if (text === '' || decision.missing.has(text)) return -1;
      const place = places.get(text) ?? places.size;
      places.set(text, place);
      return place;
    });
    const old = this.#codes.finish();
    const codes = newCodes.every((code, at) => code === at) ? old : mapped(old, (code) => newCodes[code] ?? -1);
    return { column: { name, kind: 'coded', texts: [...places.keys()], codes }, counts, notes: decision.notes };
  }
}
