/** One run in one worker process: forwards its messages, notices when it is lost or silent, and ends it for certain. */
import { LabError, type WireError } from '../../contract/errors.ts';
import type { RunResult } from '../../contract/results.ts';
import type { FromWorker, RunJob } from '../../engine/protocol.ts';
import { LastLines } from './lastLines.ts';
import type { WorkerEnd, WorkerProcess } from './workerProcess.ts';

export type RunOutcome =
  | { readonly kind: 'finished'; readonly result: RunResult }
  | { readonly kind: 'paused'; readonly step: number }
  | { readonly kind: 'failed'; readonly error: WireError; readonly step: number };

export type Ready = Extract<FromWorker, { type: 'ready' }>;
export type Points = Extract<FromWorker, { type: 'points' }>;
export type Progress = Extract<FromWorker, { type: 'progress' }>;

/** Called while the run goes on. What one of them throws ends the run and is what `done` rejects with. */
export interface RunListeners {
  ready(message: Ready): void;
  /** Must commit the points: they are acknowledged when it returns. */
  points(message: Points): void;
  progress(message: Progress): void;
}

export interface Limits {
  readonly pauseMs: number; // for the last checkpoint
  readonly politeMs: number; // between SIGTERM and SIGKILL
  readonly firstWordMs: number; // until 'ready': a GPU may compile its kernels for half an hour the first time
  readonly silenceMs: number; // without any message afterwards
}

export const usualLimits: Limits = { pauseMs: 10_000, politeMs: 2_000, firstWordMs: 40 * 60_000, silenceMs: 10 * 60_000 };

export interface RunLink {
  /** @throws LabError engine-lost when the process ends without an outcome, with its last lines; or what a listener threw */
  readonly done: Promise<RunOutcome>;
  /** Asks for a checkpoint and the end; a worker that does not answer in time is killed. */
  pause(): void;
  /** Ends the process if it still runs; settles when it is gone. */
  stop(): Promise<void>;
}

export function runInWorker(worker: WorkerProcess, job: RunJob, listeners: RunListeners, limits: Limits = usualLimits): RunLink {
  const lastLines = new LastLines(30);
  const timers = new Set<NodeJS.Timeout>();
  const done = Promise.withResolvers<RunOutcome>();
  const gone = Promise.withResolvers<void>();
  done.promise.catch(() => undefined); // whoever started the run awaits it; until then the rejection has no handler
  let isOver = false;
  let isGone = false;
  let isKilled = false;
  let isPausing = false;
  let isReady = false;
  let silentMs = 0;

  const after = (ms: number, act: () => void): void => {
    timers.add(setTimeout(act, ms));
  };
  const kill = (): void => {
    if (isGone || isKilled) return;
    isKilled = true;
    worker.kill('politely');
    after(limits.politeMs, () => worker.kill('at once')); // a step inside native code never sees SIGTERM
  };
  const settle = (settleIt: () => void): void => {
    if (isOver) return;
    isOver = true;
    clearInterval(watch);
    settleIt();
  };
  const fail = (error: unknown): void => {
    settle(() => done.reject(error));
    kill();
  };

  // Counted in ticks, not by the clock: a computer that slept for hours has not been silent for hours.
  const tickMs = Math.min(5_000, limits.silenceMs / 4);
  const watch = setInterval(() => {
    silentMs += tickMs;
    const limit = isReady ? limits.silenceMs : limits.firstWordMs;
    if (silentMs > limit)
      fail(new LabError('engine-lost', `The engine process gave no sign of life for ${Math.round(limit / 1000)} s and was ended.${lastWords(lastLines)}`));
  }, tickMs);

  worker.onText((text) => lastLines.add(text));
  worker.onMessage((message) => {
    silentMs = 0;
    if (isOver) return;
    try {
      receive(message);
    } catch (error) {
      fail(error);
    }
  });
  worker.onEnd((end) => {
    isGone = true;
    settle(() => done.reject(lost(end, lastLines)));
    for (const timer of timers) clearTimeout(timer);
    gone.resolve();
  });

  const receive = (message: FromWorker): void => {
    switch (message.type) {
      case 'ready':
        isReady = true;
        listeners.ready(message);
        return;
      case 'points':
        listeners.points(message);
        worker.send({ type: 'acknowledge', sequence: message.sequence });
        return;
      case 'progress':
        listeners.progress(message);
        return;
      case 'paused':
        settle(() => done.resolve({ kind: 'paused', step: message.step }));
        return;
      case 'finished':
        settle(() => done.resolve({ kind: 'finished', result: message.result }));
        return;
      case 'failed':
        settle(() => done.resolve({ kind: 'failed', error: message.error, step: message.step }));
        return;
      default:
        message satisfies never;
    }
  };

  worker.send({ type: 'start', job });
  return {
    done: done.promise,
    pause() {
      if (isOver || isPausing) return;
      isPausing = true;
      worker.send({ type: 'pause' });
      after(limits.pauseMs, () => {
        if (!isOver)
          fail(
            new LabError(
              'interrupted',
              `The run did not write its checkpoint within ${limits.pauseMs / 1000} s and was ended; it goes on from the checkpoint before.`,
            ),
          );
      });
    },
    stop() {
      settle(() => done.reject(new LabError('interrupted', 'The run was stopped.')));
      if (!isGone) {
        worker.send({ type: 'shutdown' });
        after(limits.politeMs, kill);
      }
      return gone.promise;
    },
  };
}

function lost({ code, signal, error }: WorkerEnd, lastLines: LastLines): LabError {
  if (error !== null) return new LabError('engine-lost', `The engine process could not be started: ${error.message}.`, { cause: error });
  const how = signal === null ? `exit code ${code ?? 'unknown'}` : `signal ${signal}`;
  const guess =
    signal === 'SIGKILL'
      ? ' Something else ended it, often the system for want of memory: try fewer runs side by side (engine.workers) or a smaller batch.'
      : '';
  return new LabError('engine-lost', `The engine process ended before its result (${how}).${guess}${lastWords(lastLines)}`);
}

function lastWords({ lines }: LastLines): string {
  return lines.length === 0 ? '' : ` Its last lines:\n${lines.join('\n')}`;
}
