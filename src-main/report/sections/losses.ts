/** Training losses by step, one chart a task. */
import { armLines, fewestForInterval, stretchWidth } from '../../charts/index.ts';
import type { LineSeries } from '../../contract/blocks.ts';
import type { ReportInput } from '../../contract/results.ts';
import { allAuxiliaryTasks, mainTask } from '../arms.ts';
import { runsOf } from '../armSeries.ts';
import { lineSeries } from '../lineSeries.ts';
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
          note:
            `Unweighted training loss, mean over the runs with its 95 % interval from ${fewestForInterval} runs on.` +
            (width > 1 ? ` Each point averages ${formatNumber(width, 0)} steps.` : ''),
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
  const arms = runsOf(input, `loss/${task}`);
  const width = stretchWidth(
    arms.flatMap(({ runs }) => runs),
    drawnPoints,
  );
  const drawn = armLines(arms.map((arm) => ({ ...arm, stretch: width }))).filter(({ role }) => role === 'main');
  return { series: drawn.map(lineSeries), width };
}
