import { leastDeviation, type NumberMetric } from './metric.ts';

export const mae = {
  id: 'mae',
  kind: 'regression',
  countsRows: false,
  title: 'MAE',
  help: 'The mean absolute error, in the unit of the target.',
  better: 'lower',
  unit: 'target',
  margin: { ofSpread: 0.01 },
  source: "scikit-learn's mean_absolute_error",
  of: (rows) => rows.reduce((sum, { error }) => sum + Math.abs(error), 0) / rows.length,
  /** The mean deviation from the median. */
  chance: ({ rows, values, counts }) => leastDeviation(values, counts) / rows,
} as const satisfies NumberMetric;
