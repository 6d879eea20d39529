/** Undoes what JSON does to numbers: a figure that is not finite travels as null and is NaN again here, as the report's own code expects. */
import type { ExperimentDetail, Line } from '../../src-main/contract/calls.ts';
import type { ComparisonDocument, ExperimentDocument, RunDocument, Series, TaskMetrics } from '../../src-main/contract/results.ts';

const number = (value: number | null): number => value ?? NaN;

export function revived(detail: ExperimentDetail): ExperimentDocument {
  return {
    ...detail,
    arms: detail.arms.map((arm) => ({ ...arm, runs: arm.runs.map(run) })),
    comparisons: detail.comparisons.map(comparison),
  };
}

function run(given: ExperimentDetail['arms'][number]['runs'][number]): RunDocument {
  return { ...given, wallMs: given.wallMs ?? 0, train: metrics(given.train), validation: metrics(given.validation), test: metrics(given.test) };
}

function metrics(given: Readonly<Record<string, Readonly<Record<string, number | null>>>>): TaskMetrics {
  return Object.fromEntries(
    Object.entries(given).map(([task, values]) => [task, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, number(value)]))]),
  );
}

function comparison(given: ExperimentDetail['comparisons'][number]): ComparisonDocument {
  const { difference, gap } = given;
  return {
    ...given,
    difference: { mean: number(difference.mean), low: number(difference.low), high: number(difference.high), pairs: difference.pairs },
    differences: given.differences.map(({ seed, baseline, auxiliary, difference: value }) => ({
      seed,
      baseline: number(baseline),
      auxiliary: number(auxiliary),
      difference: number(value),
    })),
    standardDeviation: number(given.standardDeviation),
    adjusted: { low: number(given.adjusted.low), high: number(given.adjusted.high), p: given.adjusted.p },
    gap: gap === null ? null : { baseline: number(gap.baseline), auxiliary: number(gap.auxiliary), difference: number(gap.difference) },
    validationDifference: number(given.validationDifference),
  };
}

/** run -> its series, as the report's sections want them. */
export function seriesByRun(lines: readonly Line[]): ReadonlyMap<string, readonly Series[]> {
  const byRun = new Map<string, Series[]>();
  for (const { run: id, name, steps, values } of lines) {
    const series = { name, steps, values };
    const known = byRun.get(id);
    if (known === undefined) byRun.set(id, [series]);
    else known.push(series);
  }
  return byRun;
}
