/** What the tasks' gradients on the trunk looked like, and how honest the step was: diagnostics beside the verdict, never in place of it. */
import type { Cell, LineChartBlock, ReportBlock } from '../../contract/blocks.ts';
import type { ArmDocument, ReportInput } from '../../contract/results.ts';
import { allAuxiliaryTasks, armCell, auxiliaryArms, auxiliaryTasks, seriesOf } from '../arms.ts';
import { armSeries } from '../armSeries.ts';
import { directionWarnings, median, shareOf, stepSeries } from '../directions.ts';
import type { Section } from '../section.ts';
import { formatNumber, missing } from '../words.ts';

export const gradientsSection: Section = {
  id: 'gradients',
  title: 'Gradients',
  appliesTo: (input) => auxiliaryArms(input.experiment).some((arm) => seriesOf(input, arm, 'gradient-norm/main').length > 0),
  blocks(input) {
    const arms = auxiliaryArms(input.experiment).filter((arm) => seriesOf(input, arm, 'gradient-norm/main').length > 0);
    const warnings = arms.flatMap((arm) =>
      directionWarnings(
        arm.title,
        arm.runs.flatMap((run) => (input.series.has(run.id) ? [input.series.get(run.id) ?? []] : [])),
      ),
    );
    return [
      {
        kind: 'text',
        quiet: true,
        paragraphs: [
          [
            'Diagnostics, not a verdict: whether gradients agree does not tell whether a task helps on new data. ' +
              'Every look compares the gradients of the plain losses on the shared layers, before weights, clipping, weight decay and optimizer.',
          ],
        ],
      },
      ...warnings.map((text): ReportBlock => ({ kind: 'warning', text: [text] })),
      taskTable(input, arms),
      stepTable(input, arms),
      ...charts(input),
    ];
  },
};

/** All values of a series over the runs of an arm. */
function values(input: ReportInput, arm: ArmDocument, name: string): number[] {
  return seriesOf(input, arm, name).flatMap(({ series }) => [...series.values]);
}

/** |g_i| / |g_0| at every look. */
function lengthRatios(input: ReportInput, arm: ArmDocument, task: string): number[] {
  return seriesOf(input, arm, `gradient-norm/${task}`).flatMap(({ run, series }) => {
    const main = input.series.get(run.id)?.find(({ name }) => name === 'gradient-norm/main');
    const mainAt = new Map(main?.steps.map((step, i) => [step, main.values[i] ?? NaN]));
    return series.steps.map((step, i) => (series.values[i] ?? NaN) / (mainAt.get(step) ?? NaN));
  });
}

function taskTable(input: ReportInput, arms: readonly ArmDocument[]): ReportBlock {
  return {
    kind: 'table',
    caption: 'Each auxiliary gradient against the main one',
    columns: [
      { title: 'Arm' },
      { title: 'Auxiliary task' },
      { title: 'Length, main = 1', align: 'right' },
      { title: 'Cosine', align: 'right' },
      { title: 'Conflicting looks', align: 'right' },
      { title: 'Looks', align: 'right' },
    ],
    rows: arms.flatMap((arm) =>
      auxiliaryTasks(arm).map((task, i): Cell[] => {
        const cosines = values(input, arm, `cosine/${task.id}`);
        return [
          i === 0 ? armCell(input.experiment, arm) : { text: '' },
          { text: task.id },
          { text: amount(median(lengthRatios(input, arm, task.id))) },
          { text: cosines.length === 0 ? missing : formatNumber(cosines.reduce((sum, value) => sum + value, 0) / cosines.length, 2, true) },
          { text: percent(shareOf(cosines, (value) => value < 0)) },
          { text: formatNumber(cosines.length, 0) },
        ];
      }),
    ),
  };
}

function stepTable(input: ReportInput, arms: readonly ArmDocument[]): ReportBlock {
  return {
    kind: 'table',
    caption: 'The step that was taken against the main gradient alone',
    columns: [
      { title: 'Arm' },
      { title: 'Method' },
      { title: 'Length, main = 1', align: 'right' },
      { title: 'Progress on the main loss, main = 1', align: 'right' },
      { title: 'Looks that ascend it', align: 'right' },
    ],
    rows: arms.map((arm): Cell[] => {
      const progress = values(input, arm, stepSeries.progress);
      return [
        armCell(input.experiment, arm),
        { text: arm.method },
        { text: amount(median(values(input, arm, stepSeries.ratio))) },
        { text: amount(median(progress)) },
        { text: percent(shareOf(progress, (value) => value < 0)) },
      ];
    }),
  };
}

function charts(input: ReportInput): LineChartBlock[] {
  const tasks = allAuxiliaryTasks(input.experiment);
  return [
    ...tasks.flatMap(({ id }) =>
      chart(
        input,
        `cosine/${id}`,
        `Cosine of ${id} with the main gradient`,
        'Cosine',
        'Above 0 the two pull the same way on that batch, below 0 they conflict.',
      ),
    ),
    ...['main', ...tasks.map(({ id }) => id)].flatMap((id) =>
      chart(
        input,
        `gradient-norm/${id}`,
        `Gradient length of ${id === 'main' ? 'the main task' : id}`,
        'Length on the shared layers',
        'Of the plain loss, before any weight.',
      ),
    ),
    ...chart(
      input,
      stepSeries.ratio,
      'Length of the step against the main gradient',
      'Combined / main length',
      'Away from 1 the method changes the learning rate without saying so: compare with a baseline whose rate is changed alike.',
    ),
    ...chart(
      input,
      stepSeries.progress,
      'Progress of the step on the main loss',
      '<d, g> / |g|²',
      'At 1 the main loss falls as fast as with its own gradient alone, at 0 it stands, below 0 it rises, to first order on that batch.',
    ),
  ];
}

function chart(input: ReportInput, name: string, title: string, y: string, note: string): LineChartBlock[] {
  const series = armSeries(input, name, 1, { hasRuns: false });
  if (series.length === 0) return [];
  return [
    {
      kind: 'line-chart',
      title,
      description: series.map(({ label, points }) => `${label}: from ${amount(points[0]?.[1] ?? NaN)} to ${amount(points.at(-1)?.[1] ?? NaN)}.`).join(' '),
      note,
      x: 'Step',
      xDigits: 0,
      y,
      style: { digits: 2, unit: '' },
      series,
    },
  ];
}

/** Two decimals, more for small numbers. */
function amount(value: number): string {
  if (!Number.isFinite(value)) return missing;
  return formatNumber(value, value !== 0 && Math.abs(value) < 0.095 ? 4 : 2);
}

function percent(share: number): string {
  return Number.isFinite(share) ? `${formatNumber(share * 100, 0)} %` : missing;
}
