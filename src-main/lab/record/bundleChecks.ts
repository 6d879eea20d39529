/** Whether the parts of a bundle belong together. Each part has passed its own schema before. Pure. */
import type { Bundle, BundlePoints } from '../../contract/bundle.ts';
import type { SettledDesign } from '../../contract/design.ts';
import type { Plan } from '../../contract/plan.ts';
import type { StoredProvenance } from '../../contract/provenance.ts';
import { runId } from './ids.ts';
import { planRuns } from '../plan/jobs.ts';

/** What a bundle comes to once every text of it is read. */
export interface ReadBundle {
  readonly bundle: Bundle;
  readonly points: BundlePoints;
  readonly plan: Plan;
  readonly design: SettledDesign;
  readonly provenance: StoredProvenance;
}

/** @returns the first thing that does not hold, in a sentence; null when all of it does */
export function checkBundle({ bundle, points, plan, design }: ReadBundle): string | null {
  const { id } = bundle.experiment;
  const ids = plan.arms.map((arm) => arm.id);
  if (JSON.stringify(design.arms.slice(1).map((arm) => arm.id)) !== JSON.stringify(ids)) return 'Its plan and its design have different arms.';
  const planned = new Set(planRuns(design, plan.seed, plan.repeats).map(({ arm, seed }) => runId(id, arm.id, seed)));
  const names = new Map(bundle.runs.map((run) => [run.name, run]));
  if (names.size !== bundle.runs.length) return 'Two of its runs have one name.';
  if (planned.size !== names.size) return `Its plan has ${planned.size} runs, and ${names.size} came.`;
  for (const run of bundle.runs) if (!planned.has(run.name) || run.name !== runId(id, run.arm_id, run.seed)) return `Run ${run.name} is none of its plan.`;
  const tasks = new Map(design.arms.map((arm) => [arm.id, new Set(arm.tasks.map((task) => task.id))]));
  const knows = (run: string, task: string): boolean => tasks.get(names.get(run)?.arm_id ?? '')?.has(task) === true;
  for (const { run, task } of [...bundle.metrics, ...bundle.classRecalls]) if (!knows(run, task)) return `Run ${run} has no task "${task.slice(0, 100)}".`;
  const strange = [...Object.keys(points), ...bundle.events.flatMap(({ run }) => run ?? [])].find((run) => !names.has(run));
  if (strange !== undefined) return `There is no run ${strange.slice(0, 100)}.`;
  return areAscending(points) ? null : 'The points of a series are not in the order of their steps.';
}

function areAscending(points: ReadBundle['points']): boolean {
  return Object.values(points).every((series) => Object.values(series).every((line) => line.every(([at], k) => k === 0 || at > (line[k - 1]?.[0] ?? -1))));
}
