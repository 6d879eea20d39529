/** What a person at the desk waits for at the size of years of work, in milliseconds of the clock beside what they should be on a machine that does nothing
 *  else. The suite holds the same work as ratios, which a busy machine does not break. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lineGeometry } from '../../src-main/charts/index.ts';
import { Stream } from '../../src-main/contract/random.ts';
import { readPrepared } from '../../src-main/data/preparedFolder.ts';
import { writePrepared } from '../../src-main/data/writePrepared.ts';
import { readTable } from '../../src-main/formats/tables/csv.ts';
import { datasetFolder } from '../../src-main/lab/paths.ts';
import { openStore } from '../../src-main/store/store.ts';
import { armChart } from '../../src-renderer/charts/armChart.ts';
import { prepared, series } from '../data/prepared.ts';
import { addExperiment } from '../support/storeRows.ts';

export interface DeskFigure {
  readonly what: string;
  readonly ms: number; // median of several rounds
  readonly targetMs: number;
}

export function deskFigures(rounds = 7): DeskFigure[] {
  const folder = mkdtempSync(join(tmpdir(), 'auxlab-bench-'));
  const figure = (what: string, targetMs: number, work: () => unknown): DeskFigure => {
    const times = series(rounds, () => {
      const start = performance.now();
      work();
      return performance.now() - start;
    });
    return { what, targetMs, ms: times.toSorted((a, b) => a - b)[rounds >> 1] ?? NaN };
  };
  try {
    return [...storeFigures(join(folder, 'lab.sqlite'), figure), ...chartFigures(figure), ...dataFigures(folder, figure)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Measure = (what: string, targetMs: number, work: () => unknown) => DeskFigure;

function storeFigures(file: string, figure: Measure): DeskFigure[] {
  const store = openStore(file);
  const runs = series(1000, (i) => addExperiment(store, `e${i}`, ['baseline', 'auxiliary'], [1, 2, 3, 4, 5])).flat();
  const drawn = runs.slice(0, 50);
  for (const run of drawn)
    store.write(() =>
      store.points.add(
        run.id,
        series(10_000, (step) => ['loss/main', step, Math.sin(step / 50)] as const),
      ),
    );
  const page = { words: [], trashed: false, sort: 'newest', offset: 0, limit: 100 } as const;
  const range = { name: 'loss/main', from: 0, to: Number.MAX_SAFE_INTEGER, points: 800 };
  const figures = [
    figure('a page of 1,000 experiments', 200, () => store.search.experiments(page)),
    figure('a search among them', 200, () => store.search.experiments({ ...page, words: ['e777'] })),
    figure('a page of 10,000 runs', 200, () => store.search.runs(page)),
    figure('the last page, sorted', 200, () => store.search.runs({ ...page, sort: 'test-high', offset: 9900 })),
    figure('50 series of 10,000 points, thinned', 300, () => drawn.map((run) => store.thinned.read({ ...range, run: run.id }))),
  ];
  store.close();
  return figures;
}

function chartFigures(figure: Measure): DeskFigure[] {
  const random = new Stream(1, 'bench');
  const steps = series(10_000, (step) => step);
  const lines = series(50, (i) => ({
    run: `r${i}`,
    arm: i < 25 ? 'baseline' : 'aux-1',
    seed: i % 25,
    name: 'loss/main',
    total: steps.length,
    steps,
    values: steps.map(() => random.uniform()),
  }));
  const arms = [
    { id: 'baseline', title: 'Baseline', number: 0 },
    { id: 'aux-1', title: 'Region', number: 1 },
  ];
  const words = { title: 'Loss', x: 'Step', y: 'Loss', style: { digits: 2, unit: '' }, scale: 1 };
  const chart = () => armChart(arms, [{ name: 'loss/main', lines }], words);
  const built = chart();
  return [
    figure('a chart of 50 runs x 10,000 points', 300, () => lineGeometry(chart(), 1000, 340)),
    figure('a zoom into it', 100, () => lineGeometry(built, 1000, 340, { zoom: [4000, 4500] })),
  ];
}

function dataFigures(home: string, figure: Measure): DeskFigure[] {
  const images = { kind: 'image', height: 28, width: 28, channels: 1, values: new Uint8Array(12_000 * 784) } as const;
  const dataset = prepared({ y: series(12_000, (row) => row % 10) }, images);
  const folder = datasetFolder(home, dataset.digest);
  writePrepared(dataset, folder);
  const row = series(30, (i) => (i * 1.37 - 20).toFixed(5)).join(',');
  const table = Buffer.from(`${series(30, (i) => `c${i}`).join(',')}\n${`${row}\n`.repeat(100_000)}`);
  return [
    figure('12,000 prepared images of 28 by 28, read', 100, () => readPrepared(folder)),
    figure('a CSV file of 100,000 rows and 30 columns', 6000, () => readTable('t.csv', table, {})),
  ];
}
