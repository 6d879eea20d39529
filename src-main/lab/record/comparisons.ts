/** Finished runs become comparisons: differences on the test split in the main metric, pair by pair, signed so that positive is better. */
import { mainTaskId } from '../../contract/identifiers.ts';
import type { ArmDocument, ComparisonDocument, MetricId, RunDocument, TaskMetrics } from '../../contract/results.ts';
import { isHigherBetter } from '../../contract/results.ts';
import { compareArms } from '../../stats/comparison.ts';
import { metricOf } from '../../vocabulary/metrics/index.ts';

export interface Pair {
  readonly seed: number;
  readonly baseline: RunDocument;
  readonly auxiliary: RunDocument;
}

interface ArmPairs {
  readonly arm: ArmDocument;
  readonly pairs: readonly Pair[]; // both runs finished, both metrics finite
  readonly failed: number; // pairs that can no longer be completed, or whose metric is not a number
}

/** What the arms are judged by. */
export interface JudgedBy {
  readonly metric: MetricId;
  readonly margin: number;
  readonly plannedPairs: number;
  readonly testRows: number; // with a label of the main task
}

/** One comparison an auxiliary arm, in their order. */
export function compare(arms: readonly ArmDocument[], { metric, margin, plannedPairs, testRows }: JudgedBy): ComparisonDocument[] {
  const baseline = arms.find(({ role }) => role === 'baseline');
  if (baseline === undefined) return [];
  const sign = isHigherBetter(metric) ? 1 : -1;
  const paired = arms.filter(({ role }) => role === 'auxiliary').map((arm) => pairsOf(baseline, arm, metric));
  const counted = metricOf(metric).countsRows ? testRows : null;
  const answers = compareArms(
    paired.map(({ pairs, failed }) => ({
      differences: pairs.map((pair) => sign * (value(pair.auxiliary.test, metric) - value(pair.baseline.test, metric))),
      plannedPairs,
      failedPairs: failed,
    })),
    margin,
    counted,
  );
  return paired.flatMap(({ arm, pairs }, at): ComparisonDocument[] => {
    const answer = answers[at];
    if (answer === undefined) return [];
    return [
      {
        arm: arm.id,
        ...answer,
        testRows: counted,
        differences: pairs.map(({ seed, baseline: without, auxiliary }) => {
          const before = value(without.test, metric);
          const after = value(auxiliary.test, metric);
          return { seed, baseline: before, auxiliary: after, difference: sign * (after - before) };
        }),
        overheadPercent: overhead(pairs),
        gap: gapOf(pairs, metric, sign),
        validationDifference: mean(
          pairs.map(({ baseline: without, auxiliary }) => sign * (value(auxiliary.validation, metric) - value(without.validation, metric))),
        ),
      },
    ];
  });
}

function pairsOf(baseline: ArmDocument, arm: ArmDocument, metric: MetricId): ArmPairs {
  const pairs: Pair[] = [];
  let failed = 0;
  for (const run of arm.runs) {
    const other = baseline.runs.find(({ seed }) => seed === run.seed);
    if (other === undefined) continue;
    const isFinished = run.status === 'finished' && other.status === 'finished';
    if (isFinished && Number.isFinite(value(run.test, metric)) && Number.isFinite(value(other.test, metric)))
      pairs.push({ seed: run.seed, baseline: other, auxiliary: run });
    else if (isFinished || run.status === 'failed' || other.status === 'failed') failed++;
  }
  return { arm, pairs, failed };
}

/** Median step time of the arm against the baseline's, in percent above it. */
function overhead(pairs: readonly Pair[]): number | null {
  const without = median(pairs.flatMap(({ baseline }) => baseline.stepMs ?? []));
  const withAuxiliary = median(pairs.flatMap(({ auxiliary }) => auxiliary.stepMs ?? []));
  return without === null || withAuxiliary === null || !(without > 0) ? null : (withAuxiliary / without - 1) * 100;
}

/** Train minus validation in the main metric, signed so that positive is more overfitting, averaged over the pairs. */
function gapOf(pairs: readonly Pair[], metric: MetricId, sign: number): ComparisonDocument['gap'] {
  const gap = (run: RunDocument): number => sign * (value(run.train, metric) - value(run.validation, metric));
  const baseline = mean(pairs.map((pair) => gap(pair.baseline)));
  const auxiliary = mean(pairs.map((pair) => gap(pair.auxiliary)));
  return Number.isFinite(baseline) && Number.isFinite(auxiliary) ? { baseline, auxiliary, difference: auxiliary - baseline } : null;
}

function value(metrics: TaskMetrics, metric: MetricId): number {
  return metrics[mainTaskId]?.[metric] ?? NaN;
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? NaN : values.reduce((sum, one) => sum + one, 0) / values.length;
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)];
  const low = sorted[Math.ceil(middle) - 1];
  return high === undefined || low === undefined ? null : (low + high) / 2;
}
