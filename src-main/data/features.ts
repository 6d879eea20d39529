/** Features of a table, each a number a row, made of one cell. Numbers are standardised, classes become one feature a level, missing values are marked. */
import type { Numbers } from '../formats/numbers/numbers.ts';
import { classCounts } from './columns.ts';
import type { ClassColumn } from './columns.ts';
import { visitRows } from './rowReader.ts';

export interface Feature {
  readonly name: string;
  /** @param cell a number, NaN where it is missing; or a class's code, below 0 where it is missing */
  of(cell: number): number;
}

/** One number a row inside a longer array. */
export interface Strided {
  readonly values: Numbers<'float64'> | Numbers<'float32'>;
  readonly stride: number;
  readonly offset: number;
}

export interface Spread {
  readonly count: number; // values that are not missing
  readonly mean: number;
  readonly standardDeviation: number; // of the population, as scikit-learn's StandardScaler has it
}

const mostLevels = 50;

/** Mean and standard deviation over the rows that have a value (two passes, for accuracy). */
export function spreadOf({ values, stride, offset }: Strided, rows: ArrayLike<number>): Spread {
  const [spread] = spreads(1, (visit) => visitRows<'float64' | 'float32'>(values, stride, rows, (all, at) => visit(all, at + offset)));
  return spread ?? { count: 0, mean: 0, standardDeviation: 0 };
}

/** The spread of every number of a row. @param size numbers of a row */
export function spreadsOf(values: Strided['values'], size: number, rows: ArrayLike<number>): readonly Spread[] {
  return spreads(size, (visit) => visitRows<'float64' | 'float32'>(values, size, rows, visit));
}

/** The spread of every channel of pictures. @param size numbers of a picture, its channels side by side */
export function channelSpreads(values: Strided['values'], size: number, channels: number, rows: ArrayLike<number>): readonly Spread[] {
  return spreads(channels, (visit) =>
    visitRows<'float64' | 'float32'>(values, size, rows, (all, start) => {
      for (let pixel = start; pixel < start + size; pixel += channels) visit(all, pixel);
    }),
  );
}

/** The standardised number, 0 where it is missing, and a 0/1 mark of missing values when a training row lacks one. Constant columns give no feature of their
 *  own. @param total training rows */
export function numberFeatures(name: string, { count, mean, standardDeviation }: Spread, total: number): Feature[] {
  const features: Feature[] = [];
  if (standardDeviation > 0) features.push({ name, of: (cell) => (Number.isNaN(cell) ? 0 : (cell - mean) / standardDeviation) });
  if (count > 0 && count < total) features.push(missingFeature(name, (cell) => Number.isNaN(cell)));
  return features;
}

/** One 0/1 feature for each class of the training rows, the 50 commonest at most and one for all others; none when they have a single class. */
export function classFeatures(column: ClassColumn, trainRows: Int32Array): Feature[] {
  const counts = classCounts(column, trainRows);
  const seen = Array.from(counts.keys()).filter((code) => (counts[code] ?? 0) > 0);
  const present = counts.reduce((sum, count) => sum + count, 0);
  const features: Feature[] = [];
  if (seen.length > 1) {
    const common = seen.toSorted((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b).slice(0, mostLevels);
    const kept = new Set(common);
    for (const level of seen)
      if (kept.has(level)) features.push({ name: `${column.name}=${column.classes[level] ?? ''}`, of: (cell) => (cell === level ? 1 : 0) });
    if (seen.length > mostLevels) features.push({ name: `${column.name}=(other)`, of: (cell) => (cell >= 0 && !kept.has(cell) ? 1 : 0) });
  }
  if (present > 0 && present < trainRows.length) features.push(missingFeature(column.name, (cell) => cell < 0));
  return features;
}

type Visit = (values: ArrayLike<number>, start: number) => void;

/** @param width numbers that stand side by side   @param pass calls what it is given for every such group, in order, the same each time */
function spreads(width: number, pass: (visit: Visit) => void): Spread[] {
  const [counts, sums, squares] = [new Float64Array(width), new Float64Array(width), new Float64Array(width)];
  const lowest = new Float64Array(width).fill(Infinity);
  const highest = new Float64Array(width).fill(-Infinity);
  pass((values, start) => {
    for (let at = 0; at < width; at++) {
      const value = values[start + at] ?? NaN;
      if (Number.isNaN(value)) continue;
      counts[at] = (counts[at] ?? 0) + 1;
      sums[at] = (sums[at] ?? 0) + value;
      if (value < (lowest[at] ?? 0)) lowest[at] = value;
      if (value > (highest[at] ?? 0)) highest[at] = value;
    }
  });
  const means = sums.map((sum, at) => sum / (counts[at] ?? 1));
  pass((values, start) => {
    for (let at = 0; at < width; at++) {
      const value = values[start + at] ?? NaN;
      if (!Number.isNaN(value)) squares[at] = (squares[at] ?? 0) + (value - (means[at] ?? 0)) ** 2;
    }
  });
  return Array.from(counts, (count, at) => {
    if (count === 0) return { count, mean: 0, standardDeviation: 0 };
    // Exactly 0 for a constant, where rounding of the mean would leave a trace
    if (lowest[at] === highest[at]) return { count, mean: lowest[at] ?? 0, standardDeviation: 0 };
    return { count, mean: means[at] ?? 0, standardDeviation: Math.sqrt((squares[at] ?? 0) / count) };
  });
}

export function missingFeature(name: string, isMissing: (cell: number) => boolean): Feature {
  return { name: `${name} is missing`, of: (cell) => (isMissing(cell) ? 1 : 0) };
}
