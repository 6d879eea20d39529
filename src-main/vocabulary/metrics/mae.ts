import { meanOver, weightedMedian, type NumberMetric } from './metric.ts';

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
  chance: (target) => {
    const centre = weightedMedian(target, () => 1);
    return meanOver(target, (value) => Math.abs(value - centre));
  },
} as const satisfies NumberMetric;
