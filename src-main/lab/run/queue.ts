/** Runs jobs in worker processes, a few side by side. What happens goes to a record first and to the watcher afterwards. */
import { LabError, toWire, type WireError } from '../../contract/errors.ts';
import type { RunJob } from '../../engine/protocol.ts';
import type { RunRecord } from '../record/runRecord.ts';
import { runInWorker, usualLimits, type Limits, type Progress, type Ready, type RunLink } from '../process/workerLink.ts';
import type { WorkerProcess } from '../process/workerProcess.ts';

/** Told after the record. */
export interface QueueWatcher {
  ready(job: RunJob, ready: Ready): void;
  progress(job: RunJob, progress: Progress): void;
  status(job: RunJob, status: 'running' | 'finished' | 'interrupted' | 'failed'): void;
}

export interface QueueOptions {
  readonly workers: number;
  readonly start: () => WorkerProcess;
  readonly before?: (job: RunJob, signal: AbortSignal | undefined) => Promise<void>; // what must be there when a run starts
  readonly record: RunRecord;
  readonly watcher: QueueWatcher;
  readonly signal?: AbortSignal | undefined; // pauses: checkpoints are written, nothing new starts
  readonly limits?: Limits;
}

/** Settles when every job ran, failed or was interrupted. A failed run costs itself only; without a runtime, or with a disk or a record that cannot
 *  be written, no run could go on, and the queue ends.
 *  @throws LabError store or runtime-missing */
export async function runQueue(jobs: readonly RunJob[], options: QueueOptions): Promise<void> {
  const { record, watcher, signal, limits = usualLimits } = options;
  const waiting = [...jobs];
  const active = new Set<RunLink>();
  let broken = false;
  const pauseAll = (): void => {
    for (const link of active) link.pause();
  };

  const runOne = async (job: RunJob): Promise<void> => {
    record.started(job);
    watcher.status(job, 'running');
    let last: Progress | null = null;
    const link = runInWorker(
      options.start(),
      job,
      {
        ready(message) {
          record.ready(job, message);
          watcher.ready(job, message);
        },
        points: (message) => record.points(job, message.points, last),
        progress(message) {
          last = message;
          watcher.progress(job, message);
        },
      },
      limits,
    );
    active.add(link);
    if (signal?.aborted === true) link.pause();
    try {
      const outcome = await link.done;
      switch (outcome.kind) {
        case 'finished':
          record.finished(job, outcome.result);
          watcher.status(job, 'finished');
          return;
        case 'paused':
          record.paused(job, outcome.step);
          watcher.status(job, 'interrupted');
          return;
        case 'failed':
          fail(job, outcome.error);
          return;
        default:
          outcome satisfies never;
      }
    } catch (error) {
      if (error instanceof LabError && (error.code === 'interrupted' || (error.code === 'engine-lost' && signal?.aborted === true))) {
        record.interrupted(job, error.message); // a lost worker during a pause: Ctrl+C reaches every process of a terminal
        watcher.status(job, 'interrupted');
      } else if (error instanceof LabError && error.code === 'engine-lost') fail(job, toWire(error));
      else throw error;
    } finally {
      active.delete(link);
      await link.stop();
    }
  };
  const fail = (job: RunJob, error: WireError): void => {
    if (error.code === 'interrupted') record.interrupted(job, error.message);
    else record.failed(job, error);
    watcher.status(job, error.code === 'interrupted' ? 'interrupted' : 'failed');
    if (error.code === 'runtime-missing' || isDiskTrouble(error)) throw new LabError(error.code, error.message);
  };

  const goesOn = (): boolean => !broken && signal?.aborted !== true;
  const lane = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined && goesOn(); job = waiting.shift()) {
      try {
        await options.before?.(job, signal);
        if (!goesOn()) return;
        await runOne(job);
      } catch (error) {
        broken = true;
        await Promise.all([...active].map((link) => link.stop()));
        throw error;
      }
    }
  };
  signal?.addEventListener('abort', pauseAll);
  try {
    const lanes = await Promise.allSettled(Array.from({ length: Math.min(options.workers, jobs.length) }, lane));
    const rejected = lanes.find((result) => result.status === 'rejected');
    if (rejected !== undefined) throw rejected.reason;
  } finally {
    signal?.removeEventListener('abort', pauseAll);
  }
}

/** Whether a worker could not write because of the disk as such, which the next run would meet too. */
function isDiskTrouble({ code, detail = '' }: WireError): boolean {
  return code === 'store' && /\b(ENOSPC|EDQUOT|EROFS)\b/.test(detail);
}
