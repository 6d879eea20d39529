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

export interface ClassMetric extends MetricWords {
  readonly kind: 'classification';
  of(counts: ClassCounts): number;
}

export interface NumberMetric extends MetricWords {
  readonly kind: 'regression';
  /** @param rows those with a label, at least one     @returns null where the metric has no value */
  of(rows: readonly Residual[]): number | null;
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
