/** When two arms are the same: they would train alike whatever they are called, so comparing them says nothing. Pure. */
import { losses } from '../vocabulary/losses/index.ts';
import { ownValues, type Params, type ParamValue } from '../vocabulary/params.ts';
import type { WeightScheduleId } from '../vocabulary/weightSchedules/index.ts';

/** A task as far as it decides what is trained. The lab's resolved tasks fit, and so do a plan's as they are being written. */
export interface ComparedTask {
  readonly target: string;
  readonly kind?: string | undefined;
  readonly loss?: string | undefined;
  readonly lossParams?: Params | undefined;
  readonly labelSmoothing: number;
  readonly classWeights: string;
  readonly depth: string;
  readonly weight: number;
  readonly schedule: { readonly id: WeightScheduleId } & Params;
  readonly balanced: boolean;
  readonly bounds?: { readonly min: number; readonly max: number } | null | undefined;
}

export interface ComparedArm {
  readonly tasks: readonly ComparedTask[]; // the auxiliary ones that are switched on
  readonly method: { readonly id: string; readonly params: Params };
}

/** Equal for arms that train alike: ids, titles and the order of tasks leave it as it is, because every method treats auxiliary tasks alike. */
export function armKey({ tasks, method }: ComparedArm): string {
  return JSON.stringify([tasks.map(taskKey).sort(), method.id, sorted(method.params)]);
}

/** Equal for tasks that train alike. What a loss does not read is left out: smoothing of a regression, the parameters of another loss. */
export function taskKey(task: ComparedTask): string {
  const { target, kind, loss, depth, weight, schedule, balanced, bounds } = task;
  return JSON.stringify([
    target,
    depth,
    kind,
    loss,
    lossParamsOf(task),
    smoothingOf(task),
    classWeightsOf(task),
    weight,
    sorted(schedule),
    balanced,
    bounds ?? null,
  ]);
}

/** Every parameter of the loss with its value; undefined where the loss has none, or is left to the data. */
export function lossParamsOf({ loss, lossParams }: ComparedTask): readonly (readonly [name: string, value: ParamValue])[] | undefined {
  const specs = losses.find(({ id }) => id === loss)?.params ?? {};
  const values = Object.entries(ownValues(specs, lossParams ?? {}));
  return values.length === 0 ? undefined : values;
}

export function smoothingOf({ kind, labelSmoothing }: ComparedTask): number | undefined {
  return kind === 'regression' ? undefined : labelSmoothing;
}

export function classWeightsOf({ kind, classWeights }: ComparedTask): string | undefined {
  return kind === 'regression' ? undefined : classWeights;
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

function sorted(values: object): readonly unknown[] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}
