/** When two arms are the same: they would train alike whatever they are called, so comparing them says nothing. Pure. */
import type { Params } from '../vocabulary/params.ts';
import { byName, taskTraits, type ComparedTask } from './task.ts';

export interface ComparedArm {
  readonly tasks: readonly ComparedTask[]; // the auxiliary ones that are switched on
  readonly method: { readonly id: string; readonly params: Params };
}

/** Equal for arms that train alike: ids, titles and the order of tasks leave it as it is, because every method treats auxiliary tasks alike. */
export function armKey({ tasks, method }: ComparedArm): string {
  return JSON.stringify([tasks.map(taskKey).sort(), method.id, byName(method.params)]);
}

/** Equal for tasks that train alike. */
export function taskKey(task: ComparedTask): string {
  return JSON.stringify([task.target, task.depth, task.kind, ...taskTraits.map(({ of }) => of(task))]);
}

/** The first two arms that are the same; null when no two are. */
export function firstTwins(arms: readonly ComparedArm[]): readonly [number, number] | null {
  const seen = new Map<string, number>();
  for (const [at, arm] of arms.entries()) {
    const key = armKey(arm);
    const before = seen.get(key);
    if (before !== undefined) return [before, at];
    seen.set(key, at);
  }
  return null;
}
