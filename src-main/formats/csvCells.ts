/** What one cell of a table means: a number, a missing value, a text; and the growing columns that take cells in. */
import type { RawColumn } from './format.ts';

/** Cells that mean "no value" unless the user says otherwise, compared in lower case. The empty cell always does. */
export const missingMarkers: readonly string[] = ['na', 'n/a', '#n/a', 'n.a.', 'nan', 'null', 'nil', 'none', '?', '-', '--', '.'];

const decimalCommaNumber = /^[+-]?(?:\d+,?\d*|,\d+)(?:[eE][+-]?\d+)?$/;
const infinity = /^[+-]?(?:inf|infinity)$/i;

/** The number that a trimmed cell spells; NaN when it spells none, an infinity when it is one or too large for a double. */
export function parseNumber(cell: string, decimal: '.' | ','): number {
  const last = cell.charCodeAt(cell.length - 1);
  if (!((last >= 48 && last <= 57) || last === 46 || last === 44)) return infinity.test(cell) ? (cell.startsWith('-') ? -Infinity : Infinity) : NaN;
  if (decimal === ',') return decimalCommaNumber.test(cell) ? Number(cell.replace(',', '.')) : NaN;
  const value = Number(cell);
  const second = cell.charCodeAt(1) | 32; // 0x10, 0b1 and 0o7 are numbers to JavaScript only
  return second === 120 || second === 98 || second === 111 ? NaN : value;
}

/** The markers that hold for a read, and how often each was met. */
export class MissingValues {
  readonly counts = new Map<string, number>();
  readonly #markers: ReadonlySet<string>;
  readonly hasNumericMarker: boolean; // such as -999: then numbers are looked up too

  constructor(told: readonly string[] | undefined) {
    this.#markers = new Set((told ?? missingMarkers).map((marker) => marker.trim().toLowerCase()));
    this.hasNumericMarker = [...this.#markers].some((marker) => marker !== '' && !Number.isNaN(Number(marker)));
  }

  has(cell: string): boolean {
    return cell === '' || this.#markers.has(cell.toLowerCase());
  }

  count(cell: string): void {
    if (cell !== '') this.counts.set(cell, (this.counts.get(cell) ?? 0) + 1);
  }

  notes(): string[] {
    if (this.counts.size === 0) return [];
    const parts = [...this.counts].sort((a, b) => b[1] - a[1]).map(([marker, count]) => `"${marker}" (${count})`);
    return [`Cells read as missing: ${parts.join(', ')}.`];
  }
}

/** Takes numbers in, one a row. */
export class NumberColumn {
  #values = new Float64Array(1024);
  #length = 0;

  add(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  finish(name: string): RawColumn {
    return { name, kind: 'number', values: this.#values.slice(0, this.#length) };
  }
}

const maxRemembered = 10_000;

/** Takes texts in, one a row. Equal texts share one string while there are few of them, as with class names. */
export class TextColumn {
  readonly #values: (string | null)[] = [];
  readonly #seen = new Map<string, string | null>();
  readonly #missing: MissingValues;

  constructor(missing: MissingValues) {
    this.#missing = missing;
  }

  add(cell: string): void {
    let value = this.#seen.get(cell);
    if (value === undefined) {
      value = this.#missing.has(cell) ? null : cell;
      if (this.#seen.size < maxRemembered) this.#seen.set(cell, value);
    }
    if (value === null) this.#missing.count(cell);
    this.#values.push(value);
  }

  finish(name: string): RawColumn {
    return { name, kind: 'text', values: this.#values };
  }
}
