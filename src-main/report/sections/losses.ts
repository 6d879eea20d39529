/** Training losses by step, one chart a task. */
import type { LineSeries } from '../../contract/blocks.ts';
import type { ReportInput } from '../../contract/results.ts';
import { binned, binWidth, decimate, decimateMean, meanLine, pointsOf } from '../aggregate.ts';
import { allAuxiliaryTasks, armNumber, mainTask, orderedArms, seriesOf } from '../arms.ts';
import type { Section } from '../section.ts';
import { digitsFor, formatNumber } from '../words.ts';

const drawnPoints = 120; // a line: noisy steps are averaged down to this many

export const lossesSection: Section = {
  id: 'losses',
  title: 'Training losses',
  appliesTo: (input) => taskIds(input).some((id) => lines(input, id).series.length > 0),
  blocks(input) {
    return taskIds(input).flatMap((id) => {
      const { series, width } = lines(input, id);
      if (series.length === 0) return [];
      const values = series.flatMap(({ points }) => points.map(([, y]) => Math.abs(y)));
      const digits = Math.max(2, digitsFor(Math.min(...values.filter((value) => value > 0), Infinity)));
      const name = id === 'main' ? `the main task, ${mainTask(input.experiment)?.target ?? id}` : id;
      return [
        {
          kind: 'line-chart' as const,
          title: `Loss of ${name}`,
          description: series.map(({ label, points }) => `${label} ends at ${formatNumber(points.at(-1)?.[1], digits)}.`).join(' '),
          note: `Unweighted training loss, mean over the runs with its 95 % interval.${width > 1 ? ` Each point averages ${formatNumber(width, 0)} steps.` : ''}`,
          x: 'Step',
          xDigits: 0,
          y: 'Loss',
          style: { digits: Math.min(4, digits), unit: '' },
          series,
        },
      ];
    });
  },
};

function taskIds(input: ReportInput): readonly string[] {
  return ['main', ...allAuxiliaryTasks(input.experiment).map(({ id }) => id)];
}

function lines(input: ReportInput, task: string): { readonly series: LineSeries[]; readonly width: number } {
  const arms = orderedArms(input.experiment).map((arm) => ({ arm, runs: seriesOf(input, arm, `loss/${task}`).map(({ series }) => pointsOf(series)) }));
  const width = binWidth(
    arms.flatMap(({ runs }) => runs),
    drawnPoints,
  );
  const series = arms.flatMap(({ arm, runs }): LineSeries[] => {
    const { points, band } = decimateMean(meanLine(runs.map((points) => (width > 1 ? binned(points, width) : points))));
    return points.length === 0 ? [] : [{ label: arm.title, arm: armNumber(input.experiment, arm.id), role: 'main', points: decimate(points), band }];
  });
  return { series, width };
}
