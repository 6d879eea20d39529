import { expect, test } from 'vitest';
import { meanLine } from '../../src-main/report/aggregate.ts';
import { armClass as reportArmClass, armSymbol, shortPath } from '../../src-main/report/charts/svg.ts';
import { chanceParts } from '../../src-renderer/pages/experiment/chanceParts.ts';
import { armChart, armLines } from '../../src-renderer/charts/armChart.ts';
import { armClass, signPath } from '../../src-renderer/charts/armSign.ts';
import { csvCell, csvOfLines, csvOfTable } from '../../src-renderer/charts/csvFile.ts';
import { keptPlaces } from '../../src-renderer/charts/decimate.ts';
import { lineGeometry } from '../../src-renderer/charts/lineGeometry.ts';
import { legendOf, meanOf, nearestPlace, placeOfX, type Line, type LineChart } from '../../src-renderer/charts/lines.ts';
import { tableOfLines } from '../../src-renderer/charts/lineTable.ts';
import { movingMean, smoothedLine, smoothingWidth } from '../../src-renderer/charts/smooth.ts';
import { moved, zoomed } from '../../src-renderer/charts/zoom.ts';
import { chartOf, seriesPlans } from '../../src-renderer/pages/experiment/experimentCharts.ts';
import { filteredRows, runRows, sortedRows } from '../../src-renderer/pages/compare/runRows.ts';
import { appended } from '../../src-renderer/state/liveLines.ts';
import { timesAsMuch } from '../support/effort.ts';
import { document } from './fakeLab.ts';

const style = { digits: 2, unit: '' };
const words = { title: 'Loss', x: 'Step', y: 'Loss', style, scale: 1 };

function chart(lines: readonly Line[], part: Partial<LineChart> = {}): LineChart {
  return { title: 'Loss', description: '', x: 'Step', y: 'Loss', style, lines, ...part };
}

/** A noisy line whose spikes a decimation must not lose. */
function noisy(count: number, seed: number): { xs: number[]; ys: number[] } {
  let state = seed;
  const random = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  return { xs: Array.from({ length: count }, (_, i) => i), ys: Array.from({ length: count }, () => random()) };
}

test('an arm has the sign and colour that the report gives it', () => {
  for (let arm = 0; arm < 12; arm++) {
    expect(armSymbol(arm, 0, 0, 60)).toContain(`d="${shortPath(signPath(arm, 60))}"`);
    expect(armClass(arm)).toBe(reportArmClass(arm));
  }
});

test('a decimated line keeps its ends, its highest and its lowest point', () => {
  const { xs, ys } = noisy(10_000, 1);
  ys[4321] = 50;
  ys[8765] = -50;
  const places = keptPlaces(xs, ys, [0, 9999], 300);
  expect(places.length).toBeLessThanOrEqual(4 * 301);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(new Set(places).size).toBe(places.length);
  for (const place of [0, 4321, 8765, 9999]) expect(places).toContain(place);
});

test('a zoom ends at the raw points, with one neighbour beyond either end', () => {
  const { xs, ys } = noisy(10_000, 2);
  expect(keptPlaces(xs, ys, [500, 520], 300)).toEqual(Array.from({ length: 23 }, (_, i) => 499 + i));
});

test('missing values leave no point', () => {
  expect(keptPlaces([0, 1, 2], [1, NaN, 3], [0, 2], 100)).toEqual([0, 2]);
  expect(keptPlaces([], [], [0, 1], 100)).toEqual([]);
});

test('places of an x are found by halving', () => {
  expect([placeOfX([0, 2, 4], 3), placeOfX([0, 2, 4], 4), placeOfX([0, 2, 4], 9)]).toEqual([2, 2, 3]);
  expect([nearestPlace([0, 2, 4], 2.9), nearestPlace([0, 2, 4], 3.1), nearestPlace([0, 2, 4], 99), nearestPlace([], 1)]).toEqual([1, 2, 2, -1]);
});

test("mean and band are the report's", () => {
  const runs = [1, 2, 3, 4, 5].map((seed) => noisy(30, seed));
  const mean = meanOf(runs);
  const { points, band } = meanLine(runs.map(({ xs, ys }) => xs.map((x, i) => [x, ys[i] ?? NaN] as const)));
  points.forEach(([x, y], i) => expect([mean.xs[i], mean.ys[i]]).toEqual([x, expect.closeTo(y, 12)]));
  band.forEach(([, low, high], i) => expect([mean.band?.low[i], mean.band?.high[i]]).toEqual([expect.closeTo(low, 12), expect.closeTo(high, 12)]));
  expect(mean.ys).toHaveLength(30);
});

test('a run that ended early ends the mean only when half of the runs are gone, and two runs draw no band', () => {
  const [a, b] = [noisy(10, 1), noisy(4, 2)];
  expect(meanOf([a, b]).xs).toHaveLength(10); // 1 of 2 is half
  expect(meanOf([a, b, noisy(4, 3)]).xs).toHaveLength(4);
  expect(meanOf([a, b]).band).toBeUndefined();
  expect(meanOf([])).toEqual({ xs: [], ys: [] });
});

test('50 runs of 10,000 points are drawn, mean and band included, for less than three times what their way into the window costs, and a zoom for half of that', () => {
  const recorded = Array.from({ length: 50 }, (_, i) => {
    const { xs, ys } = noisy(10_000, i + 1);
    return { run: `r${i}`, arm: i < 25 ? 'baseline' : 'aux-1', seed: i % 25, name: 'loss/main', total: 10_000, steps: xs, values: ys };
  });
  const arms = [
    { id: 'baseline', title: 'Baseline', number: 0 },
    { id: 'aux-1', title: 'Region', number: 1 },
  ];
  const draw = (): number => lineGeometry(armChart(arms, [{ name: 'loss/main', lines: recorded }], words), 1000, 340)?.pointCount ?? 0;
  const built = armChart(arms, [{ name: 'loss/main', lines: recorded }], words);
  const zoom = (): unknown => lineGeometry(built, 1000, 340, [4000, 4500]);
  expect(draw()).toBeLessThan(70_000);
  expect(timesAsMuch(draw, () => JSON.stringify(recorded))).toBeLessThan(3); // 0.8 measured
  expect(timesAsMuch(zoom, draw)).toBeLessThan(0.5); // 0.2 measured
});

test('a chart without a finite point draws nothing', () => {
  expect(lineGeometry(chart([]), 700, 300)).toBeNull();
  expect(lineGeometry(chart([{ group: 'a', label: 'a', arm: 0, role: 'main', xs: [0, 1], ys: [NaN, NaN] }]), 700, 300)).toBeNull();
});

test('a share is never drawn past 100 %, and what is never negative begins at 0', () => {
  const line: Line = { group: 'a', label: 'a', arm: 0, role: 'main', xs: [0, 1], ys: [95, 99], band: { xs: [0, 1], low: [90, 94], high: [100, 104] } };
  const geometry = lineGeometry(chart([line], { style: { digits: 1, unit: '%' } }), 700, 300);
  expect(geometry?.y.high).toBe(100);
  const small = lineGeometry(chart([{ ...line, ys: [0.1, 3], band: { xs: [0, 1], low: [-2, -1], high: [4, 5] } }]), 700, 300);
  expect(small?.y.low).toBe(0);
});

test('zooming in and out stays inside and comes back to everything', () => {
  expect(zoomed([0, 100], [0, 100], 0.5)).toEqual([25, 75]);
  expect(zoomed([25, 75], [0, 100], 0.5, 25)).toEqual([25, 50]);
  expect(zoomed([25, 75], [0, 100], 2)).toBeNull();
  expect(moved([25, 75], [0, 100], 1)).toEqual([50, 100]);
  expect(moved([25, 75], [0, 100], -1)).toEqual([0, 50]);
});

test('a chart as CSV holds every raw point, and no cell runs as a formula', () => {
  const line: Line = { group: 'a', label: '=SUM(A1)', arm: 0, role: 'main', xs: [0, 1], ys: [0.5, 0.25], band: { xs: [1], low: [0.2], high: [0.3] } };
  expect(csvOfLines(chart([line]))).toBe("line,Step,Loss,low,high\r\n'=SUM(A1),0,0.5,,\r\n'=SUM(A1),1,0.25,0.2,0.3\r\n");
  expect([csvCell('a,"b"'), csvCell('-0.5'), csvCell('+x'), csvCell(NaN)]).toEqual(['"a,""b"""', '-0.5', "'+x", '']);
  expect(csvOfTable({ kind: 'table', caption: '', columns: [{ title: 'Arm' }], rows: [[{ text: '−0.5' }]] })).toBe('Arm\r\n-0.5\r\n');
});

test('the table behind a chart has its mean lines at no more than 24 places', () => {
  const { xs, ys } = noisy(1000, 3);
  const table = tableOfLines(
    chart([
      { group: 'a', label: 'seed 1', arm: 0, role: 'thin', xs, ys },
      { group: 'a', label: 'Baseline', arm: 0, role: 'main', xs, ys },
    ]),
  );
  expect(table.columns.map(({ title }) => title)).toEqual(['Step', 'Baseline']);
  expect(table.rows).toHaveLength(24);
  expect([table.rows[0]?.[0]?.text, table.rows.at(-1)?.[0]?.text]).toEqual(['0', '999']);
});

test('thinned runs with different steps still have a mean', () => {
  const recorded = [1, 2, 3].map((seed) => {
    const { xs, ys } = noisy(400, seed);
    const kept = xs.filter((x) => (x + seed) % 3 === 0);
    return { run: `r${seed}`, arm: 'baseline', seed, name: 'loss/main', total: 400, steps: kept, values: kept.map((x) => ys[x] ?? null) };
  });
  const lines = armLines([{ id: 'baseline', title: 'Baseline', number: 0 }], [{ name: 'loss/main', lines: recorded }], 1);
  const mean = lines.find(({ role }) => role === 'main');
  expect(mean?.xs.length).toBeGreaterThan(50);
  expect(Array.from(mean?.ys ?? []).every((y) => y > 0 && y < 1)).toBe(true);
});

test('live points are put to their line once, whatever order they come in', () => {
  const point = { run: 'r1', arm: 'baseline', seed: 1, name: 'loss/main' };
  const one = appended([], { ...point, steps: [0, 1], values: [1, 0.9] });
  const two = appended(one, { ...point, steps: [1, 2], values: [0.9, 0.8] });
  expect(two[0]).toMatchObject({ steps: [0, 1, 2], values: [1, 0.9, 0.8], total: 3 });
  expect(appended(two, { ...point, steps: [0, 1], values: [1, 0.9] })).toBe(two);
  const long = appended(two, { ...point, steps: Array.from({ length: 9000 }, (_, i) => i + 3), values: new Array<number>(9000).fill(0.5) });
  expect(long[0]?.steps.length).toBeLessThan(4000);
  expect(long[0]?.total).toBe(9003);
});

test('an experiment draws its main validation metric first, auxiliary weights without the main task, and nothing that was not recorded', () => {
  const experiment = document();
  const auxiliary = experiment.arms[1]?.tasks[1]?.id ?? '';
  const plans = seriesPlans(experiment, ['validation/main/accuracy', 'loss/main', `loss/${auxiliary}`, `weight/${auxiliary}`, 'learning-rate']);
  expect(plans.map(({ key }) => key)).toEqual(['metric', 'loss', 'weight']);
  const [metric] = plans;
  if (metric === undefined) throw new Error('There is a plan for the metric.');
  expect(chartOf(experiment, metric, new Map())).toBeNull();
  const values = { run: 'x', arm: 'baseline', seed: 1, name: 'validation/main/accuracy', total: 2, steps: [0, 1], values: [0.5, 0.75] };
  const drawn = chartOf(experiment, metric, new Map([['validation/main/accuracy', [values]]]));
  expect([drawn?.y, Array.from(drawn?.lines[0]?.ys ?? [])]).toEqual(['Validation accuracy (%)', [50, 75]]);
});

test('the run table sorts by value, keeps runs without one at the end and filters by every word', () => {
  const rows = runRows(document('e1', { failedSeed: 2 }));
  const sorted = sortedRows(rows, 'test', true);
  expect(sorted.at(-1)?.test).toBeNull();
  expect((sorted[0]?.test ?? 0) >= (sorted[1]?.test ?? 0)).toBe(true);
  expect(filteredRows(rows, 'failed').map(({ seed }) => seed)).toEqual([2]);
  expect(filteredRows(rows, 'baseline seed 3')).toHaveLength(1);
});

test('a smoothed line is a centred mean, narrower towards both ends, and invents no value', () => {
  const xs = [0, 1, 2, 3, 4];
  expect([...movingMean(xs, [3, 0, 3, 0, 3], 2)]).toEqual([3, 2, 1, 2, 3]);
  expect([...movingMean(xs, [0, 2, 4, 6, 8], 4)]).toEqual([0, 2, 4, 6, 8]); // a straight line stays as it is
  expect([...movingMean(xs, [1, NaN, 3, Infinity, 5], 2)]).toEqual([1, NaN, 3, NaN, 5]);
  expect([...movingMean([], [], 2)]).toEqual([]);
  const line: Line = { group: 'a', label: 'a', arm: 0, role: 'main', xs, ys: [3, 0, 3, 0, 3], band: { xs: [1, 2, 3], low: [0, 3, 0], high: [3, 6, 3] } };
  expect(smoothedLine(line, 2).band).toMatchObject({ low: Float64Array.of(0, 1, 0), high: Float64Array.of(3, 4, 3) });
});

test('smoothing reaches over a twentieth of the steps, over five points where they are sparse, and not at all where there are few', () => {
  const line = (xs: number[]): Line => ({ group: 'a', label: 'a', arm: 0, role: 'main', xs, ys: xs });
  expect(smoothingWidth([line(Array.from({ length: 2001 }, (_, i) => i))])).toBe(100);
  expect(smoothingWidth([line(Array.from({ length: 11 }, (_, i) => 25 * i))])).toBe(100);
  expect([smoothingWidth([line([0, 1, 2, 3, 4])]), smoothingWidth([])]).toEqual([0, 0]);
});

test('losses, weights and cosines can be smoothed; the validation metric cannot', () => {
  const experiment = document();
  const auxiliary = experiment.arms[1]?.tasks[1]?.id ?? '';
  const names = ['validation/main/accuracy', `loss/${auxiliary}`, `weight/${auxiliary}`, `cosine/${auxiliary}`, 'step-ratio'];
  const recorded = new Map(names.map((name) => [name, [{ run: 'x', arm: 'aux-1', seed: 1, name, total: 2, steps: [0, 1], values: [0.5, 0.75] }]]));
  const can = seriesPlans(experiment, names).map((plan) => [plan.key, chartOf(experiment, plan, recorded)?.canSmooth === true]);
  expect(can).toEqual([
    ['metric', false],
    ['loss', true],
    ['weight', true],
    ['cosine', true],
    ['ratio', false],
  ]);
});

test('three probabilities fill one bar without gap or overlap', () => {
  const parts = chanceParts({ worse: 0.125, same: 0.25, better: 0.625 });
  expect(parts.map(({ id, from, width }) => [id, from, width])).toEqual([
    ['worse', 0, 12.5],
    ['same', 12.5, 25],
    ['better', 37.5, 62.5],
  ]);
});

test('two arms of one title keep a line each, and a switch in the legend moves one of them and its runs', () => {
  const arms = ['a', 'b'].map((id, i) => ({ id, title: 'head at block2', number: i + 1 }));
  const series = ['loss/main', 'loss/type'].map((name, k) => ({
    name,
    isDashed: k > 0,
    lines: arms.flatMap(({ id }, i) => [1, 2].map((seed) => ({ run: `${id}-${seed}`, arm: id, seed, name, total: 2, steps: [0, 1], values: [i, i + k] }))),
  }));
  const lines = armLines(arms, series, 1);
  const mains = lines.filter(({ role }) => role === 'main');
  expect(mains.map(({ ys }) => Array.from(ys))).toEqual([[0, 0], [1, 1], [0, 1], [1, 2]]); // prettier-ignore
  expect(new Set(mains.map(({ group }) => group)).size).toBe(4);
  for (const { group } of mains) expect(lines.filter((line) => line.group === group)).toHaveLength(3);
});

test('a legend says the name of an arm once where the arm has several lines', () => {
  const line = (arm: number, title: string, part: string): Line => ({
    group: `${arm} ${part}`,
    label: `${title}, ${part}`,
    title,
    part,
    arm,
    role: 'main',
    xs: [],
    ys: [],
  });
  const lines = [line(0, 'Baseline', 'main task'), line(1, 'Mine', 'main task'), line(1, 'Mine', 'task type')];
  expect(legendOf(lines).map(({ title, lines: own }) => [title, own.map(({ part }) => part)])).toEqual([
    ['Baseline', ['main task']],
    ['Mine', ['main task', 'task type']],
  ]);
  const plain = lines.map(({ title: _, part: __, ...rest }) => rest);
  expect(legendOf(plain)).toEqual(plain.map((one) => ({ title: null, lines: [one] })));
});
