/** Learning curves of the main validation metric, one mean line an arm, one faint line a run. */
import { armLines, fewestForInterval, type ArmRuns } from '../../charts/index.ts';
import type { LineChartBlock, LineSeries, ReportBlock } from '../../contract/blocks.ts';
import type { ReportInput } from '../../contract/results.ts';
import { armNumber, finishedRuns, orderedArms, seriesOf } from '../arms.ts';
import { lineSeries } from '../lineSeries.ts';
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

/** A recorded series of every arm.
 *  @param scale from stored values to shown ones */
export function armSeries(
  input: ReportInput,
  name: string,
  scale: number,
  options: Pick<ArmRuns, 'isDashed' | 'part'> & { readonly hasRuns?: boolean } = {},
): LineSeries[] {
  const { hasRuns = true, ...look } = options;
  const lines = armLines(runsOf(input, name, scale).map((arm) => ({ ...arm, ...look })));
  return lines.filter(({ role }) => hasRuns || role === 'main').map(lineSeries);
}

/** What the runs of every arm recorded under a name, in shown values. */
export function runsOf(input: ReportInput, name: string, scale = 1): ArmRuns[] {
  return orderedArms(input.experiment).map((arm) => ({
    group: arm.id,
    title: arm.title,
    arm: armNumber(input.experiment, arm.id),
    runs: seriesOf(input, arm, name).map(({ run, series }) => ({ seed: run.seed, xs: series.steps, ys: series.values.map((value) => value * scale) })),
  }));
}

function range(epochs: readonly number[]): string {
  const low = Math.min(...epochs);
  const high = Math.max(...epochs);
  if (!Number.isFinite(low)) return missing;
  return low === high ? formatNumber(low, 0) : `${formatNumber(low, 0)} to ${formatNumber(high, 0)}`;
}
