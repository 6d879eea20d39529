/** The picture of an experiment while it runs, at most a few times a second. */
import type { ExperimentProgress, RunProgress } from '../../contract/lab.ts';
import type { RunJob } from '../../engine/protocol.ts';
import type { QueueWatcher } from './queue.ts';

const everyMs = 250;

export interface ProgressBoard extends QueueWatcher {
  /** Shows the last picture. */
  end(): void;
}

interface Known {
  readonly runId: string;
  readonly arm: string;
  readonly seed: number;
  readonly status: string;
  readonly steps: number;
}

/** @param known all runs of the experiment in their order, also those that are over
 *  @param now in milliseconds */
export function progressBoard(
  experimentId: string,
  known: readonly Known[],
  message: string | null,
  now: () => number,
  show: (progress: ExperimentProgress) => void,
): ProgressBoard {
  const runs = new Map(
    known.map(({ runId, arm, seed, status, steps }): [string, RunProgress] => [
      runId,
      { runId, arm, seed, status, epoch: 0, step: steps, totalSteps: status === 'finished' ? steps : 0, stepMs: 0, mainMetric: null },
    ]),
  );
  const startedAt = now();
  const gained = new Map<string, number>(); // step at which a run went on in this session
  let lastAt = -Infinity;

  const picture = (): ExperimentProgress => {
    const all = [...runs.values()];
    const usual = all.reduce((most, run) => Math.max(most, run.totalSteps), 0); // every arm trains for the same number of steps
    const total = all.reduce((sum, run) => sum + (isOver(run) ? run.step : run.totalSteps || usual), 0);
    const done = all.reduce((sum, run) => sum + run.step, 0);
    const gain = [...gained].reduce((sum, [id, from]) => sum + (runs.get(id)?.step ?? 0) - from, 0);
    const elapsedMs = now() - startedAt;
    const remainingMs = gain > 0 && elapsedMs > 2000 ? Math.round(((total - done) / gain) * elapsedMs) : null;
    const finishedRuns = all.filter(({ status }) => status === 'finished').length;
    const shared = {
      experimentId,
      phase: 'training',
      runs: all,
      finishedRuns,
      totalRuns: all.length,
      fraction: total > 0 ? Math.min(1, done / total) : 0,
      remainingMs,
    };
    return message === null ? shared : { ...shared, message };
  };
  const change = (job: RunJob, part: Partial<RunProgress>): void => {
    const run = runs.get(job.runId);
    if (run !== undefined) runs.set(job.runId, { ...run, ...part });
  };
  const tell = (isUrgent: boolean): void => {
    if (!isUrgent && now() - lastAt < everyMs) return;
    lastAt = now();
    show(picture());
  };
  return {
    ready(job, { resumedAtStep, totalSteps }) {
      gained.set(job.runId, resumedAtStep);
      change(job, { step: resumedAtStep, totalSteps });
      tell(false);
    },
    progress(job, { step, totalSteps, epoch, stepMs, mainMetric }) {
      change(job, { step, totalSteps, epoch, stepMs, mainMetric });
      tell(false);
    },
    status(job, status) {
      change(job, { status });
      tell(true);
    },
    end: () => tell(true),
  };
}

function isOver(run: RunProgress): boolean {
  return run.status === 'finished' || run.status === 'failed' || run.status === 'cancelled';
}

/** A picture of the time before any run starts. */
export function phaseProgress(phase: string, message?: string, fraction = 0): ExperimentProgress {
  const shared = { experimentId: '', phase, runs: [], finishedRuns: 0, totalRuns: 0, fraction, remainingMs: null };
  return message === undefined ? shared : { ...shared, message };
}
