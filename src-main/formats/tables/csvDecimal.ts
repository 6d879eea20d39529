/** Decides which mark is the decimal one, for each column by its own cells: a table may hold 1,5 in one column and 13,417 for thirteen thousand in another. */
import { writtenNumber, parseNumber } from './csvNumbers.ts';
import type { Decimal, NumberWriting } from './csvNumbers.ts';
import type { ReadOptions } from '../format.ts';

export interface ColumnWriting extends NumberWriting {
  readonly isSure: boolean; // told, or some cell can be read in this way alone
  readonly isUnclear: boolean; // its cells contradict each other, or each could be two numbers
}

interface Votes {
  point: number; // cells that are numbers with a decimal point alone
  comma: number;
  softPoint: number; // 13.417: a decimal or thousands
  softComma: number;
}

/** @param columns the first cells of each column, missing ones left out
 *  @returns how each column is written, and the table as a whole */
export function decimalsOf(
  columns: readonly (readonly string[])[],
  told: ReadOptions,
): { readonly table: Decimal; readonly columns: readonly ColumnWriting[] } {
  const { thousands } = told;
  const decimal = told.decimal ?? (thousands === ',' ? '.' : thousands === '.' ? ',' : undefined);
  if (decimal !== undefined) return { table: decimal, columns: columns.map(() => ({ decimal, thousands, isSure: true, isUnclear: false })) };
  const votes = columns.map((cells) => votesOf(cells, thousands));
  const hard = votes.map(({ point, comma }): Decimal | null => (point > comma ? '.' : comma > 0 ? ',' : null));
  const commas = hard.filter((mark) => mark === ',').length;
  const points = hard.filter((mark) => mark === '.').length;
  const table: Decimal = commas > points ? ',' : '.';
  const writings = votes.map(({ point, comma, softPoint, softComma }, column): ColumnWriting => {
    const own = hard[column] ?? null;
    // Of 13,417 alone nobody can tell. It is thousands unless the other columns have the decimal comma and none has the point.
    const soft: Decimal = softComma > 0 && points > 0 ? '.' : table;
    return { decimal: own ?? soft, thousands, isSure: own !== null, isUnclear: (point > 0 && comma > 0) || (own === null && softPoint > 0 && softComma > 0) };
  });
  return { table, columns: writings };
}

function votesOf(cells: readonly string[], thousands: ReadOptions['thousands']): Votes {
  const votes: Votes = { point: 0, comma: 0, softPoint: 0, softComma: 0 };
  for (const cell of cells) {
    if (!/[.,]/.test(cell)) continue;
    const point = valueIn(cell, { decimal: '.', thousands });
    const comma = valueIn(cell, { decimal: ',', thousands });
    if (point === null && comma === null) continue;
    if (comma === null) votes.point++;
    else if (point === null) votes.comma++;
    else if (point !== comma) votes[cell.includes(',') ? 'softComma' : 'softPoint']++;
  }
  return votes;
}

/** The finite number of a cell in a writing; null where it is none. */
export function valueIn(cell: string, writing: NumberWriting): number | null {
  const plain = parseNumber(cell, writing.decimal);
  if (!Number.isNaN(plain)) return Number.isFinite(plain) ? plain : null;
  return writtenNumber(cell, writing)?.value ?? null;
}

/** Whether a cell is a number in any writing; infinities are. */
export function isAnyNumber(cell: string): boolean {
  if (/^-?\d+(?:\.\d+)?$/.test(cell)) return true;
  const last = cell.charCodeAt(cell.length - 1);
  if (last >= 97 && last <= 122 && !/\d/.test(cell) && !/inf/i.test(cell)) return false; // a word, as most that are none
  return [...'.,'].some((decimal) => {
    const writing: NumberWriting = { decimal: decimal === ',' ? ',' : '.', thousands: undefined };
    return !Number.isNaN(parseNumber(cell, writing.decimal)) || writtenNumber(cell, writing) !== null;
  });
}
