/** What stands around the record: annotations, drafts, settings, recent data, search and thinned series, also at the size of years of work. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openStore, type Store } from '../../src-main/store/store.ts';
import { timesAsMuch } from '../support/effort.ts';
import { addExperiment } from '../support/storeRows.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const open = (): Store => openStore(join(folder(), 'lab.sqlite'));
const everything = { words: [], trashed: false, sort: 'newest', offset: 0, limit: 100 } as const;
const at = '2026-11-24T10:00:00.000Z';

describe('annotations', () => {
  test('a search finds every word in name, notes, tags and data set, and LIKE signs are taken as they are', () => {
    const store = open();
    addExperiment(store, 'wine', ['baseline'], [1], '2026-11-24T10:00:00.000Z');
    addExperiment(store, 'cars', ['baseline'], [1], '2026-11-24T11:00:00.000Z');
    store.annotations.setNotes('wine', 'Margin of 100% was too much');
    store.write(() => store.annotations.setTags('wine', ['paper', 'second try']));
    const find = (...words: string[]): string[] => store.search.experiments({ ...everything, words }).items.map(({ id }) => id);
    expect(find()).toEqual(['cars', 'wine']);
    expect(find('100%')).toEqual(['wine']);
    expect(find('10_%')).toEqual([]);
    expect(find('PAPER', 'margin')).toEqual(['wine']);
    expect(find('paper', 'absent')).toEqual([]);
    expect(store.search.experiments({ ...everything, tag: 'second try' }).items).toMatchObject([{ id: 'wine', has_notes: 1, tags: 'paper\u001fsecond try' }]);
    expect(store.annotations.tags()).toEqual([{ tag: 'paper', count: 1 }, { tag: 'second try', count: 1 }]); // prettier-ignore
    store.close();
  });

  test('the trash hides an experiment and gives it back; removing it leaves no row of it', () => {
    const store = open();
    const [run] = addExperiment(store, 'gone', ['baseline', 'auxiliary'], [1]);
    addExperiment(store, 'kept', ['baseline'], [1]);
    store.write(() => store.points.add(run?.id ?? 0, [['loss/main', 0, 1]]));
    store.annotations.setTrashed('gone', at);
    expect(store.search.experiments(everything).items.map(({ id }) => id)).toEqual(['kept']);
    expect(store.search.experiments({ ...everything, trashed: true }).items.map(({ id }) => id)).toEqual(['gone']);
    expect(store.search.runs({ ...everything, words: [] }).items.map(({ name }) => name)).toEqual(['kept-baseline-1']);
    store.annotations.setTrashed('gone', null);
    expect(store.search.experiments(everything).total).toBe(2);
    store.write(() => store.experiments.remove('gone'));
    for (const table of ['run', 'arm', 'annotation', 'point', 'event'])
      expect(store.query(`SELECT count(*) FROM ${table} ${table === 'point' ? '' : "WHERE experiment_id = 'gone'"}`).rows, table).toEqual([[0]]);
    expect(store.problems()).toEqual([]);
    store.close();
  });
});

describe('the desk', () => {
  test('a draft is saved over itself and listed newest first; the list of recent data keeps the last twenty', () => {
    const store = open();
    const { drafts, recentData, settings } = store.desk;
    drafts.save({ id: 'a', name: 'First', content: '{"x":1}', saved: at });
    drafts.save({ id: 'b', name: 'Second', content: '{}', saved: '2026-11-24T11:00:00.000Z' });
    drafts.save({ id: 'a', name: 'First again', content: '{"x":2}', saved: '2026-11-24T12:00:00.000Z' });
    expect(drafts.all().map(({ id, name }) => [id, name])).toEqual([['a', 'First again'], ['b', 'Second']]); // prettier-ignore
    expect(drafts.get('a')?.content).toBe('{"x":2}');
    settings.set('level', 'expert');
    expect(settings.all()).toEqual({ level: 'expert' });
    for (let i = 0; i < 25; i++)
      recentData.note({ source: `/d/${i}.csv`, name: `${i}.csv`, kind: 'table', row_count: 3, opened: new Date(1e12 + i).toISOString() });
    expect(recentData.all().map(({ name }) => name)).toEqual(Array.from({ length: 20 }, (_, i) => `${24 - i}.csv`));
    store.close();
  });
});

describe('a store of 1,000 experiments and 10,000 runs', () => {
  let store: Store;
  beforeAll(() => {
    store = open();
    for (let i = 0; i < 1000; i++)
      addExperiment(store, `e${String(i).padStart(4, '0')}`, ['baseline', 'auxiliary'], [1, 2, 3, 4, 5], new Date(1.7e12 + i * 1000).toISOString());
    const runs = store.runs.of('e0000').concat(...Array.from({ length: 4 }, (_, i) => store.runs.of(`e000${i + 1}`)));
    for (const run of runs)
      store.write(() =>
        store.points.add(
          run.id,
          Array.from({ length: 10_000 }, (_, step) => ['loss/main', step, Math.sin(step / 50) + (step === 5001 ? 100 : 0)] as const),
        ),
      );
  });

  test('a page of experiments, a search and a page of runs each cost less than reading all runs four times', () => {
    const page = () => store.search.experiments(everything);
    const search = () => store.search.experiments({ ...everything, words: ['e0777'] });
    const runs = () => store.search.runs({ ...everything, words: [] });
    const lastRuns = () => store.search.runs({ ...everything, words: [], sort: 'test-high', offset: 9900 });
    expect(page()).toMatchObject({ total: 1000, items: { length: 100 } });
    expect(search().items).toMatchObject([{ id: 'e0777', runs: 10 }]);
    expect(runs()).toMatchObject({ total: 10_000, items: { length: 100 } });
    expect(lastRuns().items).toHaveLength(100);
    const all = () => store.query('SELECT * FROM run');
    expect(all().rows).toHaveLength(10_000);
    for (const work of [page, search, runs, lastRuns]) expect(timesAsMuch(work, all), work.name).toBeLessThan(4); // 0.8, 0.8, 0.4, 1.8 measured
  });

  test('50 series of 10,000 points are thinned for less than it costs to read them, and the one spike of each is still there', () => {
    const runs = ['e0000', 'e0001', 'e0002', 'e0003', 'e0004'].flatMap((id) => store.runs.of(id));
    const thinned = () => runs.map((run) => store.thinned.read({ run: run.id, name: 'loss/main', from: 0, to: Number.MAX_SAFE_INTEGER, points: 800 }));
    const lines = thinned();
    expect(lines).toHaveLength(50);
    for (const line of lines) {
      expect(line?.total).toBe(10_000);
      expect(line?.steps.length).toBeLessThanOrEqual(800);
      expect(line?.steps).toContain(5001);
      expect(line?.values[line.steps.indexOf(5001)]).toBeGreaterThan(90);
      expect(line?.steps).toEqual(line?.steps.toSorted((a, b) => a - b));
    }
    expect(timesAsMuch(thinned, () => runs.map((run) => store.points.of(run.id)))).toBeLessThan(1); // 0.4 measured
    const zoomed = store.thinned.read({ run: runs[0]?.id ?? 0, name: 'loss/main', from: 4990, to: 5010, points: 800 });
    expect(zoomed).toMatchObject({ total: 21 });
    expect(zoomed?.steps).toEqual(Array.from({ length: 21 }, (_, i) => 4990 + i)); // raw when there is room
    expect(store.thinned.read({ run: runs[0]?.id ?? 0, name: 'absent', from: 0, to: 10, points: 100 })).toBeNull();
    expect(store.thinned.names('e0000')).toEqual(['loss/main']);
  });
});
