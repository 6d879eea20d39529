/** An experiment for the terminal: question, verdict, sentence, arms, interval, warnings, where the report lies, what next. The wording is the report's. */
import type { Paragraph } from '../../contract/blocks.ts';
import type { ArmDocument, ComparisonDocument, ExperimentDocument } from '../../contract/results.ts';
import { armTitle, auxiliaryArms, finishedRuns, headline, metricValues, orderedArms, usualStepMs } from '../../report/arms.ts';
import { areRowsTooFew, nextStep, pairsToRunNext, verdictSentence } from '../../report/verdictWords.ts';
import { intervalText } from '../../report/sections/verdict.ts';
import { spreadText } from '../../report/spreadText.ts';
import { formatDuration, formatNumber, formatStyled, mainMetric, verdictWord } from '../../report/words.ts';
import type { MainMetric } from '../../report/words.ts';
import { harmless, textTable, wrapText } from './table.ts';
import { paint } from './terminal.ts';
import { program } from '../../contract/programName.ts';

export interface VerdictTextOptions {
  readonly colour: boolean;
  readonly width: number;
  readonly reportFile: string | null;
}

export function verdictText(experiment: ExperimentDocument, { colour, width, reportFile }: VerdictTextOptions): string {
  const metric = mainMetric(experiment);
  const best = headline(experiment);
  const style = experiment.verdict.endsWith('helps') ? 'green' : experiment.verdict.endsWith('hurts') ? 'red' : 'yellow';
  const word = verdictWord(experiment.verdict);
  const id = experiment.experimentId;
  const planned = experiment.plan.repeats;
  const next = best === undefined ? null : pairsToRunNext(best, planned);
  const repeats = best === undefined || next === null || next === 0 ? 2 * planned : Math.max(planned, best.difference.pairs + next);
  const lines = [
    wrapText(experiment.question, width),
    '',
    paint(colour, 'bold', paint(colour, style, word)),
    ...(best === undefined ? [] : [wrapText(plain(verdictSentence(experiment, best, metric)), width)]),
    '',
    armTable(experiment, metric),
    '',
    ...experiment.comparisons.map((comparison) => wrapText(differenceLine(experiment, comparison, metric), width)),
    ...runTrouble(experiment).map((line) => paint(colour, 'red', harmless(line))),
    ...experiment.warnings.map((warning) => paint(colour, 'yellow', wrapText(`Warning: ${warning}`, width))),
    '',
    ...(best === undefined || experiment.status === 'interrupted' ? [] : [wrapText(`Next: ${plain(nextStep(experiment, best, metric))}`, width)]),
    ...(reportFile === null ? [`Report: ${program} report ${id}`] : [`Report: ${reportFile}`]),
    ...goOn(experiment, next === null && best !== undefined && areRowsTooFew(best) ? null : repeats),
  ];
  return lines.join('\n');
}

/** The command for what comes next. A run that failed by itself would fail again, so more pairs are no help there.
 *  @param repeats pairs of the command for more of them; null where they cannot help */
function goOn({ experimentId: id, status, provenance }: ExperimentDocument, repeats: number | null): string[] {
  switch (status) {
    case 'running':
      return [];
    case 'interrupted':
      return [`Go on: ${program} resume ${id}`];
    case 'failed':
      return [`Again, where a process was lost: ${program} resume ${id}`, `Again, once the plan is changed: ${provenance.command}`];
    case 'finished':
      return repeats === null ? [] : [`More pairs: ${program} resume ${id} --repeats ${repeats}`];
    default:
      return status satisfies never;
  }
}

function plain(paragraph: Paragraph): string {
  return paragraph.map((span) => (typeof span === 'string' ? span : span.text)).join('');
}

function armTable(experiment: ExperimentDocument, metric: MainMetric): string {
  const rows = orderedArms(experiment).map((arm) => [
    arm.title,
    arm.role === 'baseline' ? '' : arm.method,
    spread(arm, 'validation', metric),
    spread(arm, 'test', metric),
    stepTime(arm),
    `${finishedRuns(arm).length}/${arm.runs.length}`,
  ]);
  const name = metric.name.charAt(0).toUpperCase() + metric.name.slice(1);
  return textTable(['Arm', 'Method', `${name}, validation`, `${name}, test`, 'Time a step', 'Runs'], rows);
}

function spread(arm: ArmDocument, split: 'validation' | 'test', metric: MainMetric): string {
  const values = metricValues(arm, split, 'main', metric.id).map((value) => value * metric.scale);
  return spreadText(values, metric.valueStyle);
}

function stepTime(arm: ArmDocument): string {
  const usual = usualStepMs(arm);
  return usual === null ? formatDuration(null) : `${formatNumber(usual, usual < 10 ? 2 : 1)} ms`;
}

function differenceLine(experiment: ExperimentDocument, comparison: ComparisonDocument, metric: MainMetric): string {
  const { mean, low, high, pairs } = comparison.difference;
  const { adjusted, overheadPercent } = comparison;
  const name = armTitle(experiment, comparison.arm);
  if (pairs === 0) return `${name}: no finished pair.`;
  const armCount = auxiliaryArms(experiment).length;
  const parts = [`difference ${formatStyled(mean * metric.scale, metric.differenceStyle)} (plus is better)`];
  if (pairs > 1) parts.push(`95 % interval ${intervalText(low, high, metric)}`);
  if (pairs > 1 && armCount > 1) parts.push(`adjusted for ${armCount} arms ${intervalText(adjusted.low, adjusted.high, metric)}`);
  parts.push(pairs === 1 ? '1 pair' : `${pairs} pairs`);
  if (overheadPercent !== null) parts.push(`time a step ${formatNumber(overheadPercent, 0, true)} %`);
  return `${name}: ${parts.join(', ')}.`;
}

function runTrouble(experiment: ExperimentDocument): string[] {
  return experiment.arms.flatMap((arm) =>
    arm.runs.filter(({ status }) => status === 'failed').map((run) => `Failed: ${arm.title}, seed ${run.seed}: ${run.error ?? 'no reason recorded'}`),
  );
}
