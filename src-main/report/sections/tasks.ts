/** The auxiliary tasks' own metrics: whether they were learnt at all, and what the main task's other metrics say. */
import type { Cell, ReportBlock } from '../../contract/blocks.ts';
import type { ArmDocument, ExperimentDocument, MetricId } from '../../contract/results.ts';
import { moments } from '../../stats/paired.ts';
import { metricIds } from '../../vocabulary/metrics/index.ts';
import { allAuxiliaryTasks, armCell, auxiliaryTasks, finishedRuns, mainTask, metricValues, orderedArms } from '../arms.ts';
import type { Section } from '../section.ts';
import { spreadText } from '../spreadText.ts';
import { digitsFor, formatNumber, metricWords } from '../words.ts';

export const tasksSection: Section = {
  id: 'tasks',
  title: 'Every task’s own metrics',
  appliesTo: ({ experiment }) => experiment.arms.some((arm) => finishedRuns(arm).length > 0),
  blocks({ experiment }) {
    const tables = [taskTable(experiment, 'main', `Main task: ${mainTask(experiment)?.target ?? 'main'}`)];
    for (const task of allAuxiliaryTasks(experiment)) {
      tables.push(
        taskTable(experiment, task.id, `Auxiliary task: ${task.id}${task.id === task.target ? '' : ` (target ${task.target}, head at ${task.depth})`}`),
      );
    }
    const intro: ReportBlock = {
      kind: 'text',
      quiet: true,
      paragraphs: [
        [
          'Mean ± standard deviation over finished runs, at the epoch that the main validation metric selected. ' +
            'An auxiliary task that is not learnt can still help; one that is learnt well need not.',
        ],
      ],
    };
    return [intro, ...tables.flatMap((table) => (table === null ? [] : [table]))];
  },
};

function taskTable(experiment: ExperimentDocument, task: string, caption: string): ReportBlock | null {
  const arms = orderedArms(experiment).filter((arm) => task === 'main' || auxiliaryTasks(arm).some(({ id }) => id === task));
  const metrics = metricIds.filter((metric) =>
    arms.some((arm) => metricValues(arm, 'validation', task, metric).length + metricValues(arm, 'test', task, metric).length > 0),
  );
  if (metrics.length === 0) return null;
  return {
    kind: 'table',
    caption,
    columns: [
      { title: 'Metric' },
      { title: 'Arm' },
      { title: 'Validation', align: 'right' },
      { title: 'Test', align: 'right' },
      { title: 'Runs', align: 'right' },
    ],
    rows: metrics.flatMap((metric) =>
      arms.map((arm, i): Cell[] => [
        { text: i === 0 ? capital(metricWords(metric).name) : '' },
        armCell(experiment, arm),
        { text: meanAndSpread(arm, 'validation', task, metric) },
        { text: meanAndSpread(arm, 'test', task, metric) },
        { text: formatNumber(finishedRuns(arm).length, 0) },
      ]),
    ),
  };
}

/** '91.2 ± 0.4 %' */
function meanAndSpread(arm: ArmDocument, split: 'validation' | 'test', task: string, metric: MetricId): string {
  const { scale, unit } = metricWords(metric);
  const values = metricValues(arm, split, task, metric).map((value) => value * scale);
  const { mean, standardDeviation } = moments(values);
  const digits = unit === '%' ? 1 : Math.min(5, Math.max(2, digitsFor(standardDeviation > 0 ? standardDeviation : Math.abs(mean))));
  return spreadText(values, { digits, unit });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
