import { expect, test } from 'vitest';
import { chartTable, tableOfLines, type LineChart } from '../../../src-main/charts/index.ts';
import type { LineChartBlock } from '../../../src-main/contract/blocks.ts';
import type { Line as RecordedLine } from '../../../src-main/contract/calls.ts';
import type { ReportInput } from '../../../src-main/contract/results.ts';
import { lineChartSvg } from '../../../src-main/report/charts/lineChart.ts';
import { chartOf, seriesPlans } from '../../../src-renderer/pages/experiment/experimentCharts.ts';
import { outlines, usualWidth, windowCharts } from '../../charts/outlines.ts';
import { reportFixture } from '../../support/reportFixture.ts';
import { blocksOf, stands } from '../support.ts';

test('learning curves are shown where epochs were recorded', () => {
  expect(stands('curves', reportFixture({ steps: 60 }), reportFixture({ finishedPairs: 0 }))).toEqual([true, false]);
});

/** Runs as the window reads them. */
function recorded({ experiment, series }: ReportInput): ReadonlyMap<string, readonly RecordedLine[]> {
  const ofRun = (arm: string, { id, seed }: { readonly id: string; readonly seed: number }): RecordedLine[] =>
    (series.get(id) ?? []).map(({ name, steps, values }) => ({ run: id, arm, seed, name, total: steps.length, steps: [...steps], values: [...values] }));
  const lines = experiment.arms.flatMap(({ id, runs }) => runs.flatMap((run) => ofRun(id, run)));
  return Map.groupBy(lines, ({ name }) => name);
}

function validation(input: ReportInput): { readonly block: LineChartBlock; readonly chart: LineChart } {
  const block = blocksOf(input, 'curves').find((one) => one.kind === 'line-chart');
  const lines = recorded(input);
  const plan = seriesPlans(input.experiment, [...lines.keys()]).find(({ key }) => key === 'metric');
  const chart = plan === undefined ? null : chartOf(input.experiment, plan, lines);
  if (block?.kind !== 'line-chart' || chart === null) throw new Error('Both sides have the chart.');
  return { block, chart };
}

const drawn = await windowCharts();
const height = 330; // a wide drawing of the report
const isPart = (kind: string, outlined: string): boolean => new RegExp(`\\b${kind}\\b.* path `).test(outlined);
const isDrawing = (outlined: string): boolean => ['band', 'thin', 'line', 'symbol'].some((kind) => isPart(kind, outlined)) || /^[\d.,−]+$/.test(outlined);

test.each([1, 2, 3, 6])('%i runs an arm have the same lines, bands, signs and ticks in window and report, and the same table behind them', async (pairs) => {
  const { block, chart } = validation(reportFixture({ steps: 60, finishedPairs: pairs }));
  const inReport = outlines(lineChartSvg(block, 'a', usualWidth)).filter(isDrawing);
  const inWindow = outlines(await drawn('LineChart', { chart, height, zoom: null, onzoom: () => undefined })).filter(isDrawing);
  expect(inWindow).toEqual(inReport);
  const counts = ['band', 'thin', 'line', 'symbol'].map((kind) => inReport.filter((outlined) => isPart(kind, outlined)).length);
  expect(counts).toEqual([pairs < 3 ? 0 : 3, pairs < 2 ? 0 : 3 * pairs, 3, 3]); // of three arms
  expect(tableOfLines(chart).rows).toEqual(chartTable(block).rows);
});
