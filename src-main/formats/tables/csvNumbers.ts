/** What number a cell spells: plain numerals quickly from their bytes, and numbers as people write them (thousands separators, currencies, percent signs, the
 *  typographic minus) from their text. Values are those of JavaScript's Number, bit for bit. */
import type { ReadOptions } from '../../contract/reading.ts';

export type Decimal = '.' | ',';

/** How the numbers of a column are written. */
export interface NumberWriting {
  readonly decimal: Decimal;
  readonly thousands: ReadOptions['thousands']; // what was told; undefined: every mark that is not the decimal one
}

/** A number that is written with more than digits, and what was left out to read it. */
export interface WrittenNumber {
  readonly value: number;
  readonly currency: string; // '' when there is none
  readonly isPercent: boolean;
  readonly isGrouped: boolean;
}

const powersOfTen = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
const infinity = /^[+-]?(?:inf|infinity|1\.#inf)$/i;
const numeral = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const minus = /[\u2212\u2013\uFE63\uFF0D]/; // minus sign, en dash, small and full-width hyphen-minus
const spaces = /[ \u00A0\u2007\u2009\u202F]/g; // blank, no-break, figure, thin and narrow no-break space
const apostrophes = /['\u2019\u02BC]/g;
const currency =
  /[$\u20AC\u00A3\u00A5\uFFE5\u20B9\u20A9\u20BD\u20BA\u20AA\u0E3F\u20AB\u20B4]|R\$|US\$|(?:USD|EUR|GBP|JPY|CNY|CHF|INR|CAD|AUD)(?![A-Za-z])|(?:kr|z\u0142)\.?(?![A-Za-z])/;
const before = new RegExp(`^([+-]?)\\s*(${currency.source})\\s*`);
const behind = new RegExp(`\\s*(${currency.source})$`);

/** The number that plain digits spell, with the decimal mark as a byte; NaN where they are anything else: more than 15 digits, an exponent, a word. */
export function shortNumber(bytes: Uint8Array, start: number, end: number, decimal: number): number {
  let at = start;
  const sign = bytes[at];
  if (sign === 45 || sign === 43) at++;
  let value = 0;
  let digits = 0;
  let decimals = 0;
  let isBehind = 0;
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0;
    const digit = byte - 48;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digits++;
      decimals += isBehind;
    } else if (byte === decimal && isBehind === 0) isBehind = 1;
    else return NaN;
  }
  if (digits === 0 || digits > 15) return NaN; // up to here the digits and the power of ten are exact, so that the quotient is rounded once
  if (decimals > 0) value /= powersOfTen[decimals] ?? NaN;
  return sign === 45 ? 0 - value : value; // never -0
}

/** The number that a trimmed cell spells with digits, sign, decimal mark and exponent alone; NaN when it spells none, an infinity when it is one or too
 *  large. */
export function parseNumber(cell: string, decimal: Decimal): number {
  if (decimal === ',') {
    if (cell.includes('.')) return infinity.test(cell) ? infinite(cell) : NaN;
    return parseNumber(cell.replace(',', '.'), '.');
  }
  if (numeral.test(cell)) return Number(cell) + 0;
  return infinity.test(cell) ? infinite(cell) : NaN;
}

function infinite(cell: string): number {
  return cell.startsWith('-') ? -Infinity : Infinity;
}

/** Reads a cell that is no plain numeral: '$2,293.16', '1.234,56', '12 %', '(3.50)'. Groups of thousands must be such: 1,23 is none.
 *  @returns null when it is no number in this writing */
export function writtenNumber(cell: string, { decimal, thousands }: NumberWriting): WrittenNumber | null {
  let text = cell.replace(minus, '-');
  let sign = 1;
  if (/^\(.*\)$/.test(text)) {
    text = text.slice(1, -1).trim(); // as accountants write what is owed
    sign = -1;
  }
  const first = before.exec(text);
  const symbol = first?.[2] ?? behind.exec(text)?.[1] ?? '';
  text = first === null ? text.replace(behind, '') : (first[1] ?? '') + text.slice(first[0].length);
  const isPercent = /\s*[%\uFF05]$/.test(text);
  if (isPercent) text = text.replace(/\s*[%\uFF05]$/, '');
  text = text.replace(/^([+-])\s+/, '$1');
  const digits = ungrouped(text, decimal, thousands);
  if (digits === null) return null;
  const value = parseNumber(digits, '.');
  if (!Number.isFinite(value) || (sign < 0 && value < 0)) return null;
  return { value: sign * value + 0, currency: symbol, isPercent, isGrouped: digits.length < text.length };
}

/** Without separators of thousands, with a decimal point; null when the marks do not stand where they should. */
function ungrouped(text: string, decimal: Decimal, thousands: ReadOptions['thousands']): string | null {
  const plain = text.replace(spaces, ' ').replace(apostrophes, "'");
  const [, sign = '', whole = '', rest = ''] =
    (decimal === '.' ? /^([+-]?)([\d,' ]*)((?:\.\d*)?(?:[eE][+-]?\d+)?)$/ : /^([+-]?)([\d.' ]*)((?:,\d*)?(?:[eE][+-]?\d+)?)$/).exec(plain) ?? [];
  if (whole === '' && rest === '') return null;
  const mark = /[^\d]/.exec(whole)?.[0];
  if (mark === undefined) return sign + whole + rest.replace(',', '.');
  if (thousands !== undefined && thousands !== mark) return null;
  // 12,34,567 as in India
  const groups = mark === ',' ? /^[1-9]\d{0,2}(?:,\d{3})+$|^[1-9]\d?(?:,\d{2})+,\d{3}$/ : new RegExp(`^[1-9]\\d{0,2}(?:\\${mark}\\d{3})+$`);
  return groups.test(whole) ? sign + whole.replaceAll(mark, '') + rest.replace(',', '.') : null;
}

/** Whether doubles cannot tell the whole number from its neighbours: 1234567890123456789, but not what a program wrote as the shortest name of a double. */
export function isTooPrecise(cell: string): boolean {
  if (cell.length < 16 || !/^[+-]?\d{16,}$/.test(cell)) return false;
  const digits = cell.replace(/^[+-]?0*/, '');
  return digits.length > 15 && String(Number(digits)) !== digits;
}
