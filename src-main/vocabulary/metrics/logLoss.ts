import type { ClassMetric } from './metric.ts';

export const logLoss = {
  id: 'log-loss',
  kind: 'classification',
  title: 'log loss',
  help: 'Cross-entropy of the classes, without class weights and smoothing: it punishes being surely wrong.',
  better: 'lower',
  unit: 'nats',
  margin: { fixed: 0.005 },
  source: "scikit-learn's log_loss",
  of: ({ logLoss: sum, rows }) => sum / rows,
} as const satisfies ClassMetric;
