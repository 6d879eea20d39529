/** What the runs of every arm recorded under one name, arm by arm: as runs, and as the lines of a chart. */
import { armLines, type ArmRuns } from '../charts/index.ts';
import type { LineSeries } from '../contract/blocks.ts';
import type { ReportInput } from '../contract/results.ts';
import { armNumber, orderedArms, seriesOf } from './arms.ts';
import { lineSeries } from './lineSeries.ts';

/** A recorded series of every arm.
 *  @param scale from stored values to shown ones */
export function armSeries(
  input: ReportInput,
  name: string,
  scale: number,
  options: Pick<ArmRuns, 'isDashed' | 'part'> & { readonly hasRuns?: boolean } = {},
): LineSeries[] {
  const { hasRuns = true, ...look } = options;
  const lines = armLines(runsOf(input, name, scale).map((arm) => ({ ...arm, ...look })));
  return lines.filter(({ role }) => hasRuns || role === 'main').map(lineSeries);
}

/** What the runs of every arm recorded under a name, in shown values. */
export function runsOf(input: ReportInput, name: string, scale = 1): ArmRuns[] {
  return orderedArms(input.experiment).map((arm) => ({
    group: arm.id,
    title: arm.title,
    arm: armNumber(input.experiment, arm.id),
    runs: seriesOf(input, arm, name).map(({ run, series }) => ({ seed: run.seed, xs: series.steps, ys: series.values.map((value) => value * scale) })),
  }));
}
