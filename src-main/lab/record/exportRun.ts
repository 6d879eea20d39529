/** Gathers one run into what its exported folder holds. Reads only. */
import { LabError } from '../../contract/errors.ts';
import type { RunExport } from '../../contract/lab.ts';
import { readWeights } from '../../formats/archives/weightsArchive.ts';
import type { RunRow } from '../../store/run.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { runJob } from '../plan/jobs.ts';
import { weightsFile } from '../paths.ts';
import { experimentDocument, findExperiment } from './results.ts';
import { designOf } from './stored.ts';

/** The format of job.json, so that a later program can tell what it reads. */
const jobFormat = 'auxlab-job/1';

/** @throws LabError not-found, or store when the weights are damaged */
export function exportRun(store: Store, id: string, context: Context): RunExport {
  const row = findRun(store, id);
  const stored = findExperiment(store, row.experiment_id);
  const experiment = experimentDocument(store, stored);
  const arm = experiment.arms.find((each) => each.id === row.arm_id);
  const run = arm?.runs.find((each) => each.id === row.name);
  const design = designOf(stored);
  const designArm = design.arms.find((each) => each.id === row.arm_id);
  if (arm === undefined || run === undefined || designArm === undefined) throw new Error(`Run ${row.name} is in no arm of its experiment.`);
  const places = { datasetFolder: '', runtimeFolder: null, checkpoints: '', graphs: '', weights: null };
  const {
    datasetFolder: _,
    runtimeFolder: __,
    checkpointFile: ___,
    checkpointEveryMs: ____,
    ...job
  } = runJob(design, { arm: designArm, seed: row.seed }, row.name, places);
  return {
    experiment,
    arm,
    run,
    series: store.points.of(row.id),
    job: { format: jobFormat, data: design.data, environment: design.environment, ...job },
    weights: row.status === 'finished' ? readWeights(weightsFile(context.folders.weights, row.name)) : null,
  };
}

/** What an id names: an experiment or run of exactly that id, else the one that begins with it. Every run's id begins with its experiment's.
 *  @throws LabError not-found */
export function findNamed(store: Store, id: string): { readonly kind: 'experiment' | 'run'; readonly id: string } {
  if (store.experiments.get(id) !== undefined) return { kind: 'experiment', id };
  if (store.runs.get(id) !== undefined) return { kind: 'run', id };
  if (id === '' || store.experiments.idsWithPrefix(id).length > 0) return { kind: 'experiment', id: findExperiment(store, id).id };
  const runs = store.runs.withPrefix(id);
  if (runs.length > 0) return { kind: 'run', id: findRun(store, id).name };
  throw new LabError('not-found', `No experiment and no run has the ID "${id}". "auxlab list" shows the experiments, "auxlab show ID --json" the runs of one.`);
}

/** @param id a run's name or its beginning, if that is unique */
function findRun(store: Store, id: string): RunRow {
  const exact = store.runs.get(id);
  if (exact !== undefined) return exact;
  const found = id === '' ? [] : store.runs.withPrefix(id);
  const [first] = found;
  if (first === undefined) throw new LabError('not-found', `No run has the ID "${id}". "auxlab show ID --json" lists the runs of an experiment.`);
  if (found.length === 1) return first;
  const names = found.slice(0, 3).map(({ name }) => name);
  throw new LabError('not-found', `${found.length} runs begin with "${id}": ${names.join(', ')}${found.length > 3 ? ', ...' : ''}. Give more characters.`);
}
