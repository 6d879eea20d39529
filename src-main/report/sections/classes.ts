/** Where a difference comes from: how much of each class of the main target the arms get right. */
import type { Cell, ReportBlock } from '../../contract/blocks.ts';
import type { ArmDocument, ExperimentDocument } from '../../contract/results.ts';
import { moments } from '../../stats/paired.ts';
import { armNumber, auxiliaryArms, baselineArm, finishedRuns, mainTask } from '../arms.ts';
import type { Section } from '../section.ts';
import { formatNumber, missing } from '../words.ts';

const mostRows = 20; // classes; of more, those with the largest differences

export const classesSection: Section = {
  id: 'classes',
  title: 'Class by class',
  appliesTo: ({ experiment }) => rowsOf(experiment).length > 2,
  blocks({ experiment }) {
    const all = rowsOf(experiment);
    const largest = (row: ClassRow): number => Math.max(...row.differences.map((value) => (Number.isFinite(value) ? Math.abs(value) : 0)));
    const shown = all.length <= mostRows ? all : [...all].sort((a, b) => largest(b) - largest(a)).slice(0, mostRows);
    const arms = auxiliaryArms(experiment);
    const table: ReportBlock = {
      kind: 'table',
      caption: `Recall on the test split${shown.length < all.length ? `: the ${mostRows} of ${all.length} classes that differ most` : ''}`,
      columns: [{ title: 'Class' }, { title: 'Baseline', align: 'right' }, ...arms.map((arm) => ({ title: arm.title, align: 'right' as const }))],
      rows: shown.map((row): Cell[] => [
        { text: row.name },
        { text: percent(row.baseline), arm: 0 },
        ...arms.map((arm, i): Cell => ({ text: points(row.differences[i] ?? NaN), arm: armNumber(experiment, arm.id) })),
      ]),
    };
    return [
      {
        kind: 'text',
        quiet: true,
        paragraphs: [
          [
            'Share of each class that is recognised: the mean over the runs of the baseline, and for every other arm the mean difference over ' +
              'its pairs, in percentage points. With many classes some differ by chance alone, so this tells where to look, not what is proved.',
          ],
        ],
      },
      table,
    ];
  },
};

interface ClassRow {
  readonly name: string;
  readonly baseline: number;
  readonly differences: readonly number[]; // of each auxiliary arm; NaN where no pair has both
}

function rowsOf(experiment: ExperimentDocument): ClassRow[] {
  const names = mainTask(experiment)?.classes ?? [];
  const baseline = baselineArm(experiment);
  if (baseline === undefined || finishedRuns(baseline).every((run) => run.classRecall['main'] === undefined)) return [];
  return names.map((name, k) => ({
    name,
    baseline: mean(finishedRuns(baseline).map((run) => run.classRecall['main']?.[k])),
    differences: auxiliaryArms(experiment).map((arm) => mean(pairDifferences(baseline, arm, k))),
  }));
}

function pairDifferences(baseline: ArmDocument, arm: ArmDocument, k: number): (number | null)[] {
  return finishedRuns(arm).map((run) => {
    const own = run.classRecall['main']?.[k];
    const other = finishedRuns(baseline).find(({ seed }) => seed === run.seed)?.classRecall['main']?.[k];
    return typeof own === 'number' && typeof other === 'number' ? own - other : null;
  });
}

function mean(values: readonly (number | null | undefined)[]): number {
  const known = values.filter((value): value is number => typeof value === 'number');
  return known.length === 0 ? NaN : moments(known).mean;
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${formatNumber(share * 100, 1)} %` : missing;
}

function points(difference: number): string {
  return Number.isFinite(difference) ? formatNumber(difference * 100, 1, true) : missing;
}
