/** Has the graph of an arm recorded once, before its first run, in a process that ends afterwards. Recording runs every computation operation by operation:
 *  of a convolutional network that takes as long as everything else in a worker's start and leaves it with up to half as much memory again. A worker that
 *  loads the graph has neither. Of other networks it takes a tenth of a second, less than a further process: there the first run records for those after it. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunJob } from '../../engine/protocol.ts';
import { network } from '../../networks/index.ts';
import type { Limits } from '../process/workerLink.ts';
import type { WorkerProcess } from '../process/workerProcess.ts';

const mostGraphs = 100; // files that a session finds; each has under two megabytes

export interface GraphRecorder {
  /** Settles when the job's graph is there, or when it could not be recorded: then the run itself says what is wrong. */
  ready(job: RunJob, signal?: AbortSignal): Promise<void>;
}

/** @param jobs of the session: the graph of a run that is the only one of its kind is left to its own worker as well */
export function graphRecorder(jobs: readonly RunJob[], start: () => WorkerProcess, limits: Pick<Limits, 'firstWordMs'>): GraphRecorder {
  const recordings = new Map<string, Promise<void>>();
  for (const folder of new Set(jobs.flatMap(({ graphFile }) => (graphFile === undefined ? [] : [dirname(graphFile)])))) removeOldest(folder);
  return {
    async ready(job, signal) {
      const { graphFile } = job;
      if (graphFile === undefined || network(job.network.id).core !== 'convolutional') return;
      if (jobs.filter((other) => other.graphFile === graphFile).length < 2) return;
      let recording = recordings.get(graphFile);
      if (recording === undefined) {
        recording = existsSync(graphFile) ? Promise.resolve() : record(start(), job, limits, signal);
        recordings.set(graphFile, recording);
      }
      await recording;
    },
  };
}

function record(worker: WorkerProcess, job: RunJob, { firstWordMs }: Pick<Limits, 'firstWordMs'>, signal: AbortSignal | undefined): Promise<void> {
  const end = Promise.withResolvers<void>();
  const stop = (): void => worker.kill('at once'); // a file that is not whole is never there
  const timer = setTimeout(stop, firstWordMs);
  signal?.addEventListener('abort', stop, { once: true });
  worker.onEnd(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    end.resolve();
  });
  worker.onText(() => undefined); // what is not read stops the process
  worker.send({ type: 'record', job });
  if (signal?.aborted === true) stop();
  return end.promise;
}

function removeOldest(folder: string): void {
  try {
    const files = readdirSync(folder).map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }));
    for (const { path } of files.sort((a, b) => b.at - a.at).slice(mostGraphs)) rmSync(path, { force: true });
  } catch {
    // There is none yet, or another process tidies up at the same time.
  }
}
