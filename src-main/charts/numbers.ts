/** How a number is written: at an axis, in a table, in a sentence. Pure. */
import type { NumberStyle } from '../contract/blocks.ts';

export const missing = '–'; // an en dash stands for a number that is not there

/** Fixed decimals, a true minus sign, thin grouping of thousands. Infinite and missing numbers become a dash. */
export function formatNumber(value: number | null | undefined, digits: number, signed = false): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return missing;
  const magnitude = Math.abs(value);
  const text =
    magnitude >= 1e15 ? magnitude.toExponential(2) : magnitude.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const isZero = !/[1-9]/.test(text);
  const sign = isZero ? '' : value < 0 ? '−' : signed ? '+' : '';
  return sign + text;
}

/** A number in its style, with its unit. */
export function formatStyled(value: number | null | undefined, style: NumberStyle): string {
  const text = formatNumber(value, style.digits, style.signed === true);
  return text === missing || style.unit === '' ? text : `${text} ${style.unit}`;
}

/** A setting as it was given: no padding zeros, at most four figures. */
export function plainNumber(value: number): string {
  return String(Number(value.toPrecision(4))).replace('-', '−');
}

/** Decimals with which a number of this size still shows two figures that mean something. */
export function digitsFor(size: number): number {
  if (!(size > 0) || !Number.isFinite(size)) return 2;
  return Math.min(8, Math.max(0, 1 - Math.floor(Math.log10(size))));
}
