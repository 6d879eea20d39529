/** The verdict in sentences: what was found, what it leaves open and what to do next. Plain language, the metric's natural unit, never a bare p. */
import type { Paragraph } from '../contract/blocks.ts';
import type { ComparisonDocument, ExperimentDocument } from '../contract/results.ts';
import { pairsForPower } from '../stats/power.ts';
import { leastHalfWidth } from '../stats/testRows.ts';
import { fewestPairs } from '../stats/verdict.ts';
import { armTitle, auxiliaryArms, baselineArm, failedSeeds, finishedRuns, mainTask } from './arms.ts';
import { amount, counted, formatDuration, formatNumber, formatP, joined, marginAmount, plainNumber, type MainMetric } from './words.ts';

/** One sentence for the headline. */
export function verdictSentence(experiment: ExperimentDocument, comparison: ComparisonDocument, metric: MainMetric): Paragraph {
  const { mean, low, high } = comparison.difference;
  const arm = { kind: 'strong', text: armTitle(experiment, comparison.arm) } as const;
  const target = { kind: 'strong', text: mainTask(experiment)?.target ?? 'the main task' } as const;
  const signed = (value: number): string => formatNumber(value * metric.scale, metric.differenceStyle.digits, true);
  const interval = `${signed(low)} to ${signed(high)}`;
  const border = plainNumber(metric.margin);
  const higher = mean > 0 === experiment.higherIsBetter;
  const shift =
    `${amount(mean * metric.scale, metric)} ` +
    `${higher ? 'higher' : 'lower'}${experiment.higherIsBetter ? '' : mean > 0 ? ', which is better' : ', which is worse'}`;
  const claim = ['With ', arm, `, the ${metric.name} of `, target, ' on the test split is ', { kind: 'strong', text: shift } as const];
  const hasMargin = experiment.margin > 0;
  const unit = metric.differenceUnit === '' ? '' : ` ${metric.differenceUnit}`;
  switch (comparison.verdict) {
    case 'helps':
      return [...claim, `: the 95 % interval of the difference, ${interval}, lies wholly above ${hasMargin ? `the ${border} that is worth having` : 'zero'}.`];
    case 'hurts':
      return [...claim, `: the 95 % interval of the difference, ${interval}, lies wholly below ${hasMargin ? `−${border}` : 'zero'}.`];
    case 'no-real-difference':
      return [
        'With ',
        arm,
        `, the ${metric.name} of `,
        target,
        hasMargin
          ? ` stays where it was: the difference is ${signed(mean)}${unit}, and its 95 ` +
            `% interval, ${interval}, lies inside the ±${border} that would not matter.`
          : ' stays where it was: every pair ended with exactly the same value.',
      ];
    case 'probably-helps':
      return [...claim, `: the 95 % interval of the difference, ${interval}, lies above zero, but not wholly above the ${border} that is worth having.`];
    case 'probably-hurts':
      return [...claim, `: the 95 % interval of the difference, ${interval}, lies below zero, but not wholly below −${border}.`];
    case 'inconclusive':
      return [
        `These ${counted(comparison.difference.pairs, 'pair')} cannot say whether the ${metric.name} of `,
        target,
        ' changes with ',
        arm,
        `: the mean difference is ${signed(mean)}${unit}, but its 95 % interval, ${interval}, ` +
          `includes zero${hasMargin ? ` and reaches past the margin of ${border}` : ''}.`,
      ];
    case 'too-early':
      return [tooEarlyReason(experiment, comparison)];
    default:
      return comparison.verdict satisfies never;
  }
}

function tooEarlyReason(experiment: ExperimentDocument, comparison: ComparisonDocument): string {
  const pairs = comparison.difference.pairs;
  const failed = failedSeeds(experiment, comparison.arm);
  const planned = Math.max(experiment.plan.repeats, baselineArm(experiment)?.runs.length ?? 0);
  const seeds = `seed${failed.length === 1 ? '' : 's'} ${joined(failed.map(String))}`;
  if (failed.length > 0)
    return `A run failed in ${counted(failed.length, 'pair')} (${seeds}), and a comparison that leaves failed pairs out could flatter either side.`;
  const broken = brokenSeeds(experiment, comparison);
  if (broken.length > 0)
    return (
      `In ${counted(broken.length, 'pair')} (seed${broken.length === 1 ? '' : 's'} ${joined(broken.map(String))}) the ` +
      'test metric of a run is not a number: its training ran away. Use a lower learning rate or gradient clipping.'
    );
  if (pairs === 0) return `No pair of runs has finished yet. A verdict needs at least ${fewestPairs} pairs.`;
  if (pairs < fewestPairs && planned < fewestPairs)
    return `${counted(pairs, 'pair')} ${pairs === 1 ? 'has' : 'have'} finished. A verdict needs at least ${fewestPairs} pairs.`;
  if (pairs < planned) return `${formatNumber(pairs, 0)} of ${counted(planned, 'planned pair')} have finished. The verdict waits for all of them.`;
  return 'The arms did not train under equal limits, so their difference says nothing about the auxiliary loss alone.';
}

/** Seeds of which both runs finished, and yet no difference came of it. */
function brokenSeeds(experiment: ExperimentDocument, comparison: ComparisonDocument): number[] {
  const arm = experiment.arms.find(({ id }) => id === comparison.arm);
  const before = baselineArm(experiment);
  if (arm === undefined || before === undefined) return [];
  const other = new Set(finishedRuns(before).map(({ seed }) => seed));
  const counts = new Set(comparison.differences.map(({ seed }) => seed));
  return finishedRuns(arm)
    .map(({ seed }) => seed)
    .filter((seed) => other.has(seed) && !counts.has(seed));
}

/** What the reader should do now. */
export function nextStep(experiment: ExperimentDocument, comparison: ComparisonDocument, metric: MainMetric): Paragraph {
  switch (comparison.verdict) {
    case 'helps':
      return ['Keep the auxiliary loss. Its head is only needed in training: the deployed network is the same size as the baseline’s.'];
    case 'hurts':
      return ['Leave this auxiliary loss out, or try it with a smaller weight or a schedule that ends early.'];
    case 'no-real-difference':
      return ['Leave this auxiliary loss out: the baseline does as well and is simpler. It may still help with less training data.'];
    default:
      return [morePairs(experiment, comparison, metric)];
  }
}

/** How many pairs to run next: first as many as any verdict needs, because the spread of two or three says little about how many it takes in the end. */
export function pairsToRunNext({ difference: { pairs }, pairsStillNeeded }: ComparisonDocument, planned: number): number | null {
  const first = Math.max(fewestPairs, planned) - pairs;
  return pairsStillNeeded !== null && pairs < fewestPairs ? Math.min(pairsStillNeeded, first) : pairsStillNeeded;
}

function morePairs(experiment: ExperimentDocument, comparison: ComparisonDocument, metric: MainMetric): string {
  const needed = pairsToRunNext(comparison, experiment.plan.repeats);
  if (comparison.verdict === 'too-early' && brokenSeeds(experiment, comparison).length > 0)
    return 'Start a new experiment whose training stays finite: these runs would end the same way again.';
  const failed = failedSeeds(experiment, comparison.arm);
  const first = failed.length > 0 ? 'Find out why a run failed, mend it and run those pairs again. ' : '';
  if (needed === null || needed <= failed.length) {
    return failed.length > 0
      ? first.trim()
      : areRowsTooFew(comparison)
        ? 'More pairs cannot settle it: too few rows are tested. Use more data, or a larger share of them for the test split.'
        : 'The mean lies so close to the margin that more pairs would hardly settle it: a larger test split or another margin would.';
  }
  const pairs = comparison.difference.pairs;
  const time = pairTime(experiment, comparison.arm);
  const cost = time === null ? '' : `, about ${formatDuration(time * needed)} of training`;
  const reached = pairsForPower(experiment.margin, comparison.standardDeviation);
  const planned = experiment.plan.repeats;
  if (comparison.verdict === 'too-early' && failed.length === 0 && pairs + needed === planned)
    return `Let the plan finish: ${counted(needed, 'more pair')}${cost}.`;
  const more = `Run ${needed >= 10 ? 'about ' : ''}${counted(needed, 'more pair')}${cost}`;
  if (pairs < fewestPairs) return `${first}${more}: a verdict needs at least ${fewestPairs}.`;
  if (reached !== null && reached > pairs) {
    const wasteful = needed > 200 ? ' With this much noise a larger test split or a wider margin will get further than more seeds.' : '';
    return `${first}${more}: enough to detect a difference of ${marginAmount(metric)} in four cases out of five, given the spread seen so far.${wasteful}`;
  }
  return `${first}${more}: enough to settle the question if the mean difference stays where it is.`;
}

/** Training time of one more pair, from the mean of the finished runs of both arms. */
function pairTime(experiment: ExperimentDocument, armId: string): number | null {
  const arms = [baselineArm(experiment), experiment.arms.find(({ id }) => id === armId)];
  const means = arms.map((arm) => {
    const runs = arm === undefined ? [] : finishedRuns(arm);
    return runs.length === 0 ? null : runs.reduce((total, { wallMs }) => total + wallMs, 0) / runs.length;
  });
  return means.reduce<number | null>((total, mean) => (total === null || mean === null ? null : total + mean), 0);
}

/** Whether the test rows, not the pairs, set the width of the interval. */
export function areRowsTooFew({ difference: { low, mean, pairs }, testRows }: ComparisonDocument): boolean {
  return pairs > 1 && testRows !== null && mean - low <= leastHalfWidth(testRows) * (1 + 1e-9);
}

/** What limits the verdict, most important first. */
export function verdictCaveats(experiment: ExperimentDocument, comparison: ComparisonDocument, metric: MainMetric): string[] {
  const caveats: string[] = experiment.imported === null ? [] : ['Imported from a file: what was trained elsewhere is shown as the file says it.'];
  const failed = failedSeeds(experiment, comparison.arm);
  const decided = comparison.verdict !== 'too-early';
  const arms = auxiliaryArms(experiment).length;
  const signed = (value: number): string => formatNumber(value * metric.scale, metric.differenceStyle.digits, true);
  const unjudged = decided ? experiment.comparisons.filter(({ verdict }) => verdict === 'too-early') : [];
  for (const other of unjudged) caveats.push(`${armTitle(experiment, other.arm)} is not judged. ${tooEarlyReason(experiment, other)}`);
  if (failed.length > 0 && decided) caveats.push(`${counted(failed.length, 'pair')} left out because a run failed (seed ${joined(failed.map(String))}).`);
  if (arms > 1 && decided) {
    const { low, high } = comparison.adjusted;
    const clear = low > 0 || high < 0;
    caveats.push(
      `Best of ${arms} arms: the more arms are tried, the better the best one looks by chance. Adjusted for all ${arms}, ` +
        `its interval is ${signed(low)} to ${signed(high)}, which ${clear ? 'still leaves out zero' : 'includes zero'}.`,
    );
  }
  if (decided && areRowsTooFew(comparison)) {
    const least = formatNumber(leastHalfWidth(comparison.testRows) * metric.scale, metric.differenceStyle.digits);
    caveats.push(
      `The pairs agree more closely than ${counted(comparison.testRows ?? 0, 'test row')} can vouch for, so the interval reaches ${least} to either side of ` +
        'the mean: where none of n rows changed, 3 in n of all rows still may (the rule of three).',
    );
  }
  const excludesZero = comparison.difference.low > 0 || comparison.difference.high < 0;
  if (decided && excludesZero && comparison.signFlipP !== null && comparison.signFlipP > 0.05) {
    caveats.push(
      `The exact sign-flip test, which assumes no bell curve, is less sure: p = ${formatP(comparison.signFlipP)}. With few pairs it cannot be surer.`,
    );
  }
  if (comparison.overheadPercent !== null && comparison.overheadPercent >= 5) {
    caveats.push(`Equal epochs, not equal time: a step takes ${formatNumber(comparison.overheadPercent, 0)} % longer than the baseline’s.`);
  }
  caveats.push('Seeds measure training noise on one split of the data. Another split could shift the difference.');
  return caveats;
}
