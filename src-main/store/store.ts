/** The record of everything that ran: one SQLite file, opened by one or several processes. */
import type { Database } from './database.ts';
import { asStoreError, integrityProblems, openDatabase, openReader } from './database.ts';
import { annotationTable, type AnnotationTable } from './annotation.ts';
import { checkpointTable, type CheckpointTable } from './checkpoint.ts';
import { classRecallTable, type ClassRecallTable } from './classRecall.ts';
import { datasetTable, type DatasetTable } from './dataset.ts';
import { deskTables, type DeskTables } from './desk.ts';
import { eventTable, type EventTable } from './event.ts';
import { experimentTable, type ExperimentTable } from './experiment.ts';
import { metricTable, type MetricTable } from './metric.ts';
import { ownerTable, type OwnerTable } from './owner.ts';
import { pointTable, type PointTable } from './point.ts';
import { runQuery, type QueryResult } from './query.ts';
import { runTable, type RunTable } from './run.ts';
import { searchQueries, type SearchQueries } from './search.ts';
import { thinnedPoints, type ThinnedPoints } from './thinned.ts';
import { wholeExperiments, type WholeExperiments } from './wholeExperiment.ts';

export interface Store {
  readonly file: string;
  readonly datasets: DatasetTable;
  readonly experiments: ExperimentTable;
  readonly owners: OwnerTable;
  readonly runs: RunTable;
  readonly metrics: MetricTable;
  readonly classRecall: ClassRecallTable;
  readonly points: PointTable;
  readonly events: EventTable;
  readonly checkpoints: CheckpointTable;
  readonly annotations: AnnotationTable;
  readonly desk: DeskTables;
  readonly search: SearchQueries;
  readonly thinned: ThinnedPoints;
  readonly whole: WholeExperiments;
  readonly interruptedAtOpen: number; // runs whose process had ended without a word
  /** All of it or nothing; takes the write lock at once.  @throws LabError store when SQLite cannot write */
  write<T>(work: () => T): T;
  /** What any reading or writing threw, as a sentence about this file; errors of other origin pass through. */
  sentenceFor(error: unknown): unknown;
  query(sql: string, limit?: number): QueryResult;
  /** What integrity_check and foreign_key_check find; [] when the file is sound. */
  problems(): string[];
  close(): void;
}

type Tables = ReturnType<typeof openTables>;

/** Every table with its prepared statements.  @throws SqliteError when the file lacks one */
function openTables(database: Database, now: () => Date) {
  return {
    owners: ownerTable(database, now),
    datasets: datasetTable(database),
    experiments: experimentTable(database),
    runs: runTable(database),
    metrics: metricTable(database),
    classRecall: classRecallTable(database),
    points: pointTable(database),
    events: eventTable(database),
    checkpoints: checkpointTable(database),
    annotations: annotationTable(database),
    desk: deskTables(database),
    search: searchQueries(database),
    thinned: thinnedPoints(database),
    whole: wholeExperiments(database),
  };
}

/** Opens the store and marks the runs of processes that ended as interrupted; runs of living processes stay untouched.
 *  @throws LabError store */
export function openStore(file: string, now: () => Date = () => new Date()): Store {
  const database = openDatabase(file, now);
  let reader: Database | null = null;
  const sentenceFor = (error: unknown): unknown => (isSqlite(error) ? asStoreError(error, file) : error);
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw sentenceFor(error);
    }
  };
  let tables: Tables;
  let interruptedAtOpen: number;
  try {
    tables = guarded(() => openTables(database, now));
    interruptedAtOpen = guarded(() => tables.owners.endDead());
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    file,
    ...tables,
    interruptedAtOpen,
    sentenceFor,
    write: (work) => guarded(() => database.transaction(work).immediate()),
    query: (sql, limit) => runQuery((reader ??= openReader(file)), sql, limit),
    problems: () => integrityProblems(database),
    close() {
      reader?.close();
      try {
        if (database.open) database.pragma('optimize');
      } catch {
        // Housekeeping only: it also writes, and a full disk was reported by whatever was to be kept.
      }
      database.close();
    },
  };
}

function isSqlite(error: unknown): boolean {
  return error instanceof Error && error.name === 'SqliteError';
}
