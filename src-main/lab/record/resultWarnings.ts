/** What a reader must know beside a verdict, a sentence each. */
import type { ArmDocument, ComparisonDocument, EngineInfo, Series } from '../../contract/results.ts';
import { directionWarnings } from '../../report/directions.ts';
import { metricOf } from '../../vocabulary/metrics/index.ts';
import type { SettledDesign } from '../../contract/design.ts';

export interface WarningFacts {
  readonly design: SettledDesign;
  readonly arms: readonly ArmDocument[];
  readonly comparisons: readonly ComparisonDocument[];
  readonly engines: readonly EngineInfo[]; // of the finished runs
  readonly morePairsAt: readonly string[]; // when pairs were added
  readonly imported: string | null; // when it came in with a file
  readonly stepsOf: (runId: string) => readonly Series[]; // the series of report/directions.ts
}

const costlyPercent = 20;

export function resultWarnings(facts: WarningFacts): string[] {
  const { design, arms, comparisons, engines, morePairsAt, imported, stepsOf } = facts;
  return [
    ...(imported === null
      ? []
      : [`Imported on ${imported.slice(0, 10)} from a file: what was trained elsewhere is shown as the file says it, and cannot be checked here.`]),
    ...failures(arms),
    ...notFinite(arms, comparisons),
    ...design.warnings,
    ...largeMargin(design),
    ...smallParts(design),
    ...engineWarnings(engines, design.engine.backend),
    ...arms
      .filter(({ role }) => role === 'auxiliary')
      .flatMap((arm) =>
        directionWarnings(
          arm.title,
          arm.runs.map(({ id }) => stepsOf(id)),
        ),
      ),
    ...costs(arms, comparisons),
    ...equalDifferences(arms, comparisons),
    ...(comparisons.length > 1
      ? [`${comparisons.length} auxiliary arms were tried; the best of several looks better than it is. Its adjusted interval allows for that.`]
      : []),
    ...(morePairsAt.length > 0 ? ['Pairs were added after results could be seen, which makes the interval a little too narrow.'] : []),
    ...(engines.length > 0 ? ['Seeds measure training noise on one split of the data; another split may give another answer.'] : []),
  ];
}

function failures(arms: readonly ArmDocument[]): string[] {
  const failed = arms.flatMap((arm) => arm.runs.filter(({ status }) => status === 'failed').map((run) => ({ arm, run })));
  return failed.map(
    ({ arm, run }) => `Run ${run.id} (${arm.title}, seed ${run.seed}) failed, so its pair does not count: ${firstLine(run.error ?? 'no reason was given')}`,
  );
}

function notFinite(arms: readonly ArmDocument[], comparisons: readonly ComparisonDocument[]): string[] {
  return comparisons.flatMap((comparison) => {
    const arm = arms.find(({ id }) => id === comparison.arm);
    const baseline = arms.find(({ role }) => role === 'baseline');
    const seeds = (arm?.runs ?? []).filter((run) => {
      const other = baseline?.runs.find(({ seed }) => seed === run.seed);
      return run.status === 'finished' && other?.status === 'finished' && !comparison.differences.some(({ seed }) => seed === run.seed);
    });
    return seeds.map(({ seed }) => `Pair with seed ${seed} of ${arm?.title ?? comparison.arm} does not count: its test metric is not a number.`);
  });
}

function engineWarnings(engines: readonly EngineInfo[], wanted: SettledDesign['engine']['backend']): string[] {
  const kinds = [...new Set(engines.map(({ backend, version, device }) => `${backend} ${version} on ${device}`))];
  const warnings = kinds.length > 1 ? [`Runs used different engines (${kinds.join('; ')}), so differences hold a share of theirs.`] : [];
  const isChosen = wanted === 'wasm' || wanted === 'cpu'; // otherwise the design's own warnings say why TensorFlow could not be had
  return isChosen ? [...warnings, `The plan asks for the back end ${wanted}, which is slower than TensorFlow.`] : warnings;
}

function costs(arms: readonly ArmDocument[], comparisons: readonly ComparisonDocument[]): string[] {
  const costly = comparisons
    .flatMap(({ arm, overheadPercent }) => (overheadPercent !== null && overheadPercent > costlyPercent ? [{ arm, percent: Math.round(overheadPercent) }] : []))
    .sort((a, b) => b.percent - a.percent);
  const title = (id: string): string => arms.find((arm) => arm.id === id)?.title ?? id;
  const [most] = costly;
  if (most === undefined) return [];
  if (costly.length <= 3) return costly.map(({ arm, percent }) => `${title(arm)}: equal epochs, but ${percent} % more time a step than the baseline.`);
  return [`${costly.length} arms have equal epochs, but take more time a step than the baseline, at most ${most.percent} % more (${title(most.arm)}).`];
}

/** A margin of 0.5 is half of all rows, not half a point, and makes every difference one that would not matter. */
function largeMargin({ metric, margin }: SettledDesign): string[] {
  if (metricOf(metric).unit !== 'share' || margin < 0.1) return [];
  const points = Number((100 * margin).toPrecision(4));
  return [`The margin of ${Number(margin.toPrecision(4))} is ${points} percentage points; half a point would be 0.005.`];
}

const fewTrainingRows = 20;

/** Where the data are so few that a setting does not do what it says, or one row moves the metric by more than matters. */
function smallParts({ parts, training, metric, margin }: SettledDesign): string[] {
  const warnings: string[] = [];
  if (parts.train < fewTrainingRows) warnings.push(`The training split has only ${parts.train} ${parts.train === 1 ? 'row' : 'rows'}.`);
  if (training.batch > parts.train)
    warnings.push(`A batch of ${training.batch} is more than the ${parts.train} training rows, so every step sees all of them.`);
  if (metric === 'accuracy' && 1 / parts.test > margin)
    warnings.push(
      `The test split has ${parts.test} rows, so a single one is ${Number((100 / parts.test).toPrecision(2))} ` +
        `percentage points of accuracy, more than the margin of ${Number((100 * margin).toPrecision(4))}.`,
    );
  return warnings;
}

/** Seeds that all gain or lose exactly the same are less sure than they look. */
function equalDifferences(arms: readonly ArmDocument[], comparisons: readonly ComparisonDocument[]): string[] {
  return comparisons
    .filter(({ differences, standardDeviation }) => differences.length > 1 && standardDeviation < 1e-9 * Math.abs(differences[0]?.difference ?? 0))
    .map(({ arm, differences, testRows }) => {
      const all = `${arms.find(({ id }) => id === arm)?.title ?? arm}: all ${differences.length} pairs differ by exactly the same`;
      return testRows === null
        ? `${all}, so the interval has no width; more pairs or a larger test split would show the real spread.`
        : `${all}; a larger test split would show the real spread.`;
    });
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
