/** Table run: one arm trained with one seed, from queued to its result. */
import type Sqlite from 'better-sqlite3';
import type { LabErrorCode } from '../contract/errors.ts';
import type { ExperimentStatus, RunResult, RunStatus } from '../contract/results.ts';
import type { Migration } from './migration.ts';

export interface RunRow {
  readonly id: number;
  readonly name: string; // the id that people and documents use
  readonly experiment_id: string;
  readonly arm_id: string;
  readonly seed: number;
  readonly position: number; // order in which runs start
  readonly status: RunStatus;
  readonly owner_id: number | null;
  readonly error_code: LabErrorCode | null;
  readonly error: string | null;
  readonly started: string | null;
  readonly ended: string | null;
  readonly epochs: number;
  readonly steps: number;
  readonly selected_epoch: number | null;
  readonly stopped_early: number | null;
  readonly wall_ms: number;
  readonly step_ms: number | null;
  readonly peak_memory_mib: number | null;
  readonly parameter_count: number | null;
  readonly deployed_parameter_count: number | null;
  readonly final_weights_sha256: string | null;
  readonly main_weights_sha256: string | null;
  readonly backend: string | null;
  readonly backend_version: string | null;
  readonly device: string | null;
  readonly captured: number | null;
  readonly threads: number | null;
}

export const runMigrations: readonly Migration[] = [
  {
    version: 1,
    date: '2026-11-24',
    sql: `
      CREATE TABLE run (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        experiment_id TEXT NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
        arm_id TEXT NOT NULL,
        seed INTEGER NOT NULL,
        position INTEGER NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'paused', 'interrupted', 'finished', 'failed', 'cancelled')),
        owner_id INTEGER REFERENCES owner (id),
        error_code TEXT,
        error TEXT,
        started TEXT,
        ended TEXT,
        epochs INTEGER NOT NULL DEFAULT 0 CHECK (epochs >= 0),
        steps INTEGER NOT NULL DEFAULT 0 CHECK (steps >= 0),
        selected_epoch INTEGER,
        stopped_early INTEGER CHECK (stopped_early IN (0, 1)),
        wall_ms INTEGER NOT NULL DEFAULT 0,
        step_ms REAL,
        peak_memory_mib REAL,
        parameter_count INTEGER,
        deployed_parameter_count INTEGER,
        final_weights_sha256 TEXT,
        main_weights_sha256 TEXT,
        backend TEXT,
        backend_version TEXT,
        device TEXT,
        captured INTEGER CHECK (captured IN (0, 1)),
        threads INTEGER,
        UNIQUE (experiment_id, arm_id, seed),
        FOREIGN KEY (experiment_id, arm_id) REFERENCES arm (experiment_id, id),
        CHECK (status <> 'finished' OR final_weights_sha256 IS NOT NULL)
      ) STRICT;
      CREATE INDEX run_owner ON run (owner_id) WHERE owner_id IS NOT NULL;`,
  },
];

/** What the statuses of its runs make of an experiment, over a group of rows of run; without any it is finished. */
export const experimentStatusSql = `
  CASE WHEN sum(run.status IN ('running', 'queued')) > 0 THEN 'running'
       WHEN sum(run.status IN ('interrupted', 'paused')) > 0 THEN 'interrupted'
       WHEN sum(run.status IN ('failed', 'cancelled')) > 0 THEN 'failed'
       ELSE 'finished' END`;

/** Failures that do not lie in the run itself, so that the same run may succeed when it goes on. */
export const resumableErrors: readonly LabErrorCode[] = ['engine-lost', 'runtime-missing', 'store'];

export type RunTable = ReturnType<typeof runTable>;

export function runTable(database: Sqlite.Database) {
  const insert = database.prepare<[Pick<RunRow, 'name' | 'experiment_id' | 'arm_id' | 'seed' | 'position'>]>(`
    INSERT INTO run (name, experiment_id, arm_id, seed, position, status) VALUES (:name, :experiment_id, :arm_id, :seed, :position, 'interrupted')`);
  const byName = database.prepare<[{ name: string }], RunRow>('SELECT * FROM run WHERE name = :name');
  const byPrefix = database.prepare<[{ prefix: string }], RunRow>(`
    SELECT * FROM run WHERE substr(name, 1, length(:prefix)) = :prefix ORDER BY name`);
  const byExperiment = database.prepare<[{ experiment: string }], RunRow>('SELECT * FROM run WHERE experiment_id = :experiment ORDER BY position');
  const claim = database.prepare<[{ experiment: string; owner: number; codes: string }]>(`
    UPDATE run SET status = 'queued', owner_id = :owner, error_code = NULL, error = NULL
    WHERE experiment_id = :experiment AND owner_id IS NULL
      AND (status IN ('queued', 'paused', 'interrupted') OR (status = 'failed' AND error_code IN (SELECT value FROM json_each(:codes))))`);
  const start = database.prepare<[{ id: number; now: string }]>(`
    UPDATE run SET status = 'running', started = coalesce(started, :now), ended = NULL WHERE id = :id`);
  const progress = database.prepare<[{ id: number; steps: number; epochs: number }]>('UPDATE run SET steps = :steps, epochs = :epochs WHERE id = :id');
  const stop = database.prepare<[Pick<RunRow, 'id' | 'status' | 'error_code' | 'error'> & { now: string }]>(`
    UPDATE run SET status = :status, owner_id = NULL, error_code = :error_code, error = :error, ended = :now WHERE id = :id AND status <> 'finished'`);
  const finish = database.prepare<[FinishedColumns]>(`
    UPDATE run SET status = 'finished', owner_id = NULL, error_code = NULL, error = NULL, ended = :now,
      epochs = :epochs, steps = :steps, selected_epoch = :selected_epoch, stopped_early = :stopped_early,
      wall_ms = :wall_ms, step_ms = :step_ms, peak_memory_mib = :peak_memory_mib,
      parameter_count = :parameter_count, deployed_parameter_count = :deployed_parameter_count,
      final_weights_sha256 = :final_weights_sha256, main_weights_sha256 = :main_weights_sha256,
      backend = :backend, backend_version = :backend_version, device = :device, captured = :captured, threads = :threads
    WHERE id = :id AND status <> 'finished'`);
  const status = database.prepare<[{ experiment: string }], { status: ExperimentStatus }>(
    `SELECT ${experimentStatusSql} AS status FROM run WHERE experiment_id = :experiment`,
  );

  return {
    /** Adds a run that waits to be claimed. */
    add(run: Pick<RunRow, 'name' | 'experiment_id' | 'arm_id' | 'seed' | 'position'>): void {
      insert.run(run);
    },
    get(name: string): RunRow | undefined {
      return byName.get({ name });
    },
    /** Runs whose name begins with a text. */
    withPrefix(prefix: string): RunRow[] {
      return byPrefix.all({ prefix });
    },
    of(experiment: string): RunRow[] {
      return byExperiment.all({ experiment });
    },
    /** Queues every run of an experiment that nobody owns and that can go on; finished runs stay as they are.  @returns how many */
    claim(experiment: string, owner: number): number {
      return claim.run({ experiment, owner, codes: JSON.stringify(resumableErrors) }).changes;
    },
    start(id: number, now: string): void {
      start.run({ id, now });
    },
    setProgress(id: number, steps: number, epochs: number): void {
      progress.run({ id, steps, epochs });
    },
    /** Ends a run without a result. */
    stop(
      id: number,
      status: 'paused' | 'interrupted' | 'failed' | 'cancelled',
      error: { readonly code: LabErrorCode; readonly message: string } | null,
      now: string,
    ): void {
      stop.run({ id, status, error_code: error?.code ?? null, error: error?.message ?? null, now });
    },
    /** @returns false when the run had finished before: a result is written once */
    finish(id: number, result: RunResult, now: string): boolean {
      return finish.run(finishedColumns(id, result, now)).changes === 1;
    },
    /** How an experiment stands, by its runs. */
    statusOf(experiment: string): ExperimentStatus {
      return status.get({ experiment })?.status ?? 'finished';
    },
  };
}

type FinishedColumns = { now: string } & Omit<
  RunRow,
  'name' | 'experiment_id' | 'arm_id' | 'seed' | 'position' | 'status' | 'owner_id' | 'error_code' | 'error' | 'started' | 'ended'
>;

function finishedColumns(id: number, result: RunResult, now: string): FinishedColumns {
  const { engine, parameters } = result;
  return {
    id,
    now,
    epochs: result.epochs,
    steps: result.steps,
    selected_epoch: result.selectedEpoch,
    stopped_early: result.stoppedEarly ? 1 : 0,
    wall_ms: Math.round(result.wallMs),
    step_ms: result.stepMs > 0 ? result.stepMs : null, // a run of very few steps may have timed none
    peak_memory_mib: result.peakMemoryMiB,
    parameter_count: parameters.total,
    deployed_parameter_count: parameters.deployed,
    final_weights_sha256: result.finalWeightsSha256,
    main_weights_sha256: result.mainWeightsSha256,
    backend: engine.backend,
    backend_version: engine.version,
    device: engine.device,
    captured: engine.captured ? 1 : 0,
    threads: engine.threads,
  };
}
