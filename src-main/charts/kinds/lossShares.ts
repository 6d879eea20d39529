/** Which share of the weighted loss each task has, over the steps: weight x loss of a task, of the sum over the tasks. Pure. */
import type { TableBlock } from '../../contract/blocks.ts';
import type { Line as RecordedLine } from '../../contract/calls.ts';
import { placeOfX } from '../lines/places.ts';
import { formatNumber } from '../numbers.ts';

export interface TaskLines {
  readonly id: string;
  readonly title: string;
  readonly weights: readonly RecordedLine[]; // one a run
  readonly losses: readonly RecordedLine[];
}

export interface LossShares {
  readonly xs: readonly number[]; // ascending
  readonly layers: readonly { readonly title: string; readonly shares: readonly number[] }[]; // of every x they add up to 1; the main task first
  readonly stretch: number; // steps that one x stands for; 1: every recorded step
  readonly hasNegative: boolean; // a negative product was counted as 0
}

const mostStretches = 120;

/** Every share is the mean over the runs that have one there. A run has none where a loss is not finite although it counts, or where nothing counts at all.
 *  @returns null without a step at which every task has both */
export function lossShares(tasks: readonly TaskLines[]): LossShares | null {
  const steps = [...new Set(tasks.flatMap(({ losses }) => losses.flatMap((line) => line.steps)))].sort((a, b) => a - b);
  const [first = 0, last = 0] = [steps[0], steps[steps.length - 1]];
  const stretch = steps.length <= mostStretches ? 1 : Math.ceil((last - first + 1) / mostStretches);
  const starts = stretch === 1 ? steps : Array.from({ length: Math.ceil((last - first + 1) / stretch) }, (_, i) => first + i * stretch);
  const runs = [...new Set(tasks.flatMap(({ losses }) => losses.map(({ run }) => run)))];
  const sums = starts.map(() => tasks.map(() => 0));
  const counts = starts.map(() => 0);
  let hasNegative = false;
  for (const run of runs) {
    const ways = tasks.map(({ weights, losses }) => ({ weights: weights.find((line) => line.run === run), losses: losses.find((line) => line.run === run) }));
    starts.forEach((from, i) => {
      const products = ways.map(({ weights, losses }) => product(weightOver(weights, from, from + stretch), meanOver(losses, from, from + stretch)));
      hasNegative ||= products.some((value) => value < 0);
      const kept = products.map((value) => Math.max(0, value)); // NaN stays NaN
      const total = kept.reduce((sum, value) => sum + value, 0);
      if (!(total > 0) || !Number.isFinite(total)) return;
      counts[i] = (counts[i] ?? 0) + 1;
      kept.forEach((value, k) => {
        const row = sums[i];
        if (row !== undefined) row[k] = (row[k] ?? 0) + value / total;
      });
    });
  }
  const places = starts.flatMap((_, i) => ((counts[i] ?? 0) > 0 ? [i] : []));
  if (places.length === 0) return null;
  return {
    xs: places.map((i) => (starts[i] ?? 0) + (stretch - 1) / 2),
    layers: tasks.map(({ title }, k) => ({ title, shares: places.map((i) => (sums[i]?.[k] ?? NaN) / (counts[i] ?? NaN)) })),
    stretch,
    hasNegative,
  };
}

/** What has no weight counts for nothing, whatever its loss. */
function product(weight: number, loss: number): number {
  return weight === 0 ? 0 : weight * loss;
}

/** Mean of the finite values recorded in [from, to). */
function meanOver(line: RecordedLine | undefined, from: number, to: number): number {
  if (line === undefined) return NaN;
  let [sum, count] = [0, 0];
  for (let i = placeOfX(line.steps, from); i < line.steps.length && (line.steps[i] ?? Infinity) < to; i++) {
    const value = line.values[i] ?? NaN;
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? NaN : sum / count;
}

/** A weight holds until another is recorded. */
function weightOver(line: RecordedLine | undefined, from: number, to: number): number {
  const mean = meanOver(line, from, to);
  if (Number.isFinite(mean) || line === undefined) return mean;
  return line.values[placeOfX(line.steps, from) - 1] ?? NaN;
}

const usualRows = 24;

export function tableOfShares({ xs, layers }: LossShares, title: string, x: string, mostRows = usualRows): TableBlock {
  const count = Math.min(xs.length, mostRows);
  const places = Array.from({ length: count }, (_, i) => (count < 2 ? 0 : Math.round((i * (xs.length - 1)) / (count - 1))));
  return {
    kind: 'table',
    caption: title,
    columns: [{ title: x, align: 'right' }, ...layers.map((layer) => ({ title: `${layer.title} (%)`, align: 'right' as const }))],
    rows: places.map((place) => [
      { text: formatNumber(xs[place], Number.isInteger(xs[place]) ? 0 : 1) },
      ...layers.map(({ shares }) => ({ text: formatNumber((shares[place] ?? NaN) * 100, 1) })),
    ]),
  };
}
