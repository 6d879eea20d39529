import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { LabError } from '../../src-main/contract/errors.ts';
import type { RunResult } from '../../src-main/contract/results.ts';
import { asStoreError } from '../../src-main/store/database.ts';
import { layoutVersion, migrate } from '../../src-main/store/migrations.ts';
import { openStore } from '../../src-main/store/store.ts';
import { addExperiment } from '../support/storeRows.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const file = (): string => join(folder(), 'lab.sqlite');
const at = '2026-11-24T10:00:00.000Z';

const result: RunResult = {
  epochs: 2,
  steps: 20,
  selectedEpoch: 1,
  stoppedEarly: false,
  wallMs: 12.6,
  stepMs: 0.5,
  peakMemoryMiB: 100.25,
  parameters: { total: 14, deployed: 10 },
  train: { main: { accuracy: 0.9, loss: 0.1 } },
  validation: { main: { accuracy: 0.8, loss: 0.2 } },
  test: { main: { accuracy: 0.7, loss: NaN } },
  classRecall: { main: [0.5, null, 1] },
  finalWeightsSha256: 'f',
  mainWeightsSha256: 'm',
  engine: { backend: 'tensorflow', version: '2', device: 'CPU', captured: true, threads: 1 },
};

describe('opening', () => {
  test('a new store has WAL, full synchronisation, foreign keys and only STRICT tables', () => {
    const path = file();
    const store = openStore(path);
    const raw = new Sqlite(path, { readonly: true });
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(raw.pragma('application_id', { simple: true })).toBe(0x4175784c);
    const lax = raw.prepare("SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite_%' AND strict = 0").all();
    expect(lax).toEqual([]);
    expect(store.problems()).toEqual([]);
    raw.close();
    store.close();
  });

  test('a STRICT table refuses a value of another type', () => {
    const path = file();
    openStore(path).close();
    const raw = new Sqlite(path);
    expect(() =>
      raw.exec("INSERT INTO dataset (digest, name, source, format, row_count, first_used, last_used) VALUES ('a', 'b', 'c', 'd', 'many', 'e', 'f')"),
    ).toThrow('cannot store TEXT value in INTEGER column dataset.row_count');
    raw.close();
  });

  test('a store of a newer layout is refused and left as it is', () => {
    const path = file();
    openStore(path).close();
    const raw = new Sqlite(path);
    raw.pragma('user_version = 99');
    raw.close();
    expect(() => openStore(path)).toThrow(
      new LabError(
        'store',
        `The store ${path} was written by a newer Auxlab (layout 99; ` +
          `this program knows layout ${layoutVersion}). Update Auxlab, or set AUXLAB_HOME to another folder.`,
      ),
    );
    const again = new Sqlite(path);
    expect(again.pragma('user_version', { simple: true })).toBe(99);
    again.close();
  });

  test("another program's database is refused", () => {
    const path = file();
    const raw = new Sqlite(path);
    raw.exec('CREATE TABLE theirs (a)');
    raw.close();
    expect(() => openStore(path)).toThrow(`The file ${path} is an SQLite database of another program, not an Auxlab store. Set AUXLAB_HOME to another folder.`);
  });

  test('a store of layout 1 is brought up to date and keeps its runs, with a copy beside it', () => {
    const path = file();
    openStore(path).close();
    const raw = new Sqlite(path); // what layouts 2 and 3 added is taken away again
    raw.exec('ALTER TABLE experiment DROP COLUMN imported');
    for (const table of ['class_recall', 'recent_data', 'setting', 'draft', 'tag', 'annotation']) raw.exec(`DROP TABLE ${table}`);
    raw.pragma('user_version = 1');
    raw.close();
    const store = openStore(path, () => new Date(at));
    const [run] = addExperiment(store, 'e', ['baseline'], [1]);
    store.write(() => store.classRecall.add(run?.id ?? 0, { main: [0.5, null] }));
    expect(store.classRecall.of(run?.id ?? 0)).toEqual({ main: [0.5, null] });
    expect(readdirSync(join(path, '..'))).toContain('lab.sqlite.v1-20261124T100000000Z.backup');
    store.close();
  });

  test('a store that lacks a table is refused with a sentence', () => {
    const path = file();
    openStore(path).close();
    const raw = new Sqlite(path);
    raw.exec('DROP TABLE class_recall');
    raw.close();
    expect(() => openStore(path)).toThrow(`The store ${path} cannot be used: no such table: class_recall.`);
  });

  test('a pending migration runs whole or not at all, after a copy of the file', () => {
    const path = file();
    const store = openStore(path);
    addExperiment(store, 'kept', ['baseline'], [1]);
    store.close();
    const raw = new Sqlite(path);
    const now = (): Date => new Date(at);
    const good = { version: layoutVersion + 1, date: '2026-12-01', sql: 'ALTER TABLE dataset ADD COLUMN licence TEXT;' };
    const bad = { version: layoutVersion + 2, date: '2026-12-02', sql: 'ALTER TABLE absent ADD COLUMN x TEXT;' };
    expect(() => migrate(raw, path, 0x4175784c, now, [good, bad])).toThrow('no such table: absent');
    expect(raw.pragma('user_version', { simple: true })).toBe(layoutVersion);
    expect(raw.prepare("SELECT count(*) AS n FROM pragma_table_info('dataset') WHERE name = 'licence'").get()).toEqual({ n: 0 });
    migrate(raw, path, 0x4175784c, () => new Date('2026-11-25T00:00:00.000Z'), [good]);
    expect(raw.pragma('user_version', { simple: true })).toBe(layoutVersion + 1);
    raw.close();
    const copies = readdirSync(join(path, '..')).filter((name) => name.endsWith('.backup'));
    expect(copies).toEqual([`lab.sqlite.v${layoutVersion}-20261124T100000000Z.backup`, `lab.sqlite.v${layoutVersion}-20261125T000000000Z.backup`]);
    const copy = new Sqlite(join(path, '..', copies[0] ?? ''), { readonly: true });
    expect(copy.prepare('SELECT id FROM experiment').all()).toEqual([{ id: 'kept' }]);
    copy.close();
  });
});

test('a full disk is told in a sentence', () => {
  const raw = new Sqlite(file());
  raw.exec('CREATE TABLE t (x)');
  raw.pragma('max_page_count = 2'); // SQLite answers as on a full disk
  let error: unknown;
  try {
    raw.exec('INSERT INTO t VALUES (hex(zeroblob(100000)))');
  } catch (caught) {
    error = caught;
  }
  expect(asStoreError(error, 'lab.sqlite').message).toBe('The disk is full: lab.sqlite cannot grow. Free some space and run "npx auxlab resume".');
  raw.close();
});

describe('runs', () => {
  test('a result is written once and read back as it was, with a metric that is not finite as NaN', () => {
    const store = openStore(file());
    const [run] = addExperiment(store, 'e', ['baseline'], [1]);
    if (run === undefined) throw new Error('no run');
    store.write(() => store.metrics.add(run.id, result));
    store.write(() => store.classRecall.add(run.id, result.classRecall));
    expect(store.runs.finish(run.id, result, at)).toBe(true);
    expect(store.runs.finish(run.id, { ...result, steps: 99 }, at)).toBe(false);
    expect(store.runs.get('e-baseline-1')).toMatchObject({ status: 'finished', steps: 20, wall_ms: 13, step_ms: 0.5, captured: 1, final_weights_sha256: 'f' });
    expect(store.metrics.of(run.id)).toEqual({ train: result.train, validation: result.validation, test: result.test });
    expect(store.classRecall.of(run.id)).toEqual({ main: [0.5, null, 1] });
    store.close();
  });

  test('a run so short that no step was timed has no step time, not one of 0 ms', () => {
    const store = openStore(file());
    const [run] = addExperiment(store, 'e', ['baseline'], [1]);
    store.runs.finish(run?.id ?? 0, { ...result, stepMs: 0 }, at);
    expect(store.runs.get('e-baseline-1')?.step_ms).toBeNull();
    store.close();
  });

  test('points are overwritten by a replay, keep every bit, and hold NaN for values that are not finite', () => {
    const store = openStore(file());
    const [run] = addExperiment(store, 'e', ['baseline'], [1]);
    if (run === undefined) throw new Error('no run');
    store.write(() => store.points.add(run.id, [['loss/main', 0, 1], ['loss/main', 1, 0.1 + 0.2], ['loss/x', 0, Infinity]])); // prettier-ignore
    store.write(() => store.points.add(run.id, [['loss/main', 0, 5e-324]]));
    expect(store.points.of(run.id)).toEqual([
      { name: 'loss/main', steps: [0, 1], values: [5e-324, 0.30000000000000004] },
      { name: 'loss/x', steps: [0], values: [NaN] },
    ]);
    store.close();
  });

  test('the test split of a run is read once: a second such event is refused', () => {
    const store = openStore(file());
    const [run] = addExperiment(store, 'e', ['baseline'], [1]);
    const event = { experiment_id: 'e', run_id: run?.id ?? 0, at, kind: 'test-split-read', detail: '' } as const;
    store.events.add(event);
    expect(() => store.write(() => store.events.add(event))).toThrow('UNIQUE constraint failed: event.run_id');
    store.close();
  });

  test('a claim takes what can go on and nothing else', () => {
    const store = openStore(file());
    const [first, second, third, fourth] = addExperiment(store, 'e', ['baseline', 'auxiliary'], [1, 2]);
    store.write(() => store.metrics.add(first?.id ?? 0, result));
    store.runs.finish(first?.id ?? 0, result, at);
    store.runs.stop(second?.id ?? 0, 'failed', { code: 'run-failed', message: 'NaN' }, at);
    store.runs.stop(third?.id ?? 0, 'failed', { code: 'engine-lost', message: 'killed' }, at);
    const owner = store.owners.register({ host: 'elsewhere', pid: 1, started: '' });
    expect(store.runs.claim('e', owner)).toBe(2);
    expect(store.runs.of('e').map(({ status }) => status)).toEqual(['finished', 'failed', 'queued', 'queued']);
    expect(store.runs.claim('e', owner)).toBe(0);
    expect(fourth?.name).toBe('e-auxiliary-2');
    store.close();
  });
});

describe('queries', () => {
  const store = openStore(file());
  const [run] = addExperiment(store, 'e', ['baseline'], [7]);
  store.write(() => store.points.add(run?.id ?? 0, [['loss/main', 0, 0.5], ['loss/main', 1, 0.25]])); // prettier-ignore

  test('the view of points names experiment, arm, seed and series', () => {
    expect(store.query('SELECT * FROM points ORDER BY at')).toEqual({
      columns: ['experiment', 'arm', 'seed', 'run', 'series', 'at', 'value'],
      rows: [
        ['e', 'baseline', 7, 'e-baseline-7', 'loss/main', 0, 0.5],
        ['e', 'baseline', 7, 'e-baseline-7', 'loss/main', 1, 0.25],
      ],
    });
  });

  test('rows past the limit are left out with a note', () => {
    expect(store.query('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i FROM n', 2)).toEqual({
      columns: ['i'],
      rows: [[1], [2]],
      note: 'The first 2 rows; there are more. Add WHERE or LIMIT to the query to see others.',
    });
  });

  test.each([
    ['DELETE FROM run', 'A query must begin with SELECT, WITH, VALUES or EXPLAIN; it only reads. Received: DELETE.'],
    ['-- all\nPRAGMA journal_mode = DELETE', 'A query must begin with SELECT, WITH, VALUES or EXPLAIN; it only reads. Received: PRAGMA.'],
    ['  ', 'A query must begin with SELECT, WITH, VALUES or EXPLAIN; it only reads. Received: no statement.'],
    ['WITH x AS (SELECT 1) DELETE FROM run', 'A query must only read. This statement would write.'],
    ['SELECT 1; DROP TABLE run', 'The query cannot be read: The supplied SQL string contains more than one statement.'],
    ['SELECT absent FROM run', 'The query cannot be read: no such column: absent.'],
  ])('%j is refused', (sql, text) => {
    expect(() => store.query(sql)).toThrow(text);
    expect(store.runs.of('e')).toHaveLength(1);
  });
});
