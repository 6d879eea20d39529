/** What a record of runs is told while they train. The store is one (storeRecord.ts); a check that keeps nothing is another. */
import type { WireError } from '../../contract/errors.ts';
import type { RunResult } from '../../contract/results.ts';
import type { Point, RunJob } from '../../engine/protocol.ts';
import type { Progress, Ready } from '../process/workerLink.ts';

/** Keeps what runs do. Every call commits before it returns. */
export interface RunRecord {
  started(job: RunJob): void;
  ready(job: RunJob, ready: Ready): void;
  points(job: RunJob, points: readonly Point[], progress: Progress | null): void;
  finished(job: RunJob, result: RunResult): void;
  paused(job: RunJob, step: number): void;
  interrupted(job: RunJob, reason: string): void;
  failed(job: RunJob, error: WireError): void;
}
