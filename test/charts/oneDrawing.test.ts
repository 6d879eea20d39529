/** Window and report draw the same thing from the same runs, through their own components and writers. */
import type { Component } from 'svelte';
import type * as Server from 'svelte/server';
import { expect, test } from 'vitest';
import { chartTable, tableOfLines, type LineChart } from '../../src-main/charts/index.ts';
import type { ChartBlock, LineChartBlock } from '../../src-main/contract/blocks.ts';
import type { Line as RecordedLine } from '../../src-main/contract/calls.ts';
import type { ReportInput } from '../../src-main/contract/results.ts';
import { barChartSvg } from '../../src-main/report/charts/barChart.ts';
import { lineChartSvg } from '../../src-main/report/charts/lineChart.ts';
import { pairedDifferenceSvg } from '../../src-main/report/charts/pairedDifferenceChart.ts';
import { slopeChartSvg } from '../../src-main/report/charts/slopeChart.ts';
import { verdictCard } from '../../src-main/report/html/verdictCard.ts';
import { buildReport } from '../../src-main/report/index.ts';
import { chartOf, seriesPlans } from '../../src-renderer/pages/experiment/experimentCharts.ts';
import { windowModules } from '../renderer/windowModules.ts';
import { reportFixture } from '../support/reportFixture.ts';

const load = await windowModules();
const { render } = await load<typeof Server>('svelte/server');

/** What a component of the window draws at its usual width: no element is measured on a server. */
async function drawn(name: string, props: Record<string, unknown>): Promise<string> {
  const { default: component } = await load<{ readonly default: Component<Record<string, unknown>> }>(`/charts/${name}.svelte`);
  return (await render(component, { props })).body;
}

/** What stands where: every shape with its classes and places in tenths, as the report writes them, and the labels of axes and rows. */
function outlines(svg: string): string[] {
  const tenths = (text: string): string => text.replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number) * 10) / 10));
  const shapes = [...svg.matchAll(/<(path|rect|circle|line) ([^>]*)>/g)].map(([, kind = '', attributes = '']) => {
    const of = (name: string): string => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1] ?? '';
    const names = of('class').split(' ');
    const classes = names.filter((name) => name !== '' && !/^svelte-|^false$/.test(name)).sort();
    const places = ['d', 'x', 'y', 'width', 'height', 'cx', 'cy', 'x1', 'x2', 'y1', 'y2', 'transform'].map((name) => tenths(of(name)));
    return [...classes, kind, ...places.filter((place) => place !== '')].join(' ');
  });
  const texts = [...svg.matchAll(/<text [^>]*class="(?:tick|row-title|row-value)[^>]*>([^<]*)</g)].map(([, text = '']) => text);
  return [...shapes, ...texts].sort();
}

/** Runs as the window reads them. */
function recorded({ experiment, series }: ReportInput): ReadonlyMap<string, readonly RecordedLine[]> {
  const ofRun = (arm: string, { id, seed }: { readonly id: string; readonly seed: number }): RecordedLine[] =>
    (series.get(id) ?? []).map(({ name, steps, values }) => ({ run: id, arm, seed, name, total: steps.length, steps: [...steps], values: [...values] }));
  const lines = experiment.arms.flatMap(({ id, runs }) => runs.flatMap((run) => ofRun(id, run)));
  return Map.groupBy(lines, ({ name }) => name);
}

function validation(input: ReportInput): { readonly block: LineChartBlock; readonly chart: LineChart } {
  const block = chartsOf(input).find((one) => one.kind === 'line-chart');
  const lines = recorded(input);
  const plan = seriesPlans(input.experiment, [...lines.keys()]).find(({ key }) => key === 'metric');
  const chart = plan === undefined ? null : chartOf(input.experiment, plan, lines);
  if (block?.kind !== 'line-chart' || chart === null) throw new Error('Both sides have the chart.');
  return { block, chart };
}

function chartsOf(input: ReportInput): ChartBlock[] {
  return buildReport(input).sections.flatMap(({ blocks }) => blocks.filter((block): block is ChartBlock => block.kind.endsWith('-chart')));
}

const [width, height] = [720, 330]; // what the window takes on a server, and how high a wide drawing of the report is
const isPart = (kind: string, outlined: string): boolean => new RegExp(`\\b${kind}\\b.* path `).test(outlined);
const isDrawing = (outlined: string): boolean => ['band', 'thin', 'line', 'symbol'].some((kind) => isPart(kind, outlined)) || /^[\d.,−]+$/.test(outlined);

test.each([1, 2, 3, 6])('%i runs an arm have the same lines, bands, signs and ticks in window and report, and the same table behind them', async (pairs) => {
  const { block, chart } = validation(reportFixture({ steps: 60, finishedPairs: pairs }));
  const inReport = outlines(lineChartSvg(block, 'a', width)).filter(isDrawing);
  const inWindow = outlines(await drawn('LineChart', { chart, height, zoom: null, onzoom: () => undefined })).filter(isDrawing);
  expect(inWindow).toEqual(inReport);
  const counts = ['band', 'thin', 'line', 'symbol'].map((kind) => inReport.filter((outlined) => isPart(kind, outlined)).length);
  expect(counts).toEqual([pairs < 3 ? 0 : 3, pairs < 2 ? 0 : 3 * pairs, 3, 3]); // of three arms
  expect(tableOfLines(chart).rows).toEqual(chartTable(block).rows);
});

test('a block of the report is drawn alike in the window, whatever kind of chart it is', async () => {
  const blocks = chartsOf(reportFixture({ steps: 60 }));
  const of = <K extends ChartBlock['kind']>(kind: K): Extract<ChartBlock, { kind: K }> => {
    const block = blocks.find((one): one is Extract<ChartBlock, { kind: K }> => one.kind === kind);
    if (block === undefined) throw new Error(`The report has a ${kind}.`);
    return block;
  };
  const [paired, slope, bars] = [of('paired-difference-chart'), of('slope-chart'), of('bar-chart')];
  expect(outlines(await drawn('PairedDifferenceChart', { block: paired }))).toEqual(outlines(pairedDifferenceSvg(paired, 'a', width)));
  expect(outlines(await drawn('SlopeChart', { block: slope }))).toEqual(outlines(slopeChartSvg(slope, 'a', 360)));
  // the window's bars leave more room, because values are set in bold there
  const texts = (all: readonly string[]): readonly string[] => all.filter((outlined) => !/ (rect|line) /.test(outlined));
  expect(texts(outlines(await drawn('BarChart', { block: bars })))).toEqual(texts(outlines(barChartSvg(bars, 'a', width))));
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
