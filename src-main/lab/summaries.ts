/** The list of all experiments, one line each, newest first; those in the trash are left out. */
import type { ExperimentSummary } from '../contract/calls.ts';
import type { RunRow } from '../store/run.ts';
import type { Store } from '../store/store.ts';
import { statusOf } from './results.ts';

export function experimentSummaries(store: Store): ExperimentSummary[] {
  const statuses = new Map<string, RunRow['status'][]>();
  for (const { experiment_id: id, status, count } of store.runs.counts())
    statuses.set(id, [...(statuses.get(id) ?? []), ...new Array<RunRow['status']>(count).fill(status)]);
  const trashed = store.annotations.trashedIds();
  return store.experiments
    .all()
    .filter(({ id }) => !trashed.has(id))
    .map(({ id, name, created, verdict, imported }) => {
      const runs = statuses.get(id) ?? [];
      return {
        experimentId: id,
        name,
        created,
        status: statusOf(runs),
        verdict,
        runs: runs.length,
        finishedRuns: runs.filter((status) => status === 'finished').length,
        imported,
      };
    });
}
