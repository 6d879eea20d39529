/** Values so far from all others that they flatten a column: once it is standardised, the others hardly differ. */
import { blocksOf } from '../formats/numbers/numbers.ts';
import { factsOf } from './facts.ts';
import type { NumberColumn } from './columns.ts';

export interface Outliers {
  readonly count: number; // rows
  readonly row: number; // of the farthest
  readonly value: number;
  readonly middle: readonly [low: number, high: number]; // the middle half of the values
}

const farAway = 1000; // times the height of the middle half, from the median
const fewestValues = 8;
const mostShare = 0.01; // of the values: more are a form of the column and no errors
const sampled = 20_000; // values by which the middle half is judged

/** null when there are none, or too many to be errors. */
export function outliersOf(column: NumberColumn): Outliers | null {
  if (!couldHave(column)) return null;
  const sorted = sampleOf(column).sort();
  if (sorted.length < fewestValues) return null;
  const median = quantile(sorted, 0.5);
  const wide = middleOf(sorted) ?? middleOf(sorted.filter((value) => value !== median)); // a column may be mostly one value, zero for example
  if (wide === null) return null;
  const limit = farAway * (wide[1] - wide[0]);
  let [count, present, row, value] = [0, 0, -1, median];
  for (const { start, values } of blocksOf(column.values))
    for (let at = 0; at < values.length; at++) {
      const distance = Math.abs((values[at] ?? NaN) - median);
      if (Number.isNaN(distance)) continue;
      present += 1;
      if (distance <= limit) continue;
      count += 1;
      if (distance > Math.abs(value - median)) [row, value] = [start + at, values[at] ?? NaN];
    }
  return count > 0 && count <= Math.max(1, mostShare * present) ? { count, row, value, middle: wide } : null;
}

/** Whether the middle half can be a thousandth of the range: then two neighbouring bins of the histogram hold it. Before any value is read. */
function couldHave(column: NumberColumn): boolean {
  const { histogram, present } = factsOf(column);
  return histogram?.some((count, bin) => 2 * (count + (histogram[bin + 1] ?? 0)) >= present) === true;
}

/** Values at even distances over the rows, missing ones left out. */
function sampleOf({ values: numbers }: NumberColumn): Float64Array {
  const step = Math.max(1, Math.floor(numbers.length / sampled));
  const found: number[] = [];
  for (const { start, values } of blocksOf(numbers))
    for (let at = (step - (start % step)) % step; at < values.length; at += step) {
      const value = values[at] ?? NaN;
      if (!Number.isNaN(value)) found.push(value);
    }
  return Float64Array.from(found);
}

/** The quartiles; null when they are equal or the values are few. */
function middleOf(sorted: Float64Array): readonly [number, number] | null {
  const [low, high] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  return sorted.length >= fewestValues && high > low ? [low, high] : null;
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
}
