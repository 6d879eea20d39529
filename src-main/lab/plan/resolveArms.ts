/** The arms of an experiment: the baseline, which no plan can leave out, and the plan's own with ids and checked methods. */
import { firstTwins } from '../../contract/armIdentity.ts';
import { armTitles, type NamedArm } from '../../contract/armTitles.ts';
import { LabError } from '../../contract/errors.ts';
import { checkParams } from '../../contract/params.ts';
import type { ArmPlan } from '../../contract/plan.ts';
import type { PreparedDataset } from '../../data/dataset.ts';
import type { TaskJob } from '../../engine/protocol.ts';
import { method } from '../../methods/index.ts';
import { baselineId } from '../../contract/identifiers.ts';
import type { DesignArm } from '../../contract/design.ts';
import { resolveAuxiliaries } from './resolveTasks.ts';

/** @throws LabError bad-input for a method, parameter, target or id that cannot be, and for two arms that are the same */
export function resolveArms(plans: readonly ArmPlan[], main: TaskJob, dataset: PreparedDataset): DesignArm[] {
  const baseline: DesignArm = { id: baselineId, role: 'baseline', method: { id: 'fixed', params: {} }, tasks: [main] };
  const ids = armIds(plans);
  const arms = plans.map((plan, at) => {
    const { id, params } = plan.method;
    const all = resolveAuxiliaries(plan.auxiliaries, main, dataset, `arms[${at}]`);
    const tasks = all.filter((_, i) => plan.auxiliaries[i]?.enabled === true);
    if (tasks.length === 0)
      throw new LabError('bad-input', `arms[${at}] has no auxiliary task that is on. Set "enabled" to true for one of them, or leave the arm out.`);
    return { title: plan.title, method: { id, params: checkParams(`method ${id}`, method(id).params, params) }, tasks };
  });
  refuseTwins(arms, main.target);
  return [baseline, ...arms.map(({ method, tasks }, at): DesignArm => ({ id: ids[at] ?? '', role: 'auxiliary', method, tasks: [main, ...tasks] }))];
}

function refuseTwins(arms: readonly NamedArm[], main: string): void {
  const twins = firstTwins(arms);
  if (twins === null) return;
  const titles = armTitles(arms, main);
  const [first, second] = twins.map((at) => `${at + 1} ("${titles[at] ?? ''}")`);
  throw new LabError('bad-input', `Arms ${first} and ${second} are the same: equal tasks and an equal method. Change one of them, or leave it out.`);
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
