/** Fills in what a plan leaves open about its tasks: kind, loss, metric, ids. */
import { LabError } from '../../contract/errors.ts';
import { mainTaskId } from '../../contract/identifiers.ts';
import { checkParams } from '../../contract/params.ts';
import type { AuxiliaryPlan, MainTaskPlan } from '../../contract/task.ts';
import { columnOf } from '../../data/columns.ts';
import type { PreparedDataset } from '../../data/dataset.ts';
import { guessTaskKind } from '../../data/roles.ts';
import type { TaskJob } from '../../engine/protocol.ts';
import { lossesOf, lossOf, usualLoss } from '../../vocabulary/losses/index.ts';
import { metricsOf, usualMetric } from '../../vocabulary/metrics/index.ts';
import { weightScheduleOf } from '../../vocabulary/weightSchedules/index.ts';

/** @throws LabError bad-input for an unknown column, or a loss or metric of the other kind */
export function resolveMain(plan: MainTaskPlan, dataset: PreparedDataset): TaskJob {
  const kind = plan.kind ?? guessTaskKind(columnOf(dataset, plan.target), dataset);
  const metric = plan.metric ?? usualMetric(kind);
  if (!metricsOf(kind).includes(metric))
    throw new LabError('bad-input', `Task "${plan.target}" is a ${kind} task: metric ${metric} does not suit it. Use one of ${metricsOf(kind).join(', ')}.`);
  return {
    id: mainTaskId,
    target: plan.target,
    kind,
    ...checkedLoss(plan, kind),
    labelSmoothing: plan.labelSmoothing,
    classWeights: plan.classWeights,
    metric,
    depth: 'end',
    weight: 1,
    schedule: { id: 'constant' },
    balanced: true,
    bounds: null,
  };
}

/** The auxiliary tasks of one arm. An intermediate classifier of the main target takes kind, loss and metric from the main task.
 *  @param where names the arm in error texts: 'arms[0]' */
export function resolveAuxiliaries(plans: readonly AuxiliaryPlan[], main: TaskJob, dataset: PreparedDataset, where: string): TaskJob[] {
  const taken = new Set<string>([mainTaskId]);
  for (const { id } of plans) {
    if (id === undefined) continue;
    if (taken.has(id))
      throw new LabError('bad-input', `${where}: two tasks have the id "${id}"${id === mainTaskId ? ", the main task's own" : ''}. Give each its own.`);
    taken.add(id);
  }
  return plans.map((plan) => {
    const isMainAgain = plan.target === main.target && (plan.kind === undefined || plan.kind === main.kind);
    const kind = plan.kind ?? (isMainAgain ? main.kind : guessTaskKind(columnOf(dataset, plan.target), dataset));
    const takesLoss = isMainAgain && plan.loss === undefined;
    checkSchedule(plan, where);
    return {
      id: plan.id ?? freeId(plan.depth === 'end' ? plan.target : `${plan.target}@${plan.depth}`, taken),
      target: plan.target,
      kind,
      ...(takesLoss ? { loss: main.loss, lossParams: main.lossParams } : checkedLoss(plan, kind)),
      labelSmoothing: plan.labelSmoothing,
      classWeights: plan.classWeights,
      metric: isMainAgain ? main.metric : usualMetric(kind),
      depth: plan.depth,
      weight: plan.weight,
      schedule: plan.schedule,
      balanced: plan.balanced,
      bounds: checkedBounds(plan, where),
    };
  });
}

/** What a person may not have meant of an auxiliary task, as sentences. */
export function auxiliaryWarnings(task: TaskJob, main: TaskJob, epochs: number): string[] {
  const repeats = task.target === main.target && task.depth === 'end';
  const warning = weightScheduleOf(task.schedule.id).warning?.(task.schedule, epochs) ?? null;
  return [
    ...(repeats ? [`Auxiliary task "${task.id}" learns the main target at the same place as the main task: it only repeats it.`] : []),
    ...(warning === null ? [] : [`${warning.before} of "${task.id}" ${warning.after}`]),
    ...(task.weight === 0 ? [`Auxiliary task "${task.id}" has weight 0, so it only watches.`] : []),
  ];
}

/** The task but for how much it weighs. */
export function unweighted({ weight: _, ...task }: TaskJob): Omit<TaskJob, 'weight'> {
  return task;
}

function checkedLoss({ target, loss = undefined, lossParams = {} }: Pick<MainTaskPlan, 'target' | 'loss' | 'lossParams'>, kind: TaskJob['kind']) {
  const chosen = loss ?? usualLoss(kind);
  if (!lossesOf(kind).includes(chosen))
    throw new LabError('bad-input', `Task "${target}" is a ${kind} task: loss ${chosen} does not suit it. Use ${lossesOf(kind).join(' or ')}.`);
  return { loss: chosen, lossParams: checkParams(`loss ${chosen} of "${target}"`, lossOf(chosen).params, lossParams) };
}

function checkedBounds({ bounds, target }: AuxiliaryPlan, where: string): TaskJob['bounds'] {
  if (bounds === undefined) return null;
  if (bounds.min > bounds.max)
    throw new LabError('bad-input', `${where}: the bounds of "${target}" must have a min (${bounds.min}) that is not above the max (${bounds.max}).`);
  return bounds;
}

function checkSchedule({ schedule, target }: AuxiliaryPlan, where: string): void {
  const misfit = weightScheduleOf(schedule.id).misfit?.(schedule) ?? null;
  if (misfit !== null) throw new LabError('bad-input', `${where}: the ${schedule.id} schedule of "${target}" ${misfit}.`);
}

function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let count = 2; taken.has(id); count++) id = `${wanted}-${count}`;
  taken.add(id);
  return id;
}
