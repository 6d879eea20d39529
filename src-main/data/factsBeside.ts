/** The facts of a large table by two threads: they take as long as reading it. The second one starts while the table is read, which keeps one thread busy. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ColumnFacts } from '../contract/datasetFacts.ts';
import { FileNumbers } from '../formats/numbers/numbers.ts';
import { numbersOf } from './columns.ts';
import type { DataColumn } from './dataset.ts';
import { factsOf, rememberFacts } from './facts.ts';

const fewestBytes = 4 * 2 ** 20; // of a source: below it a thread takes longer to start than it saves
const ownShare = 0.4; // this thread also writes the numbers and reads the source once more for its SHA-256

export interface FactsBeside {
  /** Finds the facts of all columns. On return this thread's part is done; the promise waits for the other one. */
  find(columns: readonly DataColumn[]): Promise<void>;
  close(): Promise<void>;
}

/** @param bytes of the source that is about to be read */
export function openFactsBeside(bytes: number): FactsBeside {
  const thread = bytes < fewestBytes || availableParallelism() < 2 ? null : new Worker(new URL('./factsThread.ts', import.meta.url));
  thread?.on('error', () => undefined); // what it does not answer is found out here
  return {
    async find(columns) {
      const numbers = thread === null ? [] : columns.filter((column) => column.kind !== 'class' && !(numbersOf(column) instanceof FileNumbers));
      const theirs = numbers.slice(Math.ceil(numbers.length * ownShare));
      const answer = thread === null || theirs.length === 0 ? null : answerOf(thread, theirs);
      for (const column of columns) if (!theirs.includes(column)) factsOf(column);
      for (const [at, facts] of ((await answer) ?? []).entries()) {
        const column = theirs[at];
        if (column !== undefined) rememberFacts(column, facts);
      }
    },
    async close() {
      await thread?.terminate();
    },
  };
}

/** null when the thread has ended or ends instead. */
function answerOf(thread: Worker, columns: readonly DataColumn[]): Promise<readonly ColumnFacts[] | null> {
  return new Promise((resolve) => {
    thread.once('message', (facts: readonly ColumnFacts[]) => resolve(facts)); // of this program's own thread
    thread.once('exit', () => resolve(null));
    if (thread.threadId < 0) resolve(null);
    else thread.postMessage(columns);
  });
}
