/** Whether the auxiliary loss changed overfitting: the gap between training and validation in the main metric. */
import type { ReportBlock } from '../../contract/blocks.ts';
import type { ExperimentDocument, ReportInput } from '../../contract/results.ts';
import { armNumber, armTitle } from '../arms.ts';
import { armSeries } from '../armSeries.ts';
import type { Section } from '../section.ts';
import { formatNumber, formatStyled, mainMetric, missing, type MainMetric } from '../words.ts';

export const overfittingSection: Section = {
  id: 'overfitting',
  title: 'Overfitting',
  appliesTo: (input) => input.experiment.comparisons.some(({ gap }) => gap !== null) || hasCurves(input),
  blocks(input) {
    const { experiment } = input;
    const metric = mainMetric(experiment);
    const blocks: ReportBlock[] = [];
    const gaps = experiment.comparisons.flatMap(({ arm, gap }) => (gap === null ? [] : [{ arm, gap }]));
    if (gaps.length > 0)
      blocks.push({ kind: 'text', paragraphs: gaps.map(({ arm, gap }) => [sentence(experiment, arm, gap.difference, metric)]) }, gapTable(experiment, metric));
    if (hasCurves(input)) blocks.push(gapChart(input, metric));
    return blocks;
  },
};

function hasCurves(input: ReportInput): boolean {
  return armSeries(input, `train/main/${input.experiment.metric}`, 1).length > 0;
}

function sentence(experiment: ExperimentDocument, arm: string, difference: number, metric: MainMetric): string {
  const size = formatNumber(Math.abs(difference) * metric.scale, metric.differenceStyle.digits);
  const title = armTitle(experiment, arm);
  if (!/[1-9]/.test(size)) return `${title} overfits as much as the baseline does.`;
  const unit = metric.differenceUnit === '' ? '' : ` ${metric.differenceUnit}`;
  return (
    `${title} overfits ${difference > 0 ? 'more' : 'less'} than the baseline: ` +
    `its gap between training and validation is ${size}${unit} ${difference > 0 ? 'wider' : 'narrower'}.`
  );
}

function gapTable(experiment: ExperimentDocument, metric: MainMetric): ReportBlock {
  const style = metric.differenceStyle;
  return {
    kind: 'table',
    caption: `Gap between training and validation in ${metric.name}, at the selected epoch; plus is more overfitting`,
    columns: [{ title: 'Arm' }, { title: 'Baseline', align: 'right' }, { title: 'With auxiliary', align: 'right' }, { title: 'Difference', align: 'right' }],
    rows: experiment.comparisons.map(({ arm, gap }) => [
      { text: armTitle(experiment, arm), arm: armNumber(experiment, arm) },
      ...[gap?.baseline, gap?.auxiliary, gap?.difference].map((value) => ({ text: value === undefined ? missing : formatStyled(value * metric.scale, style) })),
    ]),
  };
}

function gapChart(input: ReportInput, metric: MainMetric): ReportBlock {
  return {
    kind: 'line-chart',
    title: `Training and validation ${metric.name}`,
    description: `Mean ${metric.name} over the runs on a fixed part of the training split (dashed) and on the validation split (solid), by epoch.`,
    note: 'Dashed: on a fixed part of the training split. Solid: on the validation split. Means over the runs.',
    x: 'Epoch',
    xDigits: 0,
    y: `${metric.name.charAt(0).toUpperCase()}${metric.name.slice(1)}${metric.axisUnit === '' ? '' : ` (${metric.axisUnit})`}`,
    style: metric.valueStyle,
    series: [
      ...armSeries(input, `train/main/${metric.id}`, metric.scale, { hasRuns: false, isDashed: true, part: 'training' }),
      ...armSeries(input, `validation/main/${metric.id}`, metric.scale, { hasRuns: false, part: 'validation' }),
    ].map(({ label, arm, role, dashed, points }) => ({ label, arm, role, points, ...(dashed === true ? { dashed } : {}) })),
  };
}
