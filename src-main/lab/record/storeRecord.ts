/** Keeps what runs do in the store. A checkpoint file is removed only after the result that replaces it is committed. */
import { readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as v from 'valibot';
import { RunName } from '../../contract/identifiers.ts';
import type { RunJob } from '../../engine/protocol.ts';
import type { EventKind } from '../../store/event.ts';
import type { Store } from '../../store/store.ts';
import { checkpointFile, checkpointName } from '../paths.ts';
import type { RunRecord } from './runRecord.ts';

/** @param experiment its id
 *  @param rowIds run id -> row number in the store */
export function storeRecord(store: Store, experiment: string, rowIds: ReadonlyMap<string, number>, now: () => Date): RunRecord {
  const rowOf = (job: RunJob): number => {
    const id = rowIds.get(job.runId);
    if (id === undefined) throw new Error(`Run ${job.runId} is not in the store.`);
    return id;
  };
  const time = (): string => now().toISOString();
  const event = (run: number, kind: EventKind, detail = ''): void => store.events.add({ experiment_id: experiment, run_id: run, at: time(), kind, detail });
  return {
    started(job) {
      const run = rowOf(job);
      store.write(() => {
        store.runs.start(run, time());
        store.checkpoints.note({ run_id: run, file: checkpointName(job.runId), step: store.checkpoints.get(run)?.step ?? null, noted: time() });
        event(run, 'run-started');
      });
    },
    ready(job, { resumedAtStep }) {
      if (resumedAtStep > 0) return;
      store.write(() => store.points.remove(rowOf(job))); // no checkpoint was found: what an earlier attempt recorded is trained anew
    },
    points(job, points, progress) {
      const run = rowOf(job);
      store.write(() => {
        store.points.add(run, points);
        if (progress !== null) store.runs.setProgress(run, progress.step, progress.epoch);
      });
    },
    finished(job, result) {
      const run = rowOf(job);
      store.write(() => {
        if (!store.runs.finish(run, result, time())) return;
        store.metrics.add(run, result);
        store.classRecall.add(run, result.classRecall);
        event(run, 'test-split-read');
        event(run, 'run-finished', `${result.steps} steps in ${Math.round(result.wallMs)} ms`);
      });
      removeRunFile(job.checkpointFile);
      if (job.weightsFile !== undefined) removeUnfinished(job.weightsFile);
      store.write(() => store.checkpoints.remove(run));
    },
    paused(job, step) {
      const run = rowOf(job);
      store.write(() => {
        store.runs.stop(run, 'interrupted', null, time());
        store.checkpoints.note({ run_id: run, file: checkpointName(job.runId), step, noted: time() });
        event(run, 'run-paused', `at step ${step}`);
      });
    },
    interrupted(job, reason) {
      const run = rowOf(job);
      store.write(() => {
        store.runs.stop(run, 'interrupted', null, time());
        event(run, 'run-interrupted', reason);
      });
    },
    failed(job, error) {
      const run = rowOf(job);
      store.write(() => {
        store.runs.stop(run, 'failed', error, time());
        event(run, 'run-failed', error.message);
      });
    },
  };
}

/** Removes a file that a run wrote, and what processes that were killed left of it. */
export function removeRunFile(file: string): void {
  rmSync(file, { force: true });
  removeUnfinished(file);
}

/** Parts of a file that was never finished: its name, the process that wrote it, ".new" (engine/wholeFile.ts). Nothing else that begins with the name. */
function removeUnfinished(file: string): void {
  const folder = dirname(file);
  const start = `${basename(file)}.`;
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return; // there is no folder yet, so there is no file
  }
  for (const name of names) if (name.startsWith(start) && /^\d+\.new$/.test(name.slice(start.length))) rmSync(join(folder, name), { force: true });
}

/** Finishes what a process did not get to: removes the checkpoints of runs that are over. A run whose name is none has no file here. */
export function removeStaleCheckpoints(store: Store, folder: string): void {
  for (const { run_id: id, run } of store.checkpoints.stale()) {
    if (v.is(RunName, run)) removeRunFile(checkpointFile(folder, run));
    store.write(() => store.checkpoints.remove(id));
  }
}
