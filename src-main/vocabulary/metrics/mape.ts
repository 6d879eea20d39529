import { leastDeviation, type NumberMetric } from './metric.ts';

export const mape = {
  id: 'mape',
  kind: 'regression',
  countsRows: false,
  title: 'MAPE',
  help: 'The mean absolute error as a share of the actual value: of use only where no actual value is near 0.',
  better: 'lower',
  unit: 'share',
  margin: { fixed: 0.005 },
  source: "scikit-learn's mean_absolute_percentage_error, which divides by at least 2.2e-16",
  of: (rows) => rows.reduce((sum, { actual, error }) => sum + Math.abs(error) / size(actual), 0) / rows.length,
  /** As of the mean absolute error, with every row weighted by 1 / its actual value. */
  chance: ({ rows, values, counts }) => {
    const weights = new Float64Array(values.length);
    for (let k = 0; k < weights.length; k++) weights[k] = (counts[k] ?? 0) / size(values[k] ?? NaN);
    return leastDeviation(values, weights) / rows;
  },
  doubt: (values) => {
    let [smallest, largest] = [Infinity, 0];
    for (const value of Array.from(values, Math.abs)) if (!Number.isNaN(value)) [smallest, largest] = [Math.min(smallest, value), Math.max(largest, value)];
    if (smallest > 0.001 * largest) return null;
    return `has values near 0 (${Number(smallest.toPrecision(3))}), where a percentage error has no meaning and a few rows decide MAPE.`;
  },
} as const satisfies NumberMetric;

function size(actual: number): number {
  return Math.max(Math.abs(actual), Number.EPSILON);
}
