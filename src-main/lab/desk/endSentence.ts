/** How an experiment ended, in a sentence for a notification. */
import type { ExperimentStatus, RunStatus, Verdict } from '../../contract/results.ts';

interface Ended {
  readonly question: string;
  readonly status: ExperimentStatus;
  readonly verdict: Verdict;
  readonly runs: readonly RunStatus[];
}

export function endSentence({ status, verdict, runs, question }: Ended): string {
  const finished = runs.filter((run) => run === 'finished').length;
  const failed = runs.filter((run) => run === 'failed').length;
  const count = `${finished} of ${runs.length} runs finished`;
  switch (status) {
    case 'finished':
      return `${question} ${words[verdict]}.`;
    case 'interrupted':
      return `Paused: ${count}. It goes on from its checkpoints.`;
    case 'failed':
      return failed === 0 ? `Cancelled: ${count}.` : `${failed} ${failed === 1 ? 'run' : 'runs'} failed; ${count}.`;
    case 'running':
      return `${count}.`;
    default:
      return status satisfies never;
  }
}

const words: Readonly<Record<Verdict, string>> = {
  helps: 'It helps',
  hurts: 'It hurts',
  'no-real-difference': 'No real difference',
  'probably-helps': 'It probably helps',
  'probably-hurts': 'It probably hurts',
  inconclusive: 'Inconclusive',
  'too-early': 'Too early to tell',
};
