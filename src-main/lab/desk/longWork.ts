/** Work that takes longer than a moment, under a name that its asker chose: told while it goes on, cancelled by that name. */
import type { Job } from '../../contract/calls.ts';
import { LabError } from '../../contract/errors.ts';
import type { Emit } from './tell.ts';

export interface Teller {
  /** @param fraction 0..1 of the whole; null while that cannot be told */
  readonly say: (message: string, fraction?: number | null) => void;
}

export interface LongWork {
  /** @param job the asker's name for it; one is made up when there is none   @throws LabError interrupted when it was cancelled; whatever the work throws */
  run<T>(job: string | undefined, title: string, work: (teller: Teller, signal: AbortSignal) => Promise<T>): Promise<T>;
  list(): Job[];
  /** @throws LabError not-found */
  cancel(job: string): void;
  cancelAll(): void;
}

const everyMs = 250;

export function longWork(emit: Emit, now: () => number = () => performance.now()): LongWork {
  const running = new Map<string, { job: Job; controller: AbortController }>();
  let made = 0;
  return {
    async run(name, title, work) {
      const id = name ?? `work-${++made}`;
      if (running.has(id)) throw new LabError('bad-input', `A job with the name ${id} is running already.`);
      const controller = new AbortController();
      const startedAt = now();
      const entry = { controller, job: { job: id, title, state: 'running', message: '', fraction: null, remainingMs: null } as Job };
      running.set(id, entry);
      let toldAt = -Infinity;
      const tell = (change: Partial<Job>, isUrgent: boolean): void => {
        entry.job = { ...entry.job, ...change };
        if (!isUrgent && now() - toldAt < everyMs) return;
        toldAt = now();
        emit({ name: 'job.progress', job: entry.job });
      };
      tell({}, true);
      const say: Teller['say'] = (message, fraction = null) => {
        const elapsedMs = now() - startedAt;
        const remainingMs = fraction !== null && fraction > 0.02 && elapsedMs > 1000 ? Math.round((elapsedMs / fraction) * (1 - fraction)) : null;
        tell({ message, fraction, remainingMs }, false);
      };
      try {
        const result = await work({ say }, controller.signal);
        tell({ state: 'finished', fraction: 1, remainingMs: 0 }, true);
        return result;
      } catch (error) {
        if (controller.signal.aborted) {
          tell({ state: 'cancelled', remainingMs: null }, true);
          throw new LabError('interrupted', `${title}: cancelled. Nothing was changed.`, { cause: error });
        }
        tell({ state: 'failed', message: error instanceof Error ? error.message : String(error), remainingMs: null }, true);
        throw error;
      } finally {
        running.delete(id);
      }
    },
    list: () => [...running.values()].map(({ job }) => job),
    cancel(job) {
      const found = running.get(job);
      if (found === undefined) throw new LabError('not-found', `There is no running job with the name ${job}; it may be over.`);
      found.controller.abort();
    },
    cancelAll() {
      for (const { controller } of running.values()) controller.abort();
    },
  };
}
