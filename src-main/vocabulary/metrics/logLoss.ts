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
    let entropy = 0;
    for (let k = 0; k < labelled.length; k++) {
      const share = (labelled[k] ?? 0) / rows;
      if (share > 0) entropy -= share * Math.log(share);
    }
    return entropy;
  },
} as const satisfies ClassMetric;
