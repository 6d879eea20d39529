/** The list of all experiments, one line each, newest first; those in the trash are left out. */
import type { ExperimentSummary } from '../../contract/calls.ts';
import type { FoundExperiment } from '../../store/search.ts';
import type { Store } from '../../store/store.ts';

export function experimentSummaries(store: Store): ExperimentSummary[] {
  return store.search.experiments({ words: [], trashed: false, sort: 'newest', offset: 0, limit: -1 }).items.map(summaryOf);
}

export function summaryOf({ id, name, created, status, verdict, runs, finished, imported }: FoundExperiment): ExperimentSummary {
  return { experimentId: id, name, created, status, verdict, runs, finishedRuns: finished, imported };
}
