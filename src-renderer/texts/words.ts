/** Words for verdicts, statuses and runs, the same on every screen. A test holds the verdicts to the report's words. */
import type { Activity, ExperimentSummary } from '../../src-main/contract/calls.ts';
import type { RunStatus } from '../../src-main/contract/results.ts';
import { metrics } from '../../src-main/vocabulary/metrics/index.ts';

export const verdictWords: Readonly<Record<ExperimentSummary['verdict'], string>> = {
  helps: 'Helps',
  hurts: 'Hurts',
  'no-real-difference': 'No real difference',
  'probably-helps': 'Probably helps',
  'probably-hurts': 'Probably hurts',
  inconclusive: 'Inconclusive',
  'too-early': 'Too early to tell',
};

export const statusWords: Readonly<Record<ExperimentSummary['status'], string>> = {
  running: 'Running',
  finished: 'Finished',
  interrupted: 'Interrupted',
  failed: 'Failed',
};

export const activityWords: Readonly<Record<Activity, string>> = {
  training: 'Training',
  pausing: 'Pausing',
  waiting: 'Waiting',
  elsewhere: 'Trains in another process',
  none: '',
};

export const runWords: Readonly<Record<RunStatus, string>> = {
  queued: 'waiting',
  running: 'running',
  paused: 'paused',
  interrupted: 'interrupted',
  finished: 'finished',
  failed: 'failed',
  cancelled: 'cancelled',
};

/** A metric's words; its id where it is of a later version. */
export function metricName(id: string): string {
  return metrics.find((metric) => metric.id === id)?.title ?? id;
}

/** '3 of 12 runs'. */
export function runsText({ finishedRuns, runs }: Pick<ExperimentSummary, 'finishedRuns' | 'runs'>): string {
  return `${finishedRuns} of ${runs} run${runs === 1 ? '' : 's'}`;
}

/** The sentences of failed runs, each once, with the seeds it struck. */
export function failures(
  arms: readonly { readonly title: string; readonly runs: readonly { readonly seed: number; readonly status: string; readonly error?: string }[] }[],
): readonly string[] {
  const where = new Map<string, string[]>();
  for (const arm of arms)
    for (const { seed, status, error } of arm.runs) {
      if (status !== 'failed') continue;
      const sentence = error ?? 'No reason was recorded.';
      where.set(sentence, [...(where.get(sentence) ?? []), `${arm.title}, seed ${seed}`]);
    }
  return [...where].map(([sentence, runs]) => `${runs.join('; ')}: ${sentence}`);
}
