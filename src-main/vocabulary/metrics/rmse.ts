import { meanOver, type NumberMetric } from './metric.ts';

export const rmse = {
  id: 'rmse',
  kind: 'regression',
  countsRows: false,
  title: 'RMSE',
  help: 'The root of the mean squared error, in the unit of the target: large errors count most.',
  better: 'lower',
  unit: 'target',
  margin: { ofSpread: 0.01 },
  source: "scikit-learn's root_mean_squared_error",
  of: (rows) => Math.sqrt(rows.reduce((sum, { error }) => sum + error ** 2, 0) / rows.length),
  /** The standard deviation: the best answer is the mean. */
  chance: (target) => {
    const centre = meanOver(target, (value) => value);
    return Math.sqrt(meanOver(target, (value) => (value - centre) ** 2));
  },
} as const satisfies NumberMetric;
