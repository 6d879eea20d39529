/** The mean absolute error. */
import type { NumberMetric } from './metric.ts';

export const mae = {
  id: 'mae',
  kind: 'regression',
  title: 'MAE',
  better: 'lower',
  unit: 'target',
  margin: { ofSpread: 0.01 },
  source: "scikit-learn's mean_absolute_error",
  of: (rows) => rows.reduce((sum, { error }) => sum + Math.abs(error), 0) / rows.length,
} as const satisfies NumberMetric;
