/** The queue of experiments of this process: one trains, the others wait. Training belongs to this process, never to a window. */
import { LabError } from '../../contract/errors.ts';
import type { Activity } from '../../contract/calls.ts';
import type { ExperimentProgress } from '../../contract/lab.ts';
import type { Point, RunJob } from '../../engine/protocol.ts';
import type { Watch } from '../run/prepare.ts';

export interface RunnerEvents {
  /** Runs what the experiment still has to run; settles when it is over or the signal paused it. */
  readonly train: (id: string, watch: Watch) => Promise<void>;
  readonly onProgress: (picture: ExperimentProgress) => void;
  readonly onPoints: (id: string, job: RunJob, points: readonly Point[]) => void;
  readonly onQueue: () => void;
  /** @param error what stopped it; null when it ended by itself or was paused */
  readonly onEnd: (id: string, error: Error | null) => void;
}

export interface Runner {
  add(id: string): void;
  /** What this process does with an experiment. */
  activityOf(id: string): Exclude<Activity, 'elsewhere'>;
  training(): string | null;
  waiting(): readonly string[];
  /** @throws LabError bad-input when it does not wait */
  move(id: string, position: number): void;
  /** @returns whether it was waiting */
  remove(id: string): boolean;
  /** Stops it, with checkpoints, or takes it out of the queue; settles when nothing of it runs.  @returns whether there was something to stop */
  pause(id: string): Promise<boolean>;
  /** Pauses what trains and empties the queue. */
  pauseAll(): Promise<void>;
}

interface Current {
  readonly id: string;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

export function runner({ train, onProgress, onPoints, onQueue, onEnd }: RunnerEvents): Runner {
  const waiting: string[] = [];
  let current: Current | null = null;
  let isClosed = false;

  const next = (): void => {
    if (current !== null || isClosed) return;
    const id = waiting.shift();
    if (id === undefined) return;
    const controller = new AbortController();
    const done = train(id, {
      signal: controller.signal,
      onProgress: (picture) => onProgress({ ...picture, experimentId: id }), // pictures of the time before the first run have no id
      onPoints: (job, points) => onPoints(id, job, points),
    })
      .then(
        () => null,
        (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
      )
      .then((error) => {
        current = null;
        onEnd(id, error instanceof LabError && error.code === 'interrupted' ? null : error);
        onQueue();
        next();
      });
    current = { id, controller, done };
    onQueue();
  };

  const take = (id: string): boolean => {
    const at = waiting.indexOf(id);
    if (at >= 0) waiting.splice(at, 1);
    return at >= 0;
  };

  return {
    add(id) {
      if (current?.id === id || waiting.includes(id)) return;
      waiting.push(id);
      onQueue();
      next();
    },
    activityOf(id) {
      if (current?.id === id) return current.controller.signal.aborted ? 'pausing' : 'training';
      return waiting.includes(id) ? 'waiting' : 'none';
    },
    training: () => current?.id ?? null,
    waiting: () => [...waiting],
    move(id, position) {
      if (!take(id)) throw new LabError('bad-input', 'Only an experiment that waits can be moved.');
      waiting.splice(Math.min(position, waiting.length), 0, id);
      onQueue();
    },
    remove(id) {
      const was = take(id);
      if (was) onQueue();
      return was;
    },
    async pause(id) {
      if (take(id)) {
        onQueue();
        return true;
      }
      if (current?.id !== id) return false;
      const { controller, done } = current;
      controller.abort();
      onQueue();
      await done;
      return true;
    },
    async pauseAll() {
      isClosed = true;
      waiting.length = 0;
      current?.controller.abort();
      await current?.done;
    },
  };
}
