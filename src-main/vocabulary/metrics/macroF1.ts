import { mean, most, occurring, ratios, total, type ClassMetric } from './metric.ts';

export const macroF1 = {
  id: 'macro-f1',
  kind: 'classification',
  countsRows: true,
  title: 'macro F1',
  help: 'The mean F1 of the classes that have a row or a prediction; 0 for a class that is never right.',
  better: 'higher',
  unit: 'share',
  margin: { fixed: 0.005 },
  source: "scikit-learn's f1_score, average='macro'",
  of: ({ right, labelled, predicted }) =>
    mean(
      ratios(
        right.map((count) => 2 * count),
        labelled.map((count, k) => count + (predicted[k] ?? 0)),
      ),
    ),
  chance: (labelled) => (2 * most(labelled)) / (total(labelled) + most(labelled)) / occurring(labelled), // the most frequent class; F1 is 0 for the others
} as const satisfies ClassMetric;
