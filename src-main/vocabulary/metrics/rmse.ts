import { meanOf, type NumberMetric } from './metric.ts';

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
    const { rows, values, counts } = target;
    const centre = meanOf(target);
    let squares = 0;
    for (let k = 0; k < values.length; k++) squares += (counts[k] ?? 0) * ((values[k] ?? NaN) - centre) ** 2;
    return Math.sqrt(squares / rows);
  },
} as const satisfies NumberMetric;
