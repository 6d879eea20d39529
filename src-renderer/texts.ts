/** Every text of the window, in one place. Numbers and dates follow the system's language. */
import type { ExperimentPicture, ExperimentSummary, RunPicture } from '../src-main/contract/calls.ts';

type Verdict = ExperimentSummary['verdict'];
type Status = ExperimentSummary['status'];

/** The same words as in the report. */
export const verdictWords: Readonly<Record<Verdict, string>> = {
  helps: 'Helps',
  hurts: 'Hurts',
  'no-real-difference': 'No real difference',
  'probably-helps': 'Probably helps',
  'probably-hurts': 'Probably hurts',
  inconclusive: 'Inconclusive',
  'too-early': 'Too early to tell',
};

export const statusWords: Readonly<Record<Status, string>> = {
  running: 'Running',
  finished: 'Finished',
  interrupted: 'Interrupted',
  failed: 'Failed',
};

export const runWords: Readonly<Record<RunPicture['status'], string>> = {
  queued: 'waiting',
  running: 'running',
  paused: 'paused',
  interrupted: 'interrupted',
  finished: 'finished',
  failed: 'failed',
  cancelled: 'cancelled',
};

export const texts = {
  experiments: 'Experiments',
  loading: 'Reading the store',
  skip: 'Skip to the report',
  emptyTitle: 'No experiments yet',
  emptyQuestion: 'Auxlab answers one question on your own data: does this auxiliary loss make the main task better?',
  emptyLead: 'In a terminal, in the folder of Auxlab:',
  emptyExample: 'trains a small Inception network on real images, with and without intermediate heads, in about two minutes.',
  emptyOwn: 'asks the question on a file of yours; the target and the auxiliary are columns.',
  emptyLive: 'Experiments appear here as soon as they start and change while they run.',
  emptyHome: 'This window shows the experiments in',
  troubleTitle: 'The experiments cannot be read',
  retry: 'Try again',
  resumeLead: 'Some runs have not finished. Finished runs are kept; go on in a terminal with',
  failedLead: 'Some runs failed:',
} as const;

export const commands = {
  example: 'npm run example',
  own: 'npm run auxlab -- compare FILE --main TARGET --aux COLUMN',
  resume: (id: string): string => `npm run auxlab -- resume ${id}`,
} as const;

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** @param iso UTC ISO 8601   @returns local date and time in the system's language */
export function dateText(iso: string): string {
  return dates.format(new Date(iso));
}

/** '3 of 12 runs'. */
export function runsText({ finishedRuns, runs }: Pick<ExperimentSummary, 'finishedRuns' | 'runs'>): string {
  return `${finishedRuns} of ${runs} run${runs === 1 ? '' : 's'}`;
}

/** 'Baseline: 2 of 6 finished, 1 running, 3 waiting'. */
export function armText({ title, runs }: ExperimentPicture['arms'][number]): string {
  const counts = new Map<string, number>();
  for (const { status } of runs) if (status !== 'finished') counts.set(runWords[status], (counts.get(runWords[status]) ?? 0) + 1);
  const finished = runs.filter(({ status }) => status === 'finished').length;
  return [`${title}: ${finished} of ${runs.length} finished`, ...[...counts].map(([word, count]) => `${count} ${word}`)].join(', ');
}

/** The sentences of failed runs, each once, with the seeds it struck. */
export function failures({ arms }: Pick<ExperimentPicture, 'arms'>): readonly string[] {
  const where = new Map<string, string[]>();
  for (const arm of arms)
    for (const { seed, status, error } of arm.runs) {
      if (status !== 'failed') continue;
      const sentence = error ?? 'No reason was recorded.';
      where.set(sentence, [...(where.get(sentence) ?? []), `${arm.title}, seed ${seed}`]);
    }
  return [...where].map(([sentence, runs]) => `${runs.join('; ')}: ${sentence}`);
}
