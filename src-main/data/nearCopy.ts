/** Whether one column is nearly a copy of another: it then says the label outright, or teaches nothing beside it. */
import { cellsOf, isMissingCell } from './columns.ts';
import { everyFew } from './everyFew.ts';
import { factsOf } from './facts.ts';
import type { DataColumn } from './dataset.ts';

const copyCorrelation = 0.999;
const fewestRows = 10;
const mostLevels = 1000; // past it a bijection between two columns says little: nearly every row has its own value
const manyRows = 20_000; // from here on a few rows are looked at first
const lookedAt = 2000;
const lookCorrelation = 0.99; // of the first look, which may be off a little

type Cells = ArrayLike<number>;

/** How it is one, in words; null when it is none. Both must have a value in at least ten rows. */
export function nearCopy(label: DataColumn, other: DataColumn): string | null {
  const areNumbers = label.kind === 'number' && other.kind === 'number';
  if (!areNumbers && [label, other].some((column) => factsOf(column).distinct > mostLevels)) return null; // before any value is read
  if (factsOf(label).present > manyRows && !couldBe(label, other, areNumbers)) return null;
  const [first, second] = [cellsOf(label), cellsOf(other)];
  const rows = rowsWithBoth(label, first, other, second);
  if (rows.length < fewestRows) return null;
  if (areNumbers) {
    const r = correlation(first, second, rows);
    return Math.abs(r) > copyCorrelation ? `their correlation is ${r.toFixed(4)}` : null;
  }
  if ([label, other].some((column) => factsOf(column).distinct > rows.length / 2)) return null;
  const isBoth = determines(first, second, rows) && determines(second, first, rows);
  return isBoth && rows.some((row) => first[row] !== first[rows[0] ?? 0]) ? 'each value of one goes with one value of the other' : null;
}

/** A look at a few rows: false where they show that it is none. */
function couldBe(label: DataColumn, other: DataColumn, areNumbers: boolean): boolean {
  const [first, second] = [everyFew(label, lookedAt), everyFew(other, lookedAt)];
  const places = rowsWithBoth(label, first, other, second);
  if (places.length < fewestRows) return true;
  if (areNumbers) return Math.abs(correlation(first, second, places)) > lookCorrelation;
  return determines(first, second, places) && determines(second, first, places);
}

function rowsWithBoth(label: DataColumn, first: Cells, other: DataColumn, second: Cells): Int32Array {
  const rows = new Int32Array(first.length);
  let count = 0;
  for (let row = 0; row < first.length; row++)
    if (!isMissingCell(label.kind, first[row] ?? NaN) && !isMissingCell(other.kind, second[row] ?? NaN)) rows[count++] = row;
  return rows.slice(0, count);
}

/** Whether every value of one column goes with a single value of the other. */
function determines(from: Cells, to: Cells, rows: Int32Array): boolean {
  const image = new Map<number, number>();
  for (const row of rows) {
    const [key, value] = [from[row] ?? NaN, to[row] ?? NaN];
    const known = image.get(key);
    if (known === undefined) image.set(key, value);
    else if (known !== value) return false;
  }
  return true;
}

/** Pearson's r; 0 when a column is constant. */
function correlation(a: Cells, b: Cells, rows: Int32Array): number {
  const mean = (values: Cells): number => rows.reduce((sum, row) => sum + (values[row] ?? 0), 0) / rows.length;
  const meanA = mean(a);
  const meanB = mean(b);
  let products = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (const row of rows) {
    const fromA = (a[row] ?? 0) - meanA;
    const fromB = (b[row] ?? 0) - meanB;
    products += fromA * fromB;
    squaresA += fromA * fromA;
    squaresB += fromB * fromB;
  }
  return squaresA > 0 && squaresB > 0 ? products / Math.sqrt(squaresA * squaresB) : 0;
}
