/** Numbers and names as a reader wants them: metrics in their natural unit, differences signed so that plus is better. */
import { digitsFor, formatNumber, missing, plainNumber } from '../charts/index.ts';
import type { NumberStyle } from '../contract/blocks.ts';
import type { ExperimentDocument, MetricId, Verdict } from '../contract/results.ts';
import { metricOf, type Metric } from '../vocabulary/metrics/index.ts';

export { digitsFor, formatNumber, formatStyled, missing, plainNumber } from '../charts/index.ts';

interface MetricWords {
  readonly name: string;
  readonly scale: number; // from the stored number to the shown one
  readonly unit: string; // of a value
  readonly differenceUnit: string; // after a number in a sentence
  readonly axisUnit: string;
}

/** How numbers of a unit are spoken of. Shares are shown in percent and their differences in percentage points. */
const units: Readonly<Record<Metric['unit'], Omit<MetricWords, 'name'>>> = {
  share: { scale: 100, unit: '%', differenceUnit: 'percentage points', axisUnit: '%' },
  nats: { scale: 1, unit: '', differenceUnit: '', axisUnit: 'nats' },
  target: { scale: 1, unit: '', differenceUnit: '', axisUnit: '' },
  none: { scale: 1, unit: '', differenceUnit: '', axisUnit: '' },
};

export function metricWords(metric: MetricId | 'loss'): MetricWords {
  if (metric === 'loss') return { ...units.none, name: 'loss' };
  const { title, unit } = metricOf(metric);
  return { ...units[unit], name: title };
}

/** The main metric of an experiment: its names, its decimals, and the styles in which its values and differences are shown. */
export interface MainMetric extends MetricWords {
  readonly id: MetricId;
  readonly valueStyle: NumberStyle;
  readonly differenceStyle: NumberStyle;
  readonly margin: number; // shown scale
}

export function mainMetric(experiment: ExperimentDocument): MainMetric {
  const words = metricWords(experiment.metric);
  // the spread says how many figures mean something; a mean that happens to lie near zero does not ask for more
  const sizes = experiment.comparisons.map(({ difference, standardDeviation }) => (standardDeviation > 0 ? standardDeviation : Math.abs(difference.mean)));
  const size = Math.min(...[...sizes, experiment.margin].filter((value) => value > 0 && Number.isFinite(value)).map((value) => value * words.scale));
  const usual = words.unit === '%' ? Math.min(2, Math.max(1, digitsFor(size) - 1)) : Math.min(5, Math.max(2, digitsFor(size)));
  // one more where a bound would be shown as 0 and hide on which side of zero it lies
  const bounds = experiment.comparisons.flatMap(({ difference }) => [difference.low, difference.high]).map((value) => Math.abs(value * words.scale));
  const digits = bounds.some((value) => value > 0 && value < 0.5 * 10 ** -usual) ? usual + 1 : usual;
  return {
    ...words,
    id: experiment.metric,
    margin: experiment.margin * words.scale,
    valueStyle: { digits, unit: words.unit },
    differenceStyle: { digits, unit: words.unit === '%' ? 'points' : '', signed: true },
  };
}

/** '1.4 percentage points', '0.21'. */
export function amount(value: number, metric: MainMetric): string {
  const text = formatNumber(Math.abs(value), metric.differenceStyle.digits);
  return metric.differenceUnit === '' ? text : `${text} ${metric.differenceUnit}`;
}

/** The margin as the user gave it: '0.5 percentage points'. */
export function marginAmount(metric: MainMetric): string {
  return metric.differenceUnit === '' ? plainNumber(metric.margin) : `${plainNumber(metric.margin)} ${metric.differenceUnit}`;
}

export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined || !Number.isFinite(ms)) return missing;
  if (ms < 1000) return `${formatNumber(ms, 0)} ms`;
  const seconds = ms / 1000;
  if (seconds < 60) return `${formatNumber(seconds, 1)} s`;
  const minutes = Math.round(seconds / 60);
  if (seconds < 600) return `${Math.floor(Math.round(seconds) / 60)} min ${Math.round(seconds) % 60} s`;
  if (minutes < 60) return `${minutes} min`;
  return `${formatNumber(Math.floor(minutes / 60), 0)} h ${minutes % 60} min`;
}

export function verdictWord(verdict: Verdict): string {
  switch (verdict) {
    case 'helps':
      return 'Helps';
    case 'hurts':
      return 'Hurts';
    case 'no-real-difference':
      return 'No real difference';
    case 'probably-helps':
      return 'Probably helps';
    case 'probably-hurts':
      return 'Probably hurts';
    case 'inconclusive':
      return 'Inconclusive';
    case 'too-early':
      return 'Too early to tell';
    default:
      return verdict satisfies never;
  }
}

/** '1 pair', '6 pairs'. */
export function counted(count: number, noun: string): string {
  return `${formatNumber(count, 0)} ${noun}${count === 1 ? '' : 's'}`;
}

/** 'a', 'a and b', 'a, b and c'. */
export function joined(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}

/** A p value to two figures, never as a bare 0. */
export function formatP(p: number | null): string {
  if (p === null || !Number.isFinite(p)) return missing;
  return p < 0.0001 ? '< 0.0001' : formatNumber(p, p < 0.01 ? 4 : p < 0.1 ? 3 : 2);
}
