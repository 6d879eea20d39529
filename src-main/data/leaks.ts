/** Numbers that give a class away: every value, or every piece of the range, goes with one class. */
import { isMissingCell, numberName } from './columns.ts';
import type { NumberColumn } from './columns.ts';
import { everyFew } from './everyFew.ts';
import type { DataColumn } from './dataset.ts';

const looks = [2000, 20_000]; // rows of a first look, and of the one that confirms it
const mostErrors = 0.002; // of the rows
const mostOfRare = 0.05; // of the rows that are not of the commonest class: it alone is no rule
const fewestRows = 30;
const fewestOfClass = 10;
const mostPieces = 20;

/** How a number tells the label, whose values are taken for classes, in words; null when it does not, or when too few rows have both to tell chance from
 *  rule. */
export function leakOf(label: DataColumn, other: NumberColumn): string | null {
  let how: string | null = null;
  for (const most of looks) {
    how = lookAt(label, pairsOf(label, other, most));
    if (how === null) return null;
  }
  return how;
}

interface Pairs {
  readonly values: Float64Array; // ascending
  readonly codes: Float64Array; // of the label: a class's code, or the number that stands for one
}

function lookAt(label: DataColumn, { values, codes }: Pairs): string | null {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  const common = [...counts.values()].filter((count) => count >= fewestOfClass).length;
  if (codes.length < fewestRows || common < 2) return null;
  const allowed = Math.min(mostErrors * codes.length, mostOfRare * (codes.length - Math.max(...counts.values())));
  const { distinct, errors } = impurity(values, codes);
  if (distinct * 5 <= codes.length && errors <= allowed) return 'each of its values goes with one class';
  return counts.size <= mostPieces ? piecesInWords(label, { values, codes }, [...counts.keys()], allowed) : null;
}

/** Rows with both, at even distances, by ascending value. */
function pairsOf(label: DataColumn, other: NumberColumn, most: number): Pairs {
  const [values, codes] = [everyFew(other, most), everyFew(label, most)];
  const places = Array.from(values.keys()).filter((at) => !isMissingCell(label.kind, codes[at] ?? NaN) && !Number.isNaN(values[at] ?? NaN));
  places.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  return { values: Float64Array.from(places, (at) => values[at] ?? 0), codes: Float64Array.from(places, (at) => codes[at] ?? 0) };
}

/** Rows that have not the commonest class of their value. */
function impurity(values: Float64Array, codes: Float64Array): { readonly distinct: number; readonly errors: number } {
  let [distinct, errors] = [0, 0];
  for (let start = 0; start < values.length;) {
    const counts = new Map<number, number>();
    let end = start;
    for (; end < values.length && values[end] === values[start]; end++) counts.set(codes[end] ?? 0, (counts.get(codes[end] ?? 0) ?? 0) + 1);
    errors += end - start - Math.max(...counts.values());
    distinct += 1;
    start = end;
  }
  return { distinct, errors };
}

/** Whether the range falls into one piece a class, with the first border as an example. The fewest errors over all borders, by dynamic programming. */
function piecesInWords(label: DataColumn, { values, codes }: Pairs, found: readonly number[], allowed: number): string | null {
  const middles = new Map(found.map((code) => [code, middleOf(codes, code)]));
  const order = found.toSorted((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0));
  const errors = order.map((_, piece) => (piece === 0 ? 0 : Infinity)); // of the rows so far when the last one lies in this piece
  for (const [at, code] of codes.entries()) {
    for (const [piece, own] of order.entries()) if (own !== code) errors[piece] = (errors[piece] ?? 0) + 1;
    if (values[at] === values[at + 1]) continue; // no border between equal values
    for (let piece = 1; piece < order.length; piece++) errors[piece] = Math.min(errors[piece] ?? 0, errors[piece - 1] ?? 0);
    if (errors.every((count) => count > allowed)) return null; // they never become fewer
  }
  const wrong = errors.at(-1) ?? Infinity;
  if (wrong > allowed) return null;
  const [first = 0, second = 0] = order;
  const border = values[codes.lastIndexOf(first)] ?? NaN;
  const name = (code: number): string => `"${label.kind === 'class' ? (label.classes[code] ?? '') : numberName(code)}"`;
  if (order.length > 2 || wrong > 0) return 'its range falls into one piece for each class';
  return `up to ${numberName(border)} it is ${name(first)} and above it is ${name(second)}`;
}

/** The middle place of a class's rows. */
function middleOf(codes: Float64Array, code: number): number {
  const places: number[] = [];
  for (const [at, other] of codes.entries()) if (other === code) places.push(at);
  return places[Math.floor(places.length / 2)] ?? 0;
}
