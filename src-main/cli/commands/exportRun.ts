/** `auxlab export`: one run as a folder that stands for itself. */
import { join, resolve } from 'node:path';
import { LabError } from '../../contract/errors.ts';
import type { Lab } from '../../contract/lab.ts';
import type { ArmDocument, ExperimentDocument, RunDocument, Series, TaskMetrics } from '../../contract/results.ts';
import { defineCommand } from '../command.ts';
import { withLab } from '../context.ts';
import { writeWhole } from '../output/files.ts';

export const exportRun = defineCommand({
  name: 'export',
  usage: 'RUN [--to FOLDER]',
  help: 'Write the folder of a run: what it was (run.json, plan.json), its metrics (metrics.csv) and everything recorded while it trained (points.csv).',
  positionals: [1, 1],
  options: { to: { kind: 'text', value: 'FOLDER', help: "Where the folder goes. Default: a folder with the run's ID, here." } },
  run: ({ positionals: [id = ''], options }, context) =>
    withLab(context, async (lab) => {
      const { experiment, arm, run } = findRun(lab, id);
      const { csv } = await import('../../report/csv.ts');
      const folder = resolve(context.folder, options.to ?? run.id);
      const series = lab.series(experiment.experimentId).get(run.id) ?? [];
      const { runs: _, ...armOnly } = arm;
      const described = { experimentId: experiment.experimentId, arm: armOnly, run, engine: experiment.engine, provenance: experiment.provenance };
      await writeWhole(join(folder, 'run.json'), `${JSON.stringify(described, null, 2)}\n`);
      await writeWhole(join(folder, 'plan.json'), `${JSON.stringify(experiment.plan, null, 2)}\n`);
      await writeWhole(join(folder, 'metrics.csv'), csv(metricRows(run)));
      await writeWhole(join(folder, 'points.csv'), csv(pointRows(series)));
      context.terminal.print(folder);
      return 0;
    }),
});

/** @param id the run's ID or its beginning, if that is unique   @throws LabError not-found or bad-input */
function findRun(lab: Lab, id: string): { readonly experiment: ExperimentDocument; readonly arm: ArmDocument; readonly run: RunDocument } {
  const found = lab.list().flatMap(({ experimentId }) => {
    const experiment = lab.show(experimentId);
    return experiment.arms.flatMap((arm) => arm.runs.filter((run) => run.id.startsWith(id)).map((run) => ({ experiment, arm, run })));
  });
  const [first, second] = found;
  const exact = found.find(({ run }) => run.id === id);
  if (exact !== undefined) return exact;
  if (first === undefined) throw new LabError('not-found', `No run has the ID "${id}". "auxlab show ID --json" lists the runs of an experiment.`);
  if (second !== undefined)
    throw new LabError(
      'bad-input',
      `${found.length} runs begin with "${id}": ${found
        .slice(0, 3)
        .map(({ run }) => run.id)
        .join(', ')}${found.length > 3 ? ', ...' : ''}. Give more characters.`,
    );
  return first;
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
