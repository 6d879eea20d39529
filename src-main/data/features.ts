/** Features of a table, each a number a row. Numbers are standardised, classes become one feature a level, missing values are marked. */
import { classCounts } from './columns.ts';
import type { ClassColumn } from './columns.ts';

export interface Feature {
  readonly name: string;
  valueOf(row: number): number;
}

/** One number a row inside a longer array. */
export interface Strided {
  readonly values: Float64Array | Float32Array;
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
  let count = 0;
  let sum = 0;
  let lowest = Infinity;
  let highest = -Infinity;
  for (let i = 0; i < rows.length; i++) {
    const value = values[(rows[i] ?? 0) * stride + offset] ?? NaN;
    if (Number.isNaN(value)) continue;
    count += 1;
    sum += value;
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
  }
  if (count === 0) return { count, mean: 0, standardDeviation: 0 };
  if (lowest === highest) return { count, mean: lowest, standardDeviation: 0 }; // exactly 0, where rounding of the mean would leave a trace
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < rows.length; i++) {
    const value = values[(rows[i] ?? 0) * stride + offset] ?? NaN;
    if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  }
  return { count, mean, standardDeviation: Math.sqrt(squares / count) };
}

/** The standardised number, 0 where it is missing, and a 0/1 mark of missing values when a training row lacks one. Constant columns give no feature of their
 *  own. */
export function numberFeatures(name: string, source: Strided, trainRows: Int32Array): Feature[] {
  const { count, mean, standardDeviation } = spreadOf(source, trainRows);
  const { values, stride, offset } = source;
  const features: Feature[] = [];
  if (standardDeviation > 0) {
    features.push({
      name,
      valueOf(row) {
        const value = values[row * stride + offset] ?? NaN;
        return Number.isNaN(value) ? 0 : (value - mean) / standardDeviation;
      },
    });
  }
  if (count > 0 && count < trainRows.length) features.push(missingFeature(name, (row) => Number.isNaN(values[row * stride + offset] ?? NaN)));
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
      if (kept.has(level)) features.push({ name: `${column.name}=${column.classes[level] ?? ''}`, valueOf: (row) => (column.codes[row] === level ? 1 : 0) });
    if (seen.length > mostLevels)
      features.push({ name: `${column.name}=(other)`, valueOf: (row) => ((column.codes[row] ?? -1) >= 0 && !kept.has(column.codes[row] ?? -1) ? 1 : 0) });
  }
  if (present > 0 && present < trainRows.length) features.push(missingFeature(column.name, (row) => (column.codes[row] ?? -1) < 0));
  return features;
}

function missingFeature(name: string, isMissing: (row: number) => boolean): Feature {
  return { name: `${name} is missing`, valueOf: (row) => (isMissing(row) ? 1 : 0) };
}
