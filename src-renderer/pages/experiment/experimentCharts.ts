/** The line charts of an experiment: which recorded lines each of them shows, and in which words. Pure; live view and Compare draw the same ones. */
import { digitsFor, fewestForInterval, type LineChart } from '../../../src-main/charts/index.ts';
import type { Line as RecordedLine } from '../../../src-main/contract/calls.ts';
import type { ExperimentDocument } from '../../../src-main/contract/results.ts';
import { allAuxiliaryTasks, armNumber, orderedArms } from '../../../src-main/report/arms.ts';
import { mainMetric } from '../../../src-main/report/words.ts';
import { armChart, type ArmLabel, type ChartWords, type SeriesOfArms } from '../../charts/armChart.ts';
import { run as texts } from '../../texts/run.ts';

export type Recorded = ReadonlyMap<string, readonly RecordedLine[]>;

export interface SeriesPlan {
  readonly key: 'metric' | 'loss' | 'weight' | 'cosine' | 'norm' | 'ratio' | 'progress';
  readonly series: readonly { readonly name: string; readonly part: string; readonly isDashed: boolean }[];
  readonly words: ChartWords;
}

/** What can be drawn of an experiment, given what it recorded; the main validation metric first. */
export function seriesPlans(document: ExperimentDocument, names: readonly string[]): readonly SeriesPlan[] {
  const metric = mainMetric(document);
  const has = new Set(names);
  const tasks = ['main', ...allAuxiliaryTasks(document).map(({ id }) => id)];
  const of = (prefix: string, ids: readonly string[]): SeriesPlan['series'] =>
    ids.filter((id) => has.has(`${prefix}/${id}`)).map((id, i) => ({ name: `${prefix}/${id}`, part: ids.length > 1 ? texts.task(id) : '', isDashed: i > 0 }));
  const whole = (name: string): SeriesPlan['series'] => (has.has(name) ? [{ name, part: '', isDashed: false }] : []);
  const auxiliaries = tasks.slice(1);
  const plain = { digits: 3, unit: '' };
  const plans: SeriesPlan[] = [
    {
      key: 'metric',
      series: [{ name: `validation/main/${metric.id}`, part: '', isDashed: false }].filter(({ name }) => has.has(name)),
      words: {
        title: texts.metricChart(metric.name),
        x: texts.epoch,
        y: `Validation ${metric.name}${metric.axisUnit === '' ? '' : ` (${metric.axisUnit})`}`,
        style: { ...metric.valueStyle, digits: Math.max(1, metric.valueStyle.digits) },
        scale: metric.scale,
        note: texts.chartNote(fewestForInterval),
      },
    },
    { key: 'loss', series: of('loss', tasks), words: { title: texts.lossChart, x: texts.step, y: texts.loss, style: plain, scale: 1, note: texts.lossNote } },
    { key: 'weight', series: of('weight', auxiliaries), words: { title: texts.weightChart, x: texts.step, y: texts.weight, style: plain, scale: 1 } },
    {
      key: 'cosine',
      series: of('cosine', auxiliaries),
      words: { title: texts.cosineChart, x: texts.step, y: texts.cosine, style: { digits: 2, unit: '' }, scale: 1, note: texts.cosineNote },
    },
    {
      key: 'norm',
      series: of('gradient-norm', tasks),
      words: { title: texts.normChart, x: texts.step, y: texts.norm, style: { digits: 2, unit: '' }, scale: 1, logY: true },
    },
    {
      key: 'ratio',
      series: whole('step-ratio'),
      words: { title: texts.stepRatioChart, x: texts.step, y: texts.ratio, style: { digits: 2, unit: '' }, scale: 1, note: texts.stepRatioNote },
    },
    {
      key: 'progress',
      series: whole('main-progress'),
      words: { title: texts.progressChart, x: texts.step, y: texts.ratio, style: { digits: 2, unit: '' }, scale: 1, note: texts.progressNote },
    },
  ];
  return plans.filter(({ series }) => series.length > 0);
}

export function armLabels(document: ExperimentDocument): readonly ArmLabel[] {
  return orderedArms(document).map(({ id, title }) => ({ id, title, number: armNumber(document, id) }));
}

export function seriesOfPlan(plan: SeriesPlan, recorded: Recorded): readonly SeriesOfArms[] {
  return plan.series.flatMap(({ name, part, isDashed }) => {
    const lines = recorded.get(name);
    return lines === undefined || lines.length === 0 ? [] : [{ name, lines, part, isDashed }];
  });
}

/** @returns null while nothing of it has been read */
export function chartOf(document: ExperimentDocument, plan: SeriesPlan, recorded: Recorded): LineChart | null {
  const series = seriesOfPlan(plan, recorded);
  if (series.length === 0) return null;
  const raw = armChart(armLabels(document), series, plan.words);
  if (raw.lines.length === 0) return null;
  const chart = ['loss', 'weight', 'cosine'].includes(plan.key) ? { ...raw, canSmooth: true } : raw;
  if (plan.key !== 'loss' && plan.key !== 'weight') return chart;
  const largest = Math.max(...chart.lines.filter(({ role }) => role === 'main').map(({ ys }) => Math.abs(ys[ys.length - 1] ?? 0)));
  return { ...chart, style: { ...chart.style, digits: Math.min(4, Math.max(2, digitsFor(largest))) } };
}
