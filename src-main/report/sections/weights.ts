/** What weight each auxiliary loss had, step by step: one chart a task, one line an arm. */
import type { LineSeries } from '../../contract/blocks.ts';
import type { ReportInput, TaskDocument } from '../../contract/results.ts';
import { allAuxiliaryTasks, auxiliaryTasks } from '../arms.ts';
import { armSeries } from '../armSeries.ts';
import type { Section } from '../section.ts';
import { plannedWeight } from '../taskFacts.ts';
import { digitsFor, formatNumber } from '../words.ts';

export const weightsSection: Section = {
  id: 'weights',
  title: 'Auxiliary weights',
  appliesTo: (input) => allAuxiliaryTasks(input.experiment).some((task) => lines(input, task).length > 0),
  blocks(input) {
    return allAuxiliaryTasks(input.experiment).flatMap((task) => {
      const series = lines(input, task);
      if (series.length === 0) return [];
      const means = series.filter(({ role }) => role === 'main');
      const largest = Math.max(...means.flatMap(({ points }) => points.map(([, y]) => Math.abs(y))));
      const digits = digitsFor(largest);
      return [
        {
          kind: 'line-chart' as const,
          title: `Weight of ${task.id}`,
          description: means
            .map(({ label, points }) => `${label}: from ${formatNumber(points[0]?.[1], digits)} to ${formatNumber(points.at(-1)?.[1], digits)}.`)
            .join(' '),
          note: `${schedules(input, task)} The main loss keeps weight 1 unless its method says otherwise.`,
          x: 'Step',
          xDigits: 0,
          y: 'Weight in the training loss',
          style: { digits, unit: '' },
          series,
        },
      ];
    });
  },
};

function lines(input: ReportInput, task: TaskDocument): LineSeries[] {
  return armSeries(input, `weight/${task.id}`, 1);
}

function schedules(input: ReportInput, task: TaskDocument): string {
  const parts = input.experiment.arms.flatMap((arm) => {
    const own = auxiliaryTasks(arm).find(({ id }) => id === task.id);
    return own === undefined ? [] : [`${arm.title}: ${plannedWeight(own)}, method ${arm.method}`];
  });
  return parts.length === 0 ? '' : `${parts.join('. ')}.`;
}
