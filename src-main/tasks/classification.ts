/** Classification: a loss of the softmax cross-entropy over the classes, with label smoothing and class weights. */
import type { Metrics } from '../contract/results.ts';
import type { EncodedTarget } from '../vocabulary/labels.ts';
import { classificationMetrics, classRecall } from './classificationMetrics.ts';
import { openLoss } from './loss.ts';
import type { Task, TaskKind, TaskOptions } from './task.ts';

export type ClassTarget = Extract<EncodedTarget, { kind: 'classification' }>;

export const classification: TaskKind<ClassTarget> = {
  id: 'classification',
  open(target, options, trainRows): Task {
    const loss = openLoss(options);
    const classes = target.classes.length;
    const weights = options.classWeights === 'balanced' ? balancedWeights(target, trainRows) : new Float64Array(classes).fill(1);
    const { on, off } = smoothedLabels(options, classes);
    return {
      outputs: classes,
      fill(rows, out) {
        out.labels.fill(0);
        out.rowWeights.fill(0);
        const codes = Array.from(rows, (row) => codeOf(target, row));
        const total = codes.reduce((sum, code) => sum + (weights[code] ?? 0), 0);
        codes.forEach((code, b) => {
          const weight = weights[code];
          if (weight === undefined || weight === 0) return;
          out.labels.fill(off, b * classes, (b + 1) * classes);
          out.labels[b * classes + code] = on;
          out.rowWeights[b] = weight / total;
        });
      },
      loss(ops, output, labels, rowWeights) {
        return ops.sum(ops.multiply(loss.ofRows(ops, ops.softmaxCrossEntropy(output, labels)), rowWeights));
      },
      metrics(rows, outputs): Metrics {
        return classificationMetrics(codesOf(target, rows), outputs, { weights, on, off, ofRow: (value) => loss.ofRow(value) });
      },
      classRecall(rows, outputs) {
        return classRecall(codesOf(target, rows), outputs, classes);
      },
    };
  },
};

/** n / (K n_k) for the K classes of the data set, n labelled training rows and n_k of them in class k (King & Zeng 2001; scikit-learn's "balanced").
 *  A class without a training row gets weight 0: it cannot occur in a training batch. */
export function balancedWeights(target: ClassTarget, trainRows: ArrayLike<number>): Float64Array {
  const counts = new Float64Array(target.classes.length);
  let labelled = 0;
  for (let at = 0; at < trainRows.length; at++) {
    const code = codeOf(target, trainRows[at] ?? -1);
    if (code < 0) continue;
    counts[code] = (counts[code] ?? 0) + 1;
    labelled += 1;
  }
  return counts.map((count) => (count === 0 ? 0 : labelled / (counts.length * count)));
}

/** (1 - s) on the class and s / K on every class (Szegedy et al. 2016, section 7). */
function smoothedLabels({ labelSmoothing }: TaskOptions, classes: number): { on: number; off: number } {
  const off = labelSmoothing / classes;
  return { on: 1 - labelSmoothing + off, off };
}

/** The codes of rows. There may be millions, of which a list of numbers would hold several copies. */
function codesOf(target: ClassTarget, rows: ArrayLike<number>): Int32Array {
  const codes = new Int32Array(rows.length);
  for (let at = 0; at < rows.length; at++) codes[at] = codeOf(target, rows[at] ?? -1);
  return codes;
}

function codeOf(target: ClassTarget, row: number): number {
  return row < 0 ? -1 : (target.codes[row] ?? -1);
}
