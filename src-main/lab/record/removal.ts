/** Removes what belongs to an experiment beside the store, by its own names and nothing else. */
import { rmSync } from 'node:fs';
import * as v from 'valibot';
import { ExperimentId, RunName } from '../../contract/identifiers.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';
import { checkpointFile, planFile, reportFile, weightsFile } from '../paths.ts';
import { removeRunFile } from './storeRecord.ts';

/** For good: rows, checkpoints, weights, the plan and the report in the data directory. What has a name that cannot be a file's has no file. */
export function removeExperiment(store: Store, id: string, context: Context): void {
  const { home, folders } = context;
  const runs = store.runs.of(id).map(({ name }) => name);
  store.write(() => store.experiments.remove(id));
  for (const run of runs) {
    removeRunCheckpoint(run, context);
    if (v.is(RunName, run)) removeRunFile(weightsFile(folders.weights, run));
  }
  if (v.is(ExperimentId, id)) for (const file of [planFile(folders.plans, id), reportFile(home, id)]) rmSync(file, { force: true });
}

export function removeRunCheckpoint(run: string, { folders }: Context): void {
  if (v.is(RunName, run)) removeRunFile(checkpointFile(folders.checkpoints, run));
}
