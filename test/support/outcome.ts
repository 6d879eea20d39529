/** What came of a run of the suite, as one run says it and as several are summed. */
import { readFileSync } from 'node:fs';

export interface LeftOutTest {
  readonly file: string; // from the package's folder
  readonly name: string;
  readonly reason: string; // a sentence
}

export interface Outcome {
  passed: number;
  failed: number;
  readonly leftOut: LeftOutTest[];
}

/** @param file as countReporter.ts wrote it */
export function readOutcome(file: string): Outcome {
  return JSON.parse(readFileSync(file, 'utf8')) as Outcome;
}

/** The first run, and a second one of what it left out. */
export function summed(first: Outcome, second: Outcome): Outcome {
  return { passed: first.passed + second.passed, failed: first.failed + second.failed, leftOut: second.leftOut };
}

/** Each reason with how many tests it keeps out, the commonest first; then the line that scripts read. */
export function writtenLines({ passed, failed, leftOut }: Outcome): string[] {
  const reasons = Map.groupBy(leftOut, ({ reason }) => reason);
  const lines = [...reasons]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([reason, tests]) => `Left out: ${tests.length} ${tests.length === 1 ? 'test' : 'tests'}. ${reason}`);
  return [...lines, `${passed} passed, ${failed} failed${leftOut.length > 0 ? `, ${leftOut.length} skipped` : ''}`];
}
