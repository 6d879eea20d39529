/** Learning curves of the main validation metric, one mean line an arm, one faint line a run. */
import { fewestForInterval } from '../../charts/index.ts';
import type { LineChartBlock, LineSeries, ReportBlock } from '../../contract/blocks.ts';
import type { ReportInput } from '../../contract/results.ts';
import { finishedRuns, orderedArms } from '../arms.ts';
import { armSeries } from '../armSeries.ts';
import type { Section } from '../section.ts';
import { formatNumber, formatStyled, mainMetric, missing } from '../words.ts';

export const curvesSection: Section = {
  id: 'curves',
  title: 'Learning curves',
  appliesTo: (input) => curves(input).length > 0,
  blocks(input) {
    const { experiment } = input;
    const metric = mainMetric(experiment);
    const ends = orderedArms(experiment).flatMap((arm) => {
      const epochs = finishedRuns(arm).flatMap(({ selectedEpoch }) => (selectedEpoch === null ? [] : [selectedEpoch]));
      return epochs.length === 0 ? [] : [`${arm.title} ${range(epochs)}`];
    });
    const series = curves(input);
    const chart: LineChartBlock = {
      kind: 'line-chart',
      title: `Validation ${metric.name} by epoch`,
      description: series
        .filter(({ role }) => role === 'main')
        .map(({ label, points }) => `${label} ends at ${formatStyled(points.at(-1)?.[1], metric.valueStyle)}.`)
        .join(' '),
      note: `Bold: mean over the runs. Shaded: its 95 % interval, from ${fewestForInterval} runs on. Faint: single runs. Nothing is smoothed.`,
      x: 'Epoch',
      xDigits: 0,
      y: `Validation ${metric.name}${metric.axisUnit === '' ? '' : ` (${metric.axisUnit})`}`,
      style: metric.valueStyle,
      series,
    };
    const blocks: ReportBlock[] = [chart];
    const late = lateHalf(series);
    if (late !== null) blocks.push({ ...chart, title: `${chart.title}, second half enlarged`, series: late });
    if (ends.length > 0) blocks.push({ kind: 'text', quiet: true, paragraphs: [[`Selected epochs (counted from 0): ${ends.join('; ')}.`]] });
    return blocks;
  },
};

/** The second half of training, when the whole chart would squeeze it into less than a third of its height. */
function lateHalf(series: readonly LineSeries[]): LineSeries[] | null {
  const means = series.filter(({ role }) => role === 'main');
  const last = Math.max(...means.map(({ points }) => points.at(-1)?.[0] ?? 0));
  const height = (from: number): number => {
    const values = means.flatMap(({ points }) => points.filter(([x]) => x >= from).map(([, y]) => y));
    return Math.max(...values) - Math.min(...values);
  };
  if (last < 6 || !(height(last / 2) < height(0) / 3)) return null;
  return series.map((line) => ({
    ...line,
    points: line.points.filter(([x]) => x >= last / 2),
    ...(line.band === undefined ? {} : { band: line.band.filter(([x]) => x >= last / 2) }),
  }));
}

function curves(input: ReportInput): LineSeries[] {
  const metric = mainMetric(input.experiment);
  return armSeries(input, `validation/main/${metric.id}`, metric.scale);
}

function range(epochs: readonly number[]): string {
  const low = Math.min(...epochs);
  const high = Math.max(...epochs);
  if (!Number.isFinite(low)) return missing;
  return low === high ? formatNumber(low, 0) : `${formatNumber(low, 0)} to ${formatNumber(high, 0)}`;
}
