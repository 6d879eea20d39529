/** Window and report draw the same thing from the same runs, through their own components and writers; the curves are compared with their section. */
import { expect, test } from 'vitest';
import type { ChartBlock } from '../../src-main/contract/blocks.ts';
import { barChartSvg } from '../../src-main/report/charts/barChart.ts';
import { pairedDifferenceSvg } from '../../src-main/report/charts/pairedDifferenceChart.ts';
import { slopeChartSvg } from '../../src-main/report/charts/slopeChart.ts';
import { verdictCard } from '../../src-main/report/html/verdictCard.ts';
import { buildReport } from '../../src-main/report/index.ts';
import { reportFixture } from '../support/reportFixture.ts';
import { outlines, usualWidth, windowCharts } from './outlines.ts';

const drawn = await windowCharts();

type Block = Exclude<ChartBlock, { kind: 'line-chart' }>;

async function bothDrawings(block: Block): Promise<readonly [inWindow: readonly string[], inReport: readonly string[]]> {
  switch (block.kind) {
    case 'paired-difference-chart':
      return [outlines(await drawn('PairedDifferenceChart', { block })), outlines(pairedDifferenceSvg(block, 'a', usualWidth))];
    case 'slope-chart':
      return [outlines(await drawn('SlopeChart', { block })), outlines(slopeChartSvg(block, 'a', 360))];
    case 'bar-chart': {
      // the window's bars leave more room, because values are set in bold there
      const texts = (all: readonly string[]): readonly string[] => all.filter((outlined) => !/ (rect|line) /.test(outlined));
      return [texts(outlines(await drawn('BarChart', { block }))), texts(outlines(barChartSvg(block, 'a', usualWidth)))];
    }
  }
}

test('a block of the report is drawn alike in the window, whatever kind of chart it is', async () => {
  const blocks = buildReport(reportFixture({ steps: 60 })).sections.flatMap((section) => section.blocks);
  const charts = blocks.filter((block): block is Block => block.kind.endsWith('-chart') && block.kind !== 'line-chart');
  expect(charts).not.toEqual([]);
  for (const chart of charts) {
    const [inWindow, inReport] = await bothDrawings(chart);
    expect(inReport, chart.title).not.toEqual([]);
    expect(inWindow, chart.title).toEqual(inReport);
  }
});

test('the interval of a verdict stands where it stands in the report', async () => {
  const input = reportFixture({ steps: 60 });
  const blocks = buildReport(input).sections.flatMap((section) => section.blocks);
  const verdict = blocks.find((block) => block.kind === 'verdict');
  if (verdict?.kind !== 'verdict' || verdict.interval === null) throw new Error('The report has a verdict with its interval.');
  const inReport = outlines(verdictCard(verdict, 'a').split('class="narrow"')[0] ?? '').filter((outlined) => / (rect|line|circle) /.test(outlined));
  const inWindow = outlines(await drawn('IntervalStrip', { interval: verdict.interval }));
  const places = (all: readonly string[]): readonly string[] => all.map((outlined) => outlined.replace(/^.*?(?=(rect|line|circle) )/, '')).sort();
  expect(places(inWindow)).toEqual(places(inReport));
});
