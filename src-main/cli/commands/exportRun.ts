/** `auxlab export`: one run as a folder that stands for itself. */
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { RunExport } from '../../contract/lab.ts';
import type { RunDocument, Series, TaskMetrics } from '../../contract/results.ts';
import { defineCommand } from '../command.ts';
import { withLab } from '../context.ts';
import { writeWhole } from '../output/files.ts';

const weightsName = 'weights.npz';

export const exportRun = defineCommand({
  name: 'export',
  usage: 'RUN [--to FOLDER]',
  help: 'Write the folder of a run: what it was told (job.json, plan.json), what came of it (run.json, metrics.csv, points.csv) and, once it has finished, its deployed weights for NumPy (weights.npz: trunk and main head at the selected epoch).',
  positionals: [1, 1],
  options: { to: { kind: 'text', value: 'FOLDER', help: "Where the folder goes. Default: a folder with the run's ID, here." } },
  run: ({ positionals: [id = ''], options }, context) =>
    withLab(context, async (lab) => {
      const exported = lab.exportRun(id);
      const { run, series, job, experiment, weights } = exported;
      const { csv } = await import('../../report/csv.ts');
      const folder = resolve(context.folder, options.to ?? run.id);
      await writeWhole(join(folder, 'job.json'), json(job));
      await writeWhole(join(folder, 'plan.json'), json(experiment.plan));
      await writeWhole(join(folder, 'metrics.csv'), csv(metricRows(run)));
      await writeWhole(join(folder, 'points.csv'), csv(pointRows(series)));
      if (weights !== null) await writeWhole(join(folder, weightsName), weights);
      await writeWhole(join(folder, 'run.json'), json(describe(exported))); // last: whoever finds it finds the rest
      if (weights === null)
        context.terminal.remark(
          run.status === 'finished'
            ? 'No weights were kept of this run.'
            : `Run ${run.id} has not finished (${run.status}), so it has no weights to export yet.`,
        );
      context.terminal.print(folder);
      return 0;
    }),
});

function describe({ experiment, arm, run, weights }: RunExport): unknown {
  const { runs: _, ...armOnly } = arm;
  return {
    experimentId: experiment.experimentId,
    arm: armOnly,
    run,
    engine: experiment.engine,
    provenance: experiment.provenance,
    weights: weights === null ? null : { file: weightsName, epoch: run.selectedEpoch, sha256: createHash('sha256').update(weights).digest('hex') },
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function metricRows(run: RunDocument): (readonly (string | number)[])[] {
  const splits: readonly (readonly [string, TaskMetrics])[] = [
    ['train', run.train],
    ['validation', run.validation],
    ['test', run.test],
  ];
  const rows = splits.flatMap(([split, tasks]) =>
    Object.entries(tasks).flatMap(([task, metrics]) => Object.entries(metrics).map(([metric, value]) => [split, task, metric, value] as const)),
  );
  return [['split', 'task', 'metric', 'value'], ...rows];
}

function pointRows(series: readonly Series[]): (readonly (string | number)[])[] {
  return [['series', 'at', 'value'], ...series.flatMap(({ name, steps, values }) => steps.map((step, i) => [name, step, values[i] ?? ''] as const))];
}
