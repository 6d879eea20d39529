import type { NumberMetric } from './metric.ts';

export const r2 = {
  id: 'r2',
  kind: 'regression',
  countsRows: false,
  title: 'R²',
  help: "The share of the target's variance that is predicted; without a value where the test rows are all equal.",
  better: 'higher',
  unit: 'none',
  margin: { fixed: 0.01 },
  source: "scikit-learn's r2_score",
  of: (rows) => {
    const centre = rows.reduce((sum, { actual }) => sum + actual, 0) / rows.length;
    const squared = rows.reduce((sum, { error }) => sum + error ** 2, 0);
    const deviations = rows.reduce((sum, { actual }) => sum + (actual - centre) ** 2, 0);
    return deviations > 0 ? 1 - squared / deviations : null;
  },
  chance: () => 0, // of the mean
} as const satisfies NumberMetric;
