import { total, type ClassMetric } from './metric.ts';

export const logLoss = {
  id: 'log-loss',
  kind: 'classification',
  countsRows: false,
  title: 'log loss',
  help: 'Cross-entropy of the classes, without class weights and smoothing: it punishes being surely wrong.',
  better: 'lower',
  unit: 'nats',
  margin: { fixed: 0.005 },
  source: "scikit-learn's log_loss",
  of: ({ logLoss: sum, rows }) => sum / rows,
  /** The entropy of the shares (Shannon 1948, section 6). */
  chance: (labelled) => {
    const rows = total(labelled);
    let [entropy, last, term] = [0, 0, 0];
    for (let k = 0; k < labelled.length; k++) {
      const count = labelled[k] ?? 0;
      if (count !== last) term = count > 0 ? (count / rows) * Math.log(count / rows) : 0; // of many values most have the same few rows
      last = count;
      entropy -= term;
    }
    return entropy;
  },
} as const satisfies ClassMetric;
