/** Views for people who ask in SQL: names instead of numbers. */
import type { Migration } from './migration.ts';

export const viewMigrations: readonly Migration[] = [
  {
    version: 1,
    date: '2026-11-24',
    sql: `
      CREATE VIEW runs AS
        SELECT run.name AS run, run.experiment_id AS experiment, experiment.name AS name, run.arm_id AS arm, arm.role, arm.method, run.seed, run.status,
          run.epochs, run.steps, run.selected_epoch, run.wall_ms, run.step_ms, run.peak_memory_mib, run.parameter_count, run.device, run.final_weights_sha256, run.error
        FROM run JOIN experiment ON experiment.id = run.experiment_id JOIN arm ON arm.experiment_id = run.experiment_id AND arm.id = run.arm_id;
      CREATE VIEW points AS
        SELECT run.experiment_id AS experiment, run.arm_id AS arm, run.seed, run.name AS run, series.name AS series, point.at, point.value
        FROM point JOIN run ON run.id = point.run_id JOIN series ON series.id = point.series_id;
      CREATE VIEW metrics AS
        SELECT run.experiment_id AS experiment, run.arm_id AS arm, run.seed, run.name AS run, metric.part, metric.task, metric.metric, metric.value
        FROM metric JOIN run ON run.id = metric.run_id;`,
  },
];
