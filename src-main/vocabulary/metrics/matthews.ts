import { total, type ClassMetric } from './metric.ts';

export const matthews = {
  id: 'mcc',
  kind: 'classification',
  countsRows: true,
  title: 'Matthews correlation',
  help: 'The correlation of right and predicted classes: 0 for guessing however rare a class is, 1 without a mistake.',
  better: 'higher',
  unit: 'none',
  margin: { fixed: 0.01 },
  source: "Gorodkin 2004 (R_K); scikit-learn's matthews_corrcoef",
  /** (c s - p·t) / sqrt((s^2 - p·p) (s^2 - t·t)); 0 where all rows are or are taken for one class. */
  of: ({ rows, right, predicted, labelled }) => {
    const covariance = total(right) * rows - dot(predicted, labelled);
    const spread = Math.sqrt((rows ** 2 - dot(predicted, predicted)) * (rows ** 2 - dot(labelled, labelled)));
    return spread === 0 ? 0 : covariance / spread;
  },
  chance: () => 0,
} as const satisfies ClassMetric;

function dot(a: Float64Array, b: Float64Array): number {
  return total(a.map((value, k) => value * (b[k] ?? 0)));
}
