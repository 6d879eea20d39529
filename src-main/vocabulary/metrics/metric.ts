/** A metric as data: everything that plans, reports, the window and the verdict ask about it, and how it is computed in plain numbers. */
interface MetricWords {
  readonly id: string;
  readonly title: string; // in the middle of a sentence: 'balanced accuracy'
  readonly help: string;
  readonly better: 'higher' | 'lower';
  readonly unit: 'share' | 'nats' | 'target' | 'none'; // target: the main target's own unit
  readonly margin: { readonly fixed: number } | { readonly ofSpread: number }; // usual gain worth having: a number, or a share of the target's spread
  readonly source: string;
}

/** Counts over the rows with a label. */
export interface ClassCounts {
  readonly rows: number; // at least 1
  readonly labelled: Float64Array; // [classes], rows of each class
  readonly predicted: Float64Array; // [classes], rows taken for each class
  readonly right: Float64Array; // [classes], rows of each class taken for it
  readonly logLoss: number; // sum of -log p of each row's class, in nats
}

export interface Residual {
  readonly actual: number;
  readonly error: number; // predicted minus actual, in the target's own unit
}

/** The values of a number target without their rows. */
export interface ValueCounts {
  readonly rows: number; // at least 1
  readonly values: ArrayLike<number>; // those that occur, ascending
  readonly counts: ArrayLike<number>; // rows of each value
}

export interface ClassMetric extends MetricWords {
  readonly kind: 'classification';
  readonly countsRows: boolean; // made of right and wrong rows alone, so that it moves by whole rows of the test split
  of(counts: ClassCounts): number;
  /** What the best single answer reaches, the same for every row: a class or, for probabilities, the shares of the classes, as scikit-learn's DummyClassifier
   *  gives them by its strategy "prior".  @param labelled [classes], rows of each class, at least one row */
  chance(labelled: ArrayLike<number>): number;
}

export interface NumberMetric extends MetricWords {
  readonly kind: 'regression';
  readonly countsRows: false;
  /** @param rows those with a label, at least one     @returns null where the metric has no value */
  of(rows: readonly Residual[]): number | null;
  /** What the best single answer reaches, the same for every row, as scikit-learn's DummyRegressor gives it. */
  chance(target: ValueCounts): number;
  /** Why it says little about a target with these values, after the name of the target; null where it does. */
  doubt?(values: ArrayLike<number>): string | null;
}

/** numerator / denominator of the classes whose denominator is not 0. */
export function ratios(numerators: Float64Array, denominators: Float64Array): number[] {
  return Array.from(numerators, (numerator, k) => numerator / (denominators[k] ?? 0)).filter((_, k) => denominators[k] !== 0);
}

export function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k] ?? 0;
  return sum;
}

export function mean(values: readonly number[]): number {
  return total(values) / values.length;
}

/** Classes that have a row. */
export function occurring(labelled: ArrayLike<number>): number {
  let classes = 0;
  for (let k = 0; k < labelled.length; k++) if ((labelled[k] ?? 0) > 0) classes += 1;
  return classes;
}

/** Rows of the most frequent class. */
export function most(labelled: ArrayLike<number>): number {
  let rows = 0;
  for (let k = 0; k < labelled.length; k++) rows = Math.max(rows, labelled[k] ?? 0);
  return rows;
}

/** The mean of the target's values over its rows. */
export function meanOf({ rows, values, counts }: ValueCounts): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += (counts[k] ?? 0) * (values[k] ?? NaN);
  return sum / rows;
}

/** The least weighted sum of absolute errors of any answer that is the same for every row. It is that of the weighted median, below and above which lies at
 *  most half of the weight.
 *  @param weights [values], of all rows with each value together */
export function leastDeviation(values: ArrayLike<number>, weights: ArrayLike<number>): number {
  const half = total(weights) / 2;
  let [at, below] = [0, weights[0] ?? 0];
  while (below < half && at < values.length - 1) below += weights[++at] ?? 0;
  const centre = values[at] ?? NaN;
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += (weights[k] ?? 0) * Math.abs((values[k] ?? NaN) - centre);
  return sum;
}
