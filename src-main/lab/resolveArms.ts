/** The arms of an experiment: the baseline, which no plan can leave out, and the plan's own with ids, titles and checked methods. */
import { LabError } from '../contract/errors.ts';
import { checkParams } from '../contract/params.ts';
import type { ArmPlan } from '../contract/plan.ts';
import type { PreparedDataset } from '../data/dataset.ts';
import type { TaskJob } from '../engine/protocol.ts';
import { method } from '../methods/index.ts';
import { baselineId, type DesignArm } from './design.ts';
import { resolveAuxiliaries } from './resolveTasks.ts';

/** @throws LabError bad-input for a method, parameter, target or id that cannot be */
export function resolveArms(plans: readonly ArmPlan[], main: TaskJob, dataset: PreparedDataset): DesignArm[] {
  const baseline: DesignArm = { id: baselineId, title: 'Baseline', role: 'baseline', method: { id: 'fixed', params: {} }, tasks: [main] };
  const ids = armIds(plans);
  const arms = plans.map((plan, at): DesignArm => {
    const { id, params } = plan.method;
    const all = resolveAuxiliaries(plan.auxiliaries, main, dataset, `arms[${at}]`);
    const tasks = all.filter((_, i) => plan.auxiliaries[i]?.enabled === true);
    if (tasks.length === 0)
      throw new LabError('bad-input', `arms[${at}] has no auxiliary task that is on. Set "enabled" to true for one of them, or leave the arm out.`);
    const checked = checkParams(`method ${id}`, method(id).params, params);
    return { id: ids[at] ?? '', title: plan.title ?? armTitle(tasks, main, id), role: 'auxiliary', method: { id, params: checked }, tasks: [main, ...tasks] };
  });
  return [baseline, ...arms];
}

/** Given ids, else the method where that tells the arms apart, else numbers.  @throws LabError bad-input for an id that is taken */
function armIds(plans: readonly ArmPlan[]): string[] {
  const taken = new Set<string>([baselineId]);
  for (const { id } of plans) {
    if (id === undefined) continue;
    if (taken.has(id))
      throw new LabError(
        'bad-input',
        id === baselineId ? 'No arm of the plan may have the id "baseline": it is always there.' : `Two arms have the id "${id}". Give each its own.`,
      );
    taken.add(id);
  }
  const open = plans.filter(({ id }) => id === undefined);
  const tells = new Set(open.map((plan) => plan.method.id)).size === open.length;
  return plans.map((plan) => {
    if (plan.id !== undefined) return plan.id;
    const wanted = open.length === 1 && plans.length === 1 ? 'auxiliary' : tells ? plan.method.id : 'auxiliary-1';
    let id = wanted;
    for (let count = 2; taken.has(id); count++) id = `${wanted.replace(/-\d+$/, '')}-${count}`;
    taken.add(id);
    return id;
  });
}

/** 'heads at inception-1, inception-2 + group, primary-pcgrad' */
function armTitle(tasks: readonly TaskJob[], main: TaskJob, methodId: string): string {
  const heads = tasks.filter((task) => task.target === main.target && task.depth !== 'end');
  const others = tasks.filter((task) => !heads.includes(task)).map((task) => (task.depth === 'end' ? task.target : `${task.target} at ${task.depth}`));
  const parts = heads.length === 0 ? others : [`${heads.length === 1 ? 'head' : 'heads'} at ${heads.map((task) => task.depth).join(', ')}`, ...others];
  const schedules = [...new Set(tasks.map((task) => task.schedule.id))].filter((id) => id !== 'constant');
  const title = [parts.join(' + '), ...schedules, ...(methodId === 'fixed' ? [] : [methodId])].join(', ');
  return title.length > 120 ? `${title.slice(0, 119)}…` : title;
}
