/** Runs what an experiment still has to run, as the one process that owns these runs. */
import { mkdirSync } from 'node:fs';
import { LabError } from '../../contract/errors.ts';
import type { Store } from '../../store/store.ts';
import { ownIdentity } from '../../store/processIdentity.ts';
import type { Context } from '../context.ts';
import { workerEnvironment } from '../process/environment.ts';
import { graphRecorder } from './graphs.ts';
import type { RuntimeChoice } from './runtimeChoice.ts';
import { runJob, type Places } from '../plan/jobs.ts';
import { progressBoard } from './progress.ts';
import type { Watch } from './prepare.ts';
import { runQueue } from './queue.ts';
import type { RunRecord } from '../record/runRecord.ts';
import { verdictOf, findExperiment } from '../record/results.ts';
import { shareMachine, workloadOf } from './sharing.ts';
import { designOf, planOf } from '../record/stored.ts';
import { storeRecord } from '../record/storeRecord.ts';
import type { WorkerProcess } from '../process/workerProcess.ts';

const heartbeatMs = 10_000;

/** Claims the experiment's runs that can go on and runs them. Settles when all of them are over or the signal paused them.
 *  @throws LabError bad-input when another process is at it, store, runtime-missing */
export async function runSession(store: Store, experimentId: string, places: Places, runtime: RuntimeChoice, context: Context, watch: Watch): Promise<void> {
  const { clock } = context;
  const row = findExperiment(store, experimentId);
  const design = designOf(row);
  mkdirSync(places.checkpoints, { recursive: true });
  const owner = store.write(() => store.owners.register(ownIdentity()));
  const heartbeat = setInterval(() => {
    try {
      store.owners.beat(owner);
    } catch (error) {
      context.onNote(`The store could not be written: ${error instanceof Error ? error.message : String(error)}`); // the next commit of a run decides
    }
  }, heartbeatMs);
  try {
    const claimed = store.write(() => store.runs.claim(experimentId, owner));
    const rows = store.runs.of(experimentId);
    if (claimed === 0) {
      if (rows.some((run) => run.owner_id !== null))
        throw new LabError('bad-input', `Experiment ${experimentId} is being run by another process. Wait for it, or stop it first.`);
      endOwnership(store, owner, experimentId);
      return;
    }
    const own = rows.filter((run) => run.owner_id === owner);
    const arms = new Map(design.arms.map((arm) => [arm.id, arm]));
    const jobs = own.flatMap((run) => {
      const arm = arms.get(run.arm_id);
      return arm === undefined ? [] : [runJob(design, { arm, seed: run.seed }, run.name, places)];
    });
    const sharing = shareMachine(planOf(row).engine, workloadOf(design, jobs.length, runtime.isGpu), context.machine(), design.engine.threads);
    context.onNote(sharing.note);
    const environment = workerEnvironment(design.environment, context.environment, context.folders.code);
    const start = (): WorkerProcess => context.startWorker(environment);
    const graphs = graphRecorder(jobs, start, context.limits);
    const known = rows.map(({ name, arm_id: arm, seed, status, steps }) => ({ runId: name, arm, seed, status, steps }));
    const board = progressBoard(experimentId, known, null, () => clock.now().getTime(), watch.onProgress ?? (() => undefined));
    await runQueue(jobs, {
      workers: sharing.workers,
      start,
      before: (job, signal) => graphs.ready(job, signal),
      record: tellingPoints(
        storeRecord(store, experimentId, new Map(own.map((run) => [run.name, run.id])), () => clock.now()),
        watch.onPoints,
      ),
      watcher: board,
      signal: watch.signal,
      limits: context.limits,
    });
    board.end();
  } catch (error) {
    try {
      endOwnership(store, owner, experimentId);
    } catch {
      // The first error says what is wrong; the next start finds that this process ended and marks its runs interrupted.
    }
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
  endOwnership(store, owner, experimentId);
}

/** Points are told after they are stored, so that a screen never shows what the record lacks. */
function tellingPoints(record: RunRecord, onPoints: Watch['onPoints']): RunRecord {
  if (onPoints === undefined) return record;
  return {
    ...record,
    points(job, points, progress) {
      record.points(job, points, progress);
      onPoints(job, points);
    },
  };
}

/** What is still queued or running becomes interrupted, and the experiment's word is written down. */
function endOwnership(store: Store, owner: number, experimentId: string): void {
  store.owners.end(owner);
  store.write(() => store.experiments.setVerdict(experimentId, verdictOf(store, findExperiment(store, experimentId))));
}
