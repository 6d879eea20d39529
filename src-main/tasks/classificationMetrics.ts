/** Counts over logits in double precision, of which the metrics of classification are made. */
import type { Metrics } from '../contract/results.ts';
import { classMetrics } from '../vocabulary/metrics/index.ts';

export interface LossTerms {
  readonly weights: Float64Array; // of each class
  readonly on: number; // label of the row's class
  readonly off: number; // label of every other class
  readonly ofRow: (crossEntropy: number) => number; // the loss of a row, from its cross-entropy with these labels
}

/** @param codes class of each row, -1 when it is missing     @param logits [rows, classes], row-major
 *  @returns every metric of classification, and the loss as it is trained; {} when no row has a label.  The first of equal logits is the prediction. */
export function classificationMetrics(codes: Int32Array, logits: Float32Array, { weights, on, off, ofRow }: LossTerms): Metrics {
  const classes = weights.length;
  if (logits.length !== codes.length * classes) throw new RangeError(`Expected ${codes.length} x ${classes} outputs. Received: ${logits.length}`);
  const labelled = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  const right = new Float64Array(classes);
  let rows = 0;
  let logLoss = 0;
  let loss = 0;
  let weightSum = 0;
  codes.forEach((code, row) => {
    if (code < 0) return;
    const values = logits.subarray(row * classes, (row + 1) * classes);
    const guess = argMax(values);
    rows += 1;
    add(labelled, code, 1);
    add(predicted, guess, 1);
    if (guess === code) add(right, code, 1);
    const { logSum, sum } = logSumExp(values);
    const own = logSum - (values[code] ?? NaN); // -log p of the row's class
    const weight = weights[code] ?? 0;
    logLoss += own;
    loss += weight * ofRow((on - off) * own + off * (classes * logSum - sum));
    weightSum += weight;
  });
  if (rows === 0) return {};
  const counts = { rows, labelled, predicted, right, logLoss };
  const values = classMetrics.map((metric) => [metric.id, metric.of(counts)] as const);
  return { ...Object.fromEntries(values), loss: weightSum === 0 ? 0 : loss / weightSum };
}

/** Recall of each class, [classes]; null for a class without a labelled row.  @param codes and logits as above */
export function classRecall(codes: Int32Array, logits: Float32Array, classes: number): (number | null)[] {
  const labelled = new Float64Array(classes);
  const right = new Float64Array(classes);
  codes.forEach((code, row) => {
    if (code < 0) return;
    add(labelled, code, 1);
    if (argMax(logits.subarray(row * classes, (row + 1) * classes)) === code) add(right, code, 1);
  });
  return Array.from(labelled, (count, k) => (count === 0 ? null : (right[k] ?? 0) / count));
}

/** Position of the largest value, the first of equals. */
function argMax(values: ArrayLike<number>): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if ((values[k] ?? NaN) > (values[best] ?? NaN)) best = k;
  return best;
}

/** log(sum(exp(values))) without overflow, and the plain sum. */
function logSumExp(values: Float32Array): { logSum: number; sum: number } {
  let largest = -Infinity;
  for (const value of values) largest = Math.max(largest, value);
  let exponentials = 0;
  let sum = 0;
  for (const value of values) {
    exponentials += Math.exp(value - largest);
    sum += value;
  }
  return { logSum: largest + Math.log(exponentials), sum };
}

function add(counts: Float64Array, k: number, amount: number): void {
  counts[k] = (counts[k] ?? 0) + amount;
}
