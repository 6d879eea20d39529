import { most, total, type ClassMetric } from './metric.ts';

export const accuracy = {
  id: 'accuracy',
  kind: 'classification',
  countsRows: true,
  title: 'accuracy',
  help: 'The share of rows whose class is right.',
  better: 'higher',
  unit: 'share',
  margin: { fixed: 0.005 },
  source: "scikit-learn's accuracy_score",
  of: ({ right, rows }) => total(right) / rows,
  chance: (labelled) => most(labelled) / total(labelled), // the most frequent class
} as const satisfies ClassMetric;
