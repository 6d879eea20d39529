/** `auxlab export`: an experiment as one file, or one run as a folder that stands for itself. */
import { createHash, randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { MadeFile } from '../../contract/calls.ts';
import type { Lab, RunExport } from '../../contract/lab.ts';
import type { RunDocument, Series, TaskMetrics } from '../../contract/results.ts';
import { inside } from '../../lab/paths.ts';
import { defineCommand, exitCode } from '../command.ts';
import { withLab, type Context } from '../context.ts';
import { checkWritable, writeWhole } from '../output/files.ts';

const weightsName = 'weights.npz';

export const exportCommand = defineCommand({
  name: 'export',
  usage: 'ID [--to PATH]',
  help:
    "Write an experiment as one file that others can import (ID.auxlab), or, for a run's ID, its folder: " +
    'what it was told (job.json, plan.json), what came of it (run.json, metrics.csv, points.csv) and, ' +
    'once it has finished, its deployed weights for NumPy (weights.npz: trunk and main head at the selected epoch).',
  positionals: [1, 1],
  options: { to: { kind: 'text', value: 'PATH', help: 'The file of an experiment, or the folder of a run. Default: named by the ID, here.' } },
  examples: ['auxlab export 261124-153012-k7qf', 'auxlab export 261124-153012-k7qf-baseline-1 --to best'],
  run: ({ positionals: [id = ''], options }, context) =>
    withLab(context, async (lab) => {
      const found = await lab.call('experiments.named', { id });
      const named = options.to === undefined ? undefined : resolve(context.folder, options.to);
      const path = found.kind === 'run' ? await writeRun(lab.exportRun(found.id), named, context) : await writeExperiment(lab, found.id, named, context);
      context.terminal.print(path);
      return exitCode.ok;
    }),
});

/** @returns the file */
async function writeExperiment(lab: Lab, id: string, named: string | undefined, { folder, signal }: Context): Promise<string> {
  const file = named ?? inside(folder, `${id}.auxlab`);
  await checkWritable(file);
  const made = await packed(lab, id, signal);
  await writeWhole(file, Buffer.from(made.content, made.encoding === 'base64' ? 'base64' : 'utf8'));
  return file;
}

/** Packing a large experiment takes a while; Ctrl+C ends it. */
async function packed(lab: Lab, id: string, signal: AbortSignal): Promise<MadeFile> {
  const job = randomUUID();
  const cancel = (): void => void lab.call('jobs.cancel', { job }).catch(() => undefined); // it may be over
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await lab.call('bundle.export', { id, job });
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** A run's folder is gathered without a call: weights are bytes, and its files lie side by side.  @returns the folder */
async function writeRun(exported: RunExport, named: string | undefined, context: Context): Promise<string> {
  const { run, series, job, experiment, weights } = exported;
  const { csv } = await import('../../report/csv.ts');
  const folder = named ?? inside(context.folder, run.id);
  await writeWhole(join(folder, 'job.json'), json(job));
  await writeWhole(join(folder, 'plan.json'), json(experiment.plan));
  await writeWhole(join(folder, 'metrics.csv'), csv(metricRows(run)));
  await writeWhole(join(folder, 'points.csv'), csv(pointRows(series)));
  if (weights !== null) await writeWhole(join(folder, weightsName), weights);
  await writeWhole(join(folder, 'run.json'), json(describe(exported))); // last: whoever finds it finds the rest
  if (weights === null)
    context.terminal.remark(
      run.status === 'finished' ? 'No weights were kept of this run.' : `Run ${run.id} has not finished (${run.status}), so it has no weights to export yet.`,
    );
  return folder;
}

function describe({ experiment, arm, run, weights }: RunExport): unknown {
  const { runs: _, ...armOnly } = arm;
  return {
    experimentId: experiment.experimentId,
    arm: armOnly,
    run,
    engine: experiment.engine,
    provenance: experiment.provenance,
    imported: experiment.imported,
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
