/** Takes everything that the store has of one experiment out as plain data, and puts such data into another store. Run numbers and owners stay behind. */
import type Sqlite from 'better-sqlite3';
import type { ExperimentRow } from './experiment.ts';

type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** Every table with the columns that travel; the tables' own types and checks hold on the way in. */
const columns = {
  dataset: ['digest', 'name', 'source', 'format', 'row_count', 'first_used', 'last_used'],
  experiment: ['id', 'name', 'question', 'plan', 'design', 'provenance', 'metric', 'margin', 'verdict', 'created'],
  arm: ['id', 'position', 'title', 'role', 'method'],
  run: [
    'name',
    'arm_id',
    'seed',
    'position',
    'status',
    'error_code',
    'error',
    'started',
    'ended',
    'epochs',
    'steps',
    'selected_epoch',
    'stopped_early',
    'wall_ms',
    'step_ms',
    'peak_memory_mib',
    'parameter_count',
    'deployed_parameter_count',
    'final_weights_sha256',
    'main_weights_sha256',
    'backend',
    'backend_version',
    'device',
    'captured',
    'threads',
  ],
  metric: ['part', 'task', 'metric', 'value'],
  class_recall: ['task', 'class', 'recall'],
  event: ['at', 'kind', 'detail'],
} as const;

/** What is written out: rows as the tables have them. */
export interface WholeExperiment {
  readonly dataset: Row;
  readonly experiment: Row;
  readonly arms: readonly Row[];
  readonly runs: readonly Row[];
  readonly metrics: readonly Row[]; // with run: the run's name
  readonly classRecalls: readonly Row[]; // likewise
  readonly events: readonly Row[]; // with run: its name or null
  readonly notes: string;
  readonly tags: readonly string[];
  readonly points: Readonly<Record<string, Readonly<Record<string, readonly (readonly [at: number, value: number | null])[]>>>>; // run -> series -> points
}

/** What is taken in: the same, with what was settled on the way. */
export interface IncomingExperiment extends Omit<WholeExperiment, 'dataset' | 'experiment'> {
  readonly dataset: {
    readonly digest: string;
    readonly name: string;
    readonly source: string;
    readonly format: string;
    readonly rows: number;
    readonly at: string;
  };
  readonly experiment: Omit<ExperimentRow, 'dataset_id'>;
}

export type WholeExperiments = ReturnType<typeof wholeExperiments>;

export function wholeExperiments(database: Sqlite.Database) {
  const list = (table: keyof typeof columns): string => columns[table].map((name) => `${table}.${name}`).join(', ');
  const rowsOf = (sql: string, id: string): Row[] => database.prepare<[{ id: string }], Row>(sql).all({ id });

  const insert = (table: keyof typeof columns, row: Row, more: Row = {}): Sqlite.RunResult => {
    const names = [...columns[table], ...Object.keys(more)];
    const values = Object.fromEntries(columns[table].map((name) => [name, row[name] ?? null]));
    return database.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `:${name}`).join(', ')})`).run({ ...values, ...more });
  };

  return {
    /** @param id of an experiment that is there */
    read(id: string): WholeExperiment {
      const [experiment = {}] = rowsOf(`SELECT ${list('experiment')} FROM experiment WHERE id = :id`, id);
      const [dataset = {}] = rowsOf(
        `SELECT ${list('dataset')} FROM dataset JOIN experiment ON experiment.dataset_id = dataset.id WHERE experiment.id = :id`,
        id,
      );
      const points = new Map<string, Map<string, [number, number | null][]>>(); // no objects: series bear the names of columns
      const all = database
        .prepare<[{ id: string }], [string, string, number, number | null]>(
          `SELECT run.name, series.name, point.at, point.value FROM run JOIN point ON point.run_id = run.id JOIN series ON series.id = point.series_id
           WHERE run.experiment_id = :id ORDER BY run.position, point.series_id, point.at`,
        )
        .raw(true);
      for (const [run, series, at, value] of all.iterate({ id })) {
        let lines = points.get(run);
        if (lines === undefined) points.set(run, (lines = new Map<string, [number, number | null][]>()));
        let line = lines.get(series);
        if (line === undefined) lines.set(series, (line = []));
        line.push([at, value]);
      }
      return {
        dataset,
        experiment,
        arms: rowsOf(`SELECT ${list('arm')} FROM arm WHERE experiment_id = :id ORDER BY position`, id),
        runs: rowsOf(`SELECT ${list('run')} FROM run WHERE experiment_id = :id ORDER BY position`, id),
        metrics: rowsOf(`SELECT run.name AS run, ${list('metric')} FROM metric JOIN run ON run.id = metric.run_id WHERE run.experiment_id = :id`, id),
        classRecalls: rowsOf(
          `SELECT run.name AS run, ${list('class_recall')} FROM class_recall JOIN run ON run.id = class_recall.run_id WHERE run.experiment_id = :id`,
          id,
        ),
        events: rowsOf(
          `SELECT run.name AS run, ${list('event')} FROM event LEFT JOIN run ON run.id = event.run_id WHERE event.experiment_id = :id ORDER BY event.id`,
          id,
        ),
        notes: rowsOf('SELECT notes FROM annotation WHERE experiment_id = :id', id).map((row) => String(row['notes']))[0] ?? '',
        tags: rowsOf('SELECT tag FROM tag WHERE experiment_id = :id ORDER BY tag', id).map((row) => String(row['tag'])),
        points: Object.fromEntries([...points].map(([run, lines]) => [run, Object.fromEntries(lines)])),
      };
    },
    /** Call it inside a transaction.  @throws SqliteError when a row breaks a table's rules */
    write(whole: IncomingExperiment): void {
      const { id, imported, ...experiment } = whole.experiment;
      const { digest, name, source, format, rows, at } = whole.dataset;
      const known = database.prepare<[{ digest: string }], { id: number }>('SELECT id FROM dataset WHERE digest = :digest').get({ digest });
      const row = { digest, name, source, format, row_count: rows, first_used: at, last_used: at };
      const dataset = known?.id ?? Number(insert('dataset', row).lastInsertRowid);
      insert('experiment', { id, ...experiment }, { dataset_id: dataset, imported });
      for (const arm of whole.arms) insert('arm', arm, { experiment_id: id });
      const runs = new Map<Value, number>();
      for (const run of whole.runs) {
        const isOver = ['finished', 'failed', 'cancelled'].includes(String(run['status']));
        const { lastInsertRowid } = insert('run', isOver ? run : { ...run, status: 'interrupted' }, { experiment_id: id });
        runs.set(run['name'] ?? null, Number(lastInsertRowid));
      }
      for (const metric of whole.metrics) insert('metric', metric, { run_id: runs.get(metric['run'] ?? null) ?? null });
      for (const recall of whole.classRecalls) insert('class_recall', recall, { run_id: runs.get(recall['run'] ?? null) ?? null });
      for (const event of whole.events) insert('event', event, { experiment_id: id, run_id: runs.get(event['run'] ?? null) ?? null });
      if (whole.notes !== '') database.prepare('INSERT INTO annotation (experiment_id, notes) VALUES (:id, :notes)').run({ id, notes: whole.notes });
      for (const tag of whole.tags) database.prepare('INSERT INTO tag (experiment_id, tag) VALUES (:id, :tag)').run({ id, tag });
      const addSeries = database.prepare<[{ name: string }], { id: number }>(
        'INSERT INTO series (name) VALUES (:name) ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id',
      );
      const addPoint = database.prepare('INSERT INTO point (run_id, series_id, at, value) VALUES (:run, :series, :at, :value)');
      for (const [name, lines] of Object.entries(whole.points))
        for (const [series, points] of Object.entries(lines)) {
          const seriesId = addSeries.get({ name: series })?.id ?? null;
          for (const [at, value] of points) addPoint.run({ run: runs.get(name) ?? null, series: seriesId, at, value });
        }
    },
  };
}
