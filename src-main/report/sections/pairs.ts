/** Paired differences, one dot a pair, and the pairs themselves as slopes. */
import type { ReportBlock } from '../../contract/blocks.ts';
import type { ComparisonDocument, ExperimentDocument } from '../../contract/results.ts';
import { armNumber, armTitle, baselineArm } from '../arms.ts';
import { chancesOf, chanceText } from '../chances.ts';
import type { Section } from '../section.ts';
import { counted, formatNumber, formatP, mainMetric, marginAmount, missing, type MainMetric } from '../words.ts';

export const pairsSection: Section = {
  id: 'pairs',
  title: 'Pair by pair',
  appliesTo: ({ experiment }) => experiment.comparisons.some(({ differences }) => differences.length > 0),
  blocks({ experiment }) {
    const metric = mainMetric(experiment);
    const compared = experiment.comparisons.filter(({ differences }) => differences.length > 0);
    return [
      differencesChart(experiment, compared, metric),
      ...compared.map((comparison) => slopes(experiment, comparison, metric)),
      measures(experiment, compared, metric),
    ];
  },
};

function differencesChart(experiment: ExperimentDocument, compared: readonly ComparisonDocument[], metric: MainMetric): ReportBlock {
  const several = compared.length > 1;
  const unit = metric.differenceUnit === '' ? '' : ` (${metric.differenceUnit})`;
  return {
    kind: 'paired-difference-chart',
    title: `Difference in test ${metric.name} against the baseline`,
    description: compared
      .map(
        ({ arm, difference }) =>
          `${armTitle(experiment, arm)}: ` +
          `mean ${formatNumber(difference.mean * metric.scale, metric.differenceStyle.digits, true)} over ${counted(difference.pairs, 'pair')}.`,
      )
      .join(' '),
    note:
      `One dot a pair; the bar is the mean with its 95 % interval${several ? ', the thin line the interval adjusted for all arms' : ''}. ` +
      `${metric.margin > 0 ? `Inside the shaded band, ±${marginAmount(metric)}, a difference would not matter.` : ''} Right of zero is better.`,
    axis: `Difference${unit}`,
    style: metric.differenceStyle,
    margin: metric.margin,
    arms: compared.map(({ arm, difference, differences, adjusted }) => ({
      arm: armNumber(experiment, arm),
      title: armTitle(experiment, arm),
      dots: differences.map(({ seed, difference: value }) => ({ label: `seed ${seed}`, value: value * metric.scale })),
      mean: difference.mean * metric.scale,
      low: difference.low * metric.scale,
      high: difference.high * metric.scale,
      ...(several ? { adjusted: { low: adjusted.low * metric.scale, high: adjusted.high * metric.scale } } : {}),
    })),
  };
}

function slopes(experiment: ExperimentDocument, comparison: ComparisonDocument, metric: MainMetric): ReportBlock {
  const better = comparison.differences.filter(({ difference }) => difference > 0).length;
  const worse = comparison.differences.filter(({ difference }) => difference < 0).length;
  const title = armTitle(experiment, comparison.arm);
  const ties = comparison.differences.length - better - worse;
  return {
    kind: 'slope-chart',
    title: `Each pair, baseline to ${title}`,
    description: `Better in ${better}, worse in ${worse}${ties > 0 ? `, equal in ${ties}` : ''} of ${counted(comparison.differences.length, 'pair')}.`,
    note:
      `Better in ${better} of ${counted(comparison.differences.length, 'pair')}${ties > 0 ? `, equal in ${ties}` : ''}. ` +
      `${experiment.higherIsBetter ? 'Higher' : 'Lower'} is better.`,
    y: `Test ${metric.name}${metric.axisUnit === '' ? '' : ` (${metric.axisUnit})`}`,
    style: metric.valueStyle,
    left: { arm: 0, title: baselineArm(experiment)?.title ?? 'Baseline' },
    right: { arm: armNumber(experiment, comparison.arm), title },
    higherIsBetter: experiment.higherIsBetter,
    pairs: comparison.differences.map(({ seed, baseline, auxiliary }) => ({
      label: `seed ${seed}`,
      left: baseline * metric.scale,
      right: auxiliary * metric.scale,
    })),
  };
}

function measures(experiment: ExperimentDocument, compared: readonly ComparisonDocument[], metric: MainMetric): ReportBlock {
  return {
    kind: 'table',
    caption: 'The same differences in other measures',
    columns: [
      { title: 'Arm' },
      { title: 'Spread (sd)', align: 'right' },
      { title: 'Mean / sd', align: 'right' },
      { title: 'Sign-flip p', align: 'right' },
      { title: 'Paired t p', align: 'right' },
      { title: 'Adjusted p', align: 'right' },
      { title: 'Chance better', align: 'right' },
      { title: 'Chance same', align: 'right' },
      { title: 'Chance worse', align: 'right' },
    ],
    rows: compared.map((comparison) => {
      const chances = chancesOf(experiment, comparison);
      const { standardDeviation: sd, difference } = comparison;
      return [
        { text: armTitle(experiment, comparison.arm), arm: armNumber(experiment, comparison.arm) },
        { text: formatNumber(sd * metric.scale, metric.differenceStyle.digits) },
        { text: sd > 0 ? formatNumber(difference.mean / sd, 2, true) : missing },
        { text: formatP(comparison.signFlipP) },
        { text: formatP(comparison.tP) },
        { text: formatP(comparison.adjusted.p) },
        { text: chanceText(chances?.better) },
        { text: chanceText(chances?.same) },
        { text: chanceText(chances?.worse) },
      ];
    }),
  };
}
