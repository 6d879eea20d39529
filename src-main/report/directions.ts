/** What the recorded gradients of an arm's runs come to. Diagnostics, never a verdict: a conflict of gradients does not tell whether a task helps
 *  (Mueller, Dredze and Andrews 2024, arXiv 2408.14677). */
import type { Series } from '../contract/results.ts';

/** Series by which a step is judged. */
export const stepSeries = { ratio: 'step-ratio', progress: 'main-progress' } as const;

const fewestLooks = 3;
const sustainedShare = 0.1; // of a run's looks, in one stretch
const standingStill = 0.05; // of the progress that the main gradient alone would make

/** The middle value; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length === 0) return NaN;
  return sorted.length % 2 === 1 ? (sorted[half] ?? NaN) : ((sorted[half - 1] ?? NaN) + (sorted[half] ?? NaN)) / 2;
}

/** Share of the values for which a claim holds; NaN of nothing. */
export function shareOf(values: readonly number[], holds: (value: number) => boolean): number {
  const known = values.filter(Number.isFinite);
  return known.length === 0 ? NaN : known.filter(holds).length / known.length;
}

/** The longest stretch of looks in a row for which a claim holds, when it is long enough to count. */
function sustained(series: Series, holds: (value: number) => boolean): { readonly from: number; readonly to: number } | null {
  let best: { from: number; to: number; length: number } | null = null;
  let length = 0;
  series.values.forEach((value, i) => {
    length = holds(value) ? length + 1 : 0;
    if (length > (best?.length ?? 0)) best = { from: series.steps[i - length + 1] ?? 0, to: series.steps[i] ?? 0, length };
  });
  const longest = best as { from: number; to: number; length: number } | null; // assigned in the callback, which the compiler does not follow
  if (longest === null || longest.length < fewestLooks || longest.length < sustainedShare * series.values.length) return null;
  return { from: longest.from, to: longest.to };
}

/** Sentences about an arm whose steps went against the main task, or stood still, for a time that counts.
 *  @param runs the series of each run of the arm */
export function directionWarnings(title: string, runs: readonly (readonly Series[])[]): string[] {
  const stretches = (name: string, holds: (value: number) => boolean) =>
    runs.flatMap((series) => {
      const found = series.find((candidate) => candidate.name === name);
      return found === undefined ? [] : (sustained(found, holds) ?? []);
    });
  const ascending = stretches(stepSeries.progress, (value) => value < 0);
  const still = stretches(stepSeries.progress, (value) => value >= 0 && value < standingStill);
  const where = (list: readonly { readonly from: number; readonly to: number }[]): string => {
    const [first] = list;
    return `in ${list.length} of ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, for instance from step ${first?.from ?? 0} to ${first?.to ?? 0}`;
  };
  return [
    ...(ascending.length > 0
      ? [`${title}: the steps went against the main gradient for a sustained time (${where(ascending)}), so to first order they raised the main training loss.`]
      : []),
    ...(still.length > 0
      ? [
          `${title}: for a sustained time (${where(still)}) the steps brought the main loss forward less ` +
            'than 5 % as fast as its own gradient would, so the main task nearly stood still. ' +
            'Methods that are ruled by the smallest gradient, such as mgda, do this beside a small auxiliary gradient.',
        ]
      : []),
  ];
}
