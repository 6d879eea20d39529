/** The rows of the run table: what it shows, sorts by and filters. Pure. */
import type { ExperimentDocument, RunDocument } from '../../../src-main/contract/results.ts';
import { armNumber, orderedArms } from '../../../src-main/report/arms.ts';
import { mainMetric } from '../../../src-main/report/words.ts';
import { runWords } from '../../texts/words.ts';

export interface RunRow {
  readonly id: string;
  readonly arm: string;
  readonly armNumber: number;
  readonly seed: number;
  readonly status: string;
  readonly validation: number | null; // shown scale
  readonly test: number | null;
  readonly epoch: number | null;
  readonly steps: number;
  readonly time: number; // ms
  readonly error: string;
}

export type RunColumn = 'arm' | 'seed' | 'status' | 'validation' | 'test' | 'epoch' | 'steps' | 'time';

export function runRows(document: ExperimentDocument): readonly RunRow[] {
  const metric = mainMetric(document);
  const value = (metrics: RunDocument['test']): number | null => {
    const found = metrics['main']?.[metric.id];
    return found === undefined || !Number.isFinite(found) ? null : found * metric.scale;
  };
  return orderedArms(document).flatMap((arm) =>
    arm.runs.map((run) => ({
      id: run.id,
      arm: arm.title,
      armNumber: armNumber(document, arm.id),
      seed: run.seed,
      status: runWords[run.status],
      validation: value(run.validation),
      test: value(run.test),
      epoch: run.selectedEpoch,
      steps: run.steps,
      time: run.wallMs,
      error: run.error ?? '',
    })),
  );
}

export function filteredRows(rows: readonly RunRow[], words: string): readonly RunRow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = `${row.arm} seed ${row.seed} ${row.status} ${row.error}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

/** Rows without a value come last, whichever way it is sorted. */
export function sortedRows(rows: readonly RunRow[], column: RunColumn, isDown: boolean): readonly RunRow[] {
  const key = (row: RunRow): string | number | null => (column === 'arm' ? row.armNumber : row[column]);
  return rows.toSorted((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    const order = typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right));
    return isDown ? -order : order;
  });
}
