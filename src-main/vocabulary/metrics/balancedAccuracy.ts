import { mean, occurring, ratios, type ClassMetric } from './metric.ts';

export const balancedAccuracy = {
  id: 'balanced-accuracy',
  kind: 'classification',
  countsRows: true,
  title: 'balanced accuracy',
  help: 'The mean recall of the classes that have a row: a rare class counts as much as a frequent one.',
  better: 'higher',
  unit: 'share',
  margin: { fixed: 0.005 },
  source: "Brodersen et al. 2010; scikit-learn's balanced_accuracy_score",
  of: ({ right, labelled }) => mean(ratios(right, labelled)),
  chance: (labelled) => 1 / occurring(labelled), // one class is always right, the others never
} as const satisfies ClassMetric;
