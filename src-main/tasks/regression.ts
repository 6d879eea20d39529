/** Regression on the target standardised with the training rows' mean and standard deviation; metrics in the target's own unit. */
import type { Metrics } from '../contract/results.ts';
import type { EncodedTarget } from '../vocabulary/labels.ts';
import { numberMetrics } from '../vocabulary/metrics/index.ts';
import type { Residual } from '../vocabulary/metrics/metric.ts';
import { openLoss } from './loss.ts';
import type { Task, TaskKind } from './task.ts';

export type NumberTarget = Extract<EncodedTarget, { kind: 'regression' }>;

export const regression: TaskKind<NumberTarget> = {
  id: 'regression',
  open(target, options): Task {
    const loss = openLoss(options);
    const spread = target.standardDeviation > 0 ? target.standardDeviation : 1; // equal training values are only shifted
    return {
      outputs: 1,
      fill(rows, out) {
        out.labels.fill(0);
        out.rowWeights.fill(0);
        const values = Array.from(rows, (row) => valueOf(target, row));
        const labelled = values.filter((value) => !Number.isNaN(value)).length;
        values.forEach((value, b) => {
          if (Number.isNaN(value)) return;
          out.labels[b] = (value - target.mean) / spread;
          out.rowWeights[b] = 1 / labelled;
        });
      },
      loss(ops, output, labels, rowWeights) {
        const rowLoss = loss.ofRows(ops, ops.subtract(output, labels));
        return ops.sum(ops.multiply(ops.reshape(rowLoss, rowWeights.shape), rowWeights));
      },
      metrics(rows, outputs): Metrics {
        if (outputs.length !== rows.length) throw new RangeError(`Expected ${rows.length} x 1 outputs. Received: ${outputs.length}`);
        const labelled: Residual[] = [];
        for (let b = 0; b < rows.length; b++) {
          const actual = valueOf(target, rows[b] ?? -1);
          if (!Number.isNaN(actual)) labelled.push({ actual, error: (outputs[b] ?? NaN) * spread + target.mean - actual });
        }
        if (labelled.length === 0) return {};
        const sum = labelled.reduce((before, { error }) => before + loss.ofRow(error / spread), 0);
        const values = numberMetrics.map((metric) => [metric.id, metric.of(labelled)] as const).filter(([, value]) => value !== null);
        return { ...Object.fromEntries(values), loss: sum / labelled.length };
      },
    };
  },
};

function valueOf(target: NumberTarget, row: number): number {
  return row < 0 ? NaN : (target.values[row] ?? NaN);
}
