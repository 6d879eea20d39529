/** Fills in what a plan leaves open about its tasks: kind, loss, metric, ids. */
import { LabError } from '../contract/errors.ts';
import { mainTaskId } from '../contract/identifiers.ts';
import type { AuxiliaryPlan, MainTaskPlan } from '../contract/plan.ts';
import { columnOf } from '../data/columns.ts';
import type { PreparedDataset } from '../data/dataset.ts';
import { guessTaskKind } from '../data/roles.ts';
import type { TaskJob } from '../engine/protocol.ts';
import { taskKinds } from '../tasks/index.ts';

/** @throws LabError bad-input for an unknown column, or a loss or metric of the other kind */
export function resolveMain(plan: MainTaskPlan, dataset: PreparedDataset): TaskJob {
  const kind = plan.kind ?? guessTaskKind(columnOf(dataset, plan.target));
  const { losses, metricIds, defaultMetric } = taskKinds[kind];
  const metric = plan.metric ?? defaultMetric;
  if (!metricIds.includes(metric))
    throw new LabError('bad-input', `Task "${plan.target}" is ${article(kind)} task: metric ${metric} does not suit it. Use one of ${metricIds.join(', ')}.`);
  return {
    id: mainTaskId,
    target: plan.target,
    kind,
    loss: checkedLoss(plan, kind, losses),
    huberDelta: plan.huberDelta,
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
    const kind = plan.kind ?? (isMainAgain ? main.kind : guessTaskKind(columnOf(dataset, plan.target)));
    const takesLoss = isMainAgain && plan.loss === undefined;
    checkSchedule(plan, where);
    return {
      id: plan.id ?? freeId(plan.depth === 'end' ? plan.target : `${plan.target}@${plan.depth}`, taken),
      target: plan.target,
      kind,
      loss: takesLoss ? main.loss : checkedLoss(plan, kind, taskKinds[kind].losses),
      huberDelta: takesLoss ? main.huberDelta : plan.huberDelta,
      labelSmoothing: plan.labelSmoothing,
      classWeights: plan.classWeights,
      metric: isMainAgain ? main.metric : taskKinds[kind].defaultMetric,
      depth: plan.depth,
      weight: plan.weight,
      schedule: plan.schedule,
      balanced: plan.balanced,
      bounds: checkedBounds(plan, where),
    };
  });
}

function checkedLoss(plan: Pick<MainTaskPlan, 'target' | 'loss'>, kind: TaskJob['kind'], losses: readonly TaskJob['loss'][]): TaskJob['loss'] {
  const loss = plan.loss ?? losses[0];
  if (loss !== undefined && losses.includes(loss)) return loss;
  throw new LabError('bad-input', `Task "${plan.target}" is ${article(kind)} task: loss ${String(loss)} does not suit it. Use ${losses.join(' or ')}.`);
}

function checkedBounds({ bounds, target }: AuxiliaryPlan, where: string): TaskJob['bounds'] {
  if (bounds === undefined) return null;
  if (bounds.min > bounds.max)
    throw new LabError('bad-input', `${where}: the bounds of "${target}" must have a min (${bounds.min}) that is not above the max (${bounds.max}).`);
  return bounds;
}

function article(kind: TaskJob['kind']): string {
  return `a ${kind}`;
}

function checkSchedule({ schedule, target }: AuxiliaryPlan, where: string): void {
  const refuse = (rule: string): never => {
    throw new LabError('bad-input', `${where}: the ${schedule.id} schedule of "${target}" ${rule}.`);
  };
  switch (schedule.id) {
    case 'constant':
      return;
    case 'curriculum':
      if (schedule.to < schedule.from) refuse(`must end (to: ${schedule.to}) no earlier than it begins (from: ${schedule.from})`);
      return;
    case 'linear-decay':
    case 'cosine-decay':
      if (schedule.to <= schedule.from) refuse(`must end (to: ${schedule.to}) later than it begins (from: ${schedule.from})`);
      return;
    case 'gated':
      if (schedule.min > schedule.max) refuse(`has a smallest share (min: ${schedule.min}) above its largest (max: ${schedule.max})`);
      return;
    default:
      schedule satisfies never;
  }
}

function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  for (let count = 2; taken.has(id); count++) id = `${wanted}-${count}`;
  taken.add(id);
  return id;
}
