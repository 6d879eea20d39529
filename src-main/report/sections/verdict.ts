/** The question and its answer: word, sentence, interval, pairs, cost, caveats, next step, in this order. */
import type { Fact, ReportBlock, TableBlock, VerdictBlock } from '../../contract/blocks.ts';
import type { ComparisonDocument, ExperimentDocument } from '../../contract/results.ts';
import { armNumber, armTitle, baselineArm, headline, metricValues } from '../arms.ts';
import type { Section } from '../section.ts';
import { moments } from '../../stats/paired.ts';
import { nextStep, verdictCaveats, verdictSentence } from '../verdictWords.ts';
import { counted, formatNumber, formatStyled, mainMetric, marginAmount, missing, plainNumber, verdictWord, type MainMetric } from '../words.ts';

export const verdictSection: Section = {
  id: 'verdict',
  title: 'Question and verdict',
  appliesTo: () => true,
  blocks({ experiment }) {
    const metric = mainMetric(experiment);
    const best = headline(experiment);
    const blocks: ReportBlock[] = [{ kind: 'text', paragraphs: [[{ kind: 'emphasis', text: experiment.question }]] }];
    if (best === undefined) {
      blocks.push({ kind: 'warning', text: ['No comparison has been made yet: no pair of baseline and auxiliary runs has finished.'] });
      return blocks;
    }
    blocks.push(verdictCard(experiment, best, metric));
    if (experiment.comparisons.length > 1) blocks.push(armsTable(experiment, metric));
    blocks.push({ kind: 'text', quiet: true, paragraphs: [[howJudged(experiment, best, metric)]] });
    return blocks;
  },
};

function verdictCard(experiment: ExperimentDocument, comparison: ComparisonDocument, metric: MainMetric): VerdictBlock {
  const { mean, low, high } = comparison.difference;
  const decided = comparison.verdict !== 'too-early';
  return {
    kind: 'verdict',
    verdict: comparison.verdict,
    word: verdictWord(comparison.verdict),
    arm: armNumber(experiment, comparison.arm),
    armTitle: armTitle(experiment, comparison.arm),
    sentence: verdictSentence(experiment, comparison, metric),
    interval: decided
      ? { mean: mean * metric.scale, low: low * metric.scale, high: high * metric.scale, margin: metric.margin, style: metric.differenceStyle }
      : null,
    facts: facts(experiment, comparison, metric),
    caveats: verdictCaveats(experiment, comparison, metric),
    nextStep: nextStep(experiment, comparison, metric),
  };
}

function facts(experiment: ExperimentDocument, comparison: ComparisonDocument, metric: MainMetric): Fact[] {
  const { mean, low, high, pairs } = comparison.difference;
  const planned = experiment.plan.repeats;
  const { unit } = metric.differenceStyle;
  const list: Fact[] = [];
  if (comparison.verdict !== 'too-early') {
    list.push({ label: 'Difference', value: formatStyled(mean * metric.scale, metric.differenceStyle), note: meanValues(experiment, comparison, metric) });
    list.push({
      label: '95 % interval',
      value: intervalText(low, high, withoutUnit(metric)),
      note: `${unit === '' ? '' : `${unit}, `}margin ${metric.margin > 0 ? `±${plainNumber(metric.margin)}` : 'zero'}`,
    });
  }
  list.push({ label: 'Pairs', value: formatNumber(pairs, 0), note: pairs < planned ? `of ${planned} planned` : 'matched by seed' });
  const overhead = comparison.overheadPercent;
  list.push({ label: 'Cost', value: overhead === null ? missing : `${formatNumber(overhead, 0, true)} %`, note: 'time per training step' });
  return list;
}

function meanValues(experiment: ExperimentDocument, comparison: ComparisonDocument, metric: MainMetric): string {
  const pairs = comparison.differences;
  const mean = (values: readonly number[]): string => formatStyled(moments(values).mean * metric.scale, metric.valueStyle);
  if (pairs.length === 0) return '';
  return (
    `${mean(pairs.map(({ baseline }) => baseline))} to ` +
    `${mean(pairs.map(({ auxiliary }) => auxiliary))}${experiment.higherIsBetter ? '' : ', lower is better'}`
  );
}

/** '+0.9 to +1.9 points' */
export function intervalText(low: number, high: number, metric: MainMetric): string {
  const { digits, unit } = metric.differenceStyle;
  if (!Number.isFinite(low) || !Number.isFinite(high)) return missing;
  return `${formatNumber(low * metric.scale, digits, true)} to ${formatNumber(high * metric.scale, digits, true)}${unit === '' ? '' : ` ${unit}`}`;
}

/** For places that name the unit elsewhere. */
function withoutUnit(metric: MainMetric): MainMetric {
  return { ...metric, differenceStyle: { ...metric.differenceStyle, unit: '' } };
}

function armsTable(experiment: ExperimentDocument, metric: MainMetric): TableBlock {
  const baseline = baselineArm(experiment);
  const baselineMean = baseline === undefined ? NaN : moments(metricValues(baseline, 'test', 'main', metric.id)).mean;
  return {
    kind: 'table',
    caption:
      'Every auxiliary arm against the ' +
      `baseline${Number.isNaN(baselineMean) ? '' : ` (mean test ${metric.name} ${formatStyled(baselineMean * metric.scale, metric.valueStyle)})`}`,
    columns: [
      { title: 'Arm' },
      { title: 'Verdict' },
      { title: `Difference${metric.differenceStyle.unit === '' ? '' : `, ${metric.differenceStyle.unit}`}`, align: 'right' },
      { title: '95 % interval', align: 'right' },
      { title: 'Adjusted for all arms', align: 'right' },
      { title: 'Pairs', align: 'right' },
    ],
    rows: experiment.comparisons.map(({ arm, verdict, difference, adjusted }) => {
      const decided = verdict !== 'too-early';
      const range = (low: number, high: number): string => (decided ? intervalText(low, high, withoutUnit(metric)) : missing);
      return [
        { text: armTitle(experiment, arm), arm: armNumber(experiment, arm) },
        { text: verdictWord(verdict), strong: true },
        { text: decided ? formatNumber(difference.mean * metric.scale, metric.differenceStyle.digits, true) : missing },
        { text: range(difference.low, difference.high) },
        { text: range(adjusted.low, adjusted.high) },
        { text: formatNumber(difference.pairs, 0) },
      ];
    }),
  };
}

function howJudged(experiment: ExperimentDocument, { testRows }: ComparisonDocument, metric: MainMetric): string {
  const planned = experiment.plan.repeats;
  return (
    `How this is judged: the plan asks for ${counted(planned, 'pair')} and a margin of ${marginAmount(metric)}. ` +
    'Each pair shares its seed, and with it the split, the initial weights and the order of batches. ' +
    'Every run is read at the epoch its own main validation metric chose, and the test split once. ' +
    `The difference is auxiliary against baseline on the test split, signed so that plus is better; the interval is the paired t interval` +
    (testRows === null ? '.' : `, never narrower than ${counted(testRows, 'test row')} can vouch for.`)
  );
}
