import { expect, test } from 'vitest';
import { lineGeometry, type Line, type LineChart } from '../../src-main/charts/index.ts';
import { armChart, recordedLines } from '../../src-renderer/charts/armChart.ts';
import { csvCell, csvOfLines, csvOfTable } from '../../src-renderer/charts/csvFile.ts';
import { legendOf } from '../../src-renderer/charts/legend.ts';
import { filteredRows, runRows, sortedRows } from '../../src-renderer/pages/compare/runRows.ts';
import { chanceParts } from '../../src-renderer/pages/experiment/chanceParts.ts';
import { chartOf, seriesPlans } from '../../src-renderer/pages/experiment/experimentCharts.ts';
import { appended } from '../../src-renderer/state/liveLines.ts';
import { noisy } from '../charts/lines/noisy.ts';
import { timesAsMuch } from '../support/effort.ts';
import { document } from './labContents.ts';

const style = { digits: 2, unit: '' };
const words = { title: 'Loss', x: 'Step', y: 'Loss', style, scale: 1 };

function chart(lines: readonly Line[], part: Partial<LineChart> = {}): LineChart {
  return { title: 'Loss', description: '', x: 'Step', y: 'Loss', style, lines, ...part };
}

test('50 runs of 10,000 points, mean and band included, cost less than three times their way into the window, and a zoom half of that', () => {
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
  const zoom = (): unknown => lineGeometry(built, 1000, 340, { zoom: [4000, 4500] });
  expect(draw()).toBeLessThan(70_000);
  expect(timesAsMuch(draw, () => JSON.stringify(recorded))).toBeLessThan(3); // 0.8 measured
  expect(timesAsMuch(zoom, draw)).toBeLessThan(0.5); // 0.2 measured
});

test('a chart as CSV holds every raw point, and no cell runs as a formula', () => {
  const line: Line = { group: 'a', label: '=SUM(A1)', arm: 0, role: 'main', xs: [0, 1], ys: [0.5, 0.25], band: { xs: [1], low: [0.2], high: [0.3] } };
  expect(csvOfLines(chart([line]))).toBe("line,Step,Loss,low,high\r\n'=SUM(A1),0,0.5,,\r\n'=SUM(A1),1,0.25,0.2,0.3\r\n");
  expect([csvCell('a,"b"'), csvCell('-0.5'), csvCell('+x'), csvCell(NaN)]).toEqual(['"a,""b"""', '-0.5', "'+x", '']);
  expect(csvOfTable({ kind: 'table', caption: '', columns: [{ title: 'Arm' }], rows: [[{ text: '−0.5' }]] })).toBe('Arm\r\n-0.5\r\n');
});

test('thinned runs with different steps still have a mean', () => {
  const recorded = [1, 2, 3].map((seed) => {
    const { xs, ys } = noisy(400, seed);
    const kept = xs.filter((x) => (x + seed) % 3 === 0);
    return { run: `r${seed}`, arm: 'baseline', seed, name: 'loss/main', total: 400, steps: kept, values: kept.map((x) => ys[x] ?? NaN) };
  });
  const lines = recordedLines([{ id: 'baseline', title: 'Baseline', number: 0 }], [{ name: 'loss/main', lines: recorded }], 1);
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
  const lines = recordedLines(arms, series, 1);
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
