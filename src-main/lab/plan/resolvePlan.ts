/** A plan meets its data: defaults are filled in, everything is checked, and what cannot be trained is refused with a sentence. Nothing is stored. */
import { baselineTitle } from '../../contract/armTitles.ts';
import { LabError } from '../../contract/errors.ts';
import type { ArmPlan, Plan } from '../../contract/plan.ts';
import type { AuxiliaryPlan, MainTaskPlan } from '../../contract/task.ts';
import { classColumn } from '../../data/prepare.ts';
import { columnOf } from '../../data/columns.ts';
import { encodeInputs, inputColumns } from '../../data/encode.ts';
import { resolveRoles } from '../../data/roles.ts';
import { divideValidation, fewestDividedRows, settleSplit, splitNotes, splitRows, taskColumn } from '../../data/splits.ts';
import { checkTarget, checkTargetColumn, encodeTarget } from '../../data/targets.ts';
import { dataWarnings } from '../../data/warnings.ts';
import type { PreparedDataset, Split } from '../../data/dataset.ts';
import type { TaskJob } from '../../engine/protocol.ts';
import { method, needsHeldOutRows } from '../../methods/index.ts';
import { metricOf } from '../../vocabulary/metrics/index.ts';
import type { Design, DesignArm } from '../../contract/design.ts';
import { resolveArms } from './resolveArms.ts';
import { resolveNetwork } from './resolveNetwork.ts';
import { auxiliaryWarnings, resolveMain, unweighted } from './resolveTasks.ts';

export interface ResolvedPlan {
  readonly plan: Plan; // complete: run again, it gives the same experiment
  readonly design: Design;
}

/** @param isSplitGiven whether the plan as written names a kind of split: only then the data's own split column is set aside
 *  @throws LabError bad-input */
export function resolvePlan(plan: Plan, dataset: PreparedDataset, isSplitGiven: boolean): ResolvedPlan {
  const roles = resolveRoles(dataset, plan.data.roles);
  const main = resolveMain(plan.main, dataset);
  const arms = resolveArms(plan.arms, main, dataset);
  const tasks = distinctTasks(arms);
  for (const task of tasks) checkTargetColumn(dataset, task.target, task.kind);
  const split = settleSplit(plan.data.split, isSplitGiven, roles, plan.seed);
  const resting = plan.arms.flatMap((arm) => arm.auxiliaries.filter(({ enabled }) => !enabled)); // switched off, their targets are still no inputs
  const excludedInputs = [...new Set([...tasks, ...resting].map(({ target }) => target))];
  const mainColumn = taskColumn(dataset, main.target, main.kind);
  const rows = splitRows(dataset, split, mainColumn, plan.data.trainFraction, inputColumns(dataset, roles, excludedInputs));
  for (const task of tasks) checkTarget(dataset, task.target, task.kind, rows, task.target === main.target && task.kind === main.kind ? 'main' : 'auxiliary');
  const heldOut = heldOutRows(arms, rows);
  const { shape: input } = encodeInputs(dataset, roles, excludedInputs, rows.train);
  if (plan.training.augment !== undefined && input.kind !== 'image')
    throw new LabError('bad-input', 'training.augment is for images, and this data set has none. Leave it out.');
  const classes = classNames(dataset, tasks);
  const kinds = new Map(tasks.map((task) => [task.target, task.kind]));
  const network = resolveNetwork(plan.network, input, arms, (target) => (kinds.get(target) === 'classification' ? (classes[target]?.length ?? 1) : 1));
  const margin = plan.margin ?? defaultMargin(main, dataset, rows);
  const design: Design = {
    data: { digest: dataset.digest, name: dataset.name, source: dataset.source, format: dataset.format, rows: dataset.rows, ...scaleOf(dataset) },
    input,
    roles,
    excludedInputs,
    split,
    parts: { train: rows.train.length, validation: rows.validation.length - heldOut.rows, heldOut: heldOut.rows, test: rows.test.length, digest: rows.digest },
    trainFraction: plan.data.trainFraction,
    network: { id: network.id, params: network.params },
    parameters: network.parameters,
    training: plan.training,
    metric: main.metric,
    margin,
    arms,
    classes,
    warnings: [
      ...excludedNotes(excludedInputs, plan, roles),
      ...dataWarnings(dataset, roles, excludedInputs, split),
      ...splitNotes(dataset, mainColumn, rows, split),
      ...trainingWarnings(arms, main, plan.training.epochs),
      ...metricNotes(main, dataset, rows),
      ...heldOut.notes,
      ...sweepNotes(arms),
      ...titleNotes(plan.arms),
    ],
  };
  return { plan: completePlan(plan, design, main), design };
}

/** How many validation rows methods keep for themselves, in every arm alike so that all select their epochs by the same rows.
 *  @throws LabError bad-input when there are too few to divide */
function heldOutRows(arms: readonly DesignArm[], { validation }: Split): { readonly rows: number; readonly notes: readonly string[] } {
  const keeping = [...new Set(arms.map((arm) => arm.method.id))].filter((id) => needsHeldOutRows(method(id)));
  if (keeping.length === 0) return { rows: 0, notes: [] };
  const names = keeping.join(' and ');
  if (validation.length < fewestDividedRows)
    throw new LabError(
      'bad-input',
      `Method ${names} keeps half of the validation rows for itself and needs at least ${fewestDividedRows}. ` +
        `This split has ${validation.length}: give validation a larger share of the data, or use another method.`,
    );
  const { selection, heldOut } = divideValidation(validation, 0);
  return {
    rows: heldOut.length,
    notes: [
      `${heldOut.length} of the ${validation.length} validation rows are kept for ${names}, ` +
        `in every arm alike; epochs are selected by the other ${selection.length}.`,
    ],
  };
}

/** Of pictures with more than 8 bits the values that became black and white, so that new pictures can be read as these were. */
function scaleOf({ array }: PreparedDataset): Pick<Design['data'], 'scale'> {
  return array?.kind === 'image' && array.scale !== undefined ? { scale: array.scale } : {};
}

/** A sweep over a weight that the method evens out compares an arm with itself. */
function sweepNotes(arms: readonly DesignArm[]): string[] {
  const flat = arms.filter((arm) => arm.role === 'auxiliary' && method(arm.method.id).claims.includes('auxiliary-scale-irrelevant'));
  const asked = (arm: DesignArm): string => JSON.stringify([arm.method, arm.tasks.map(unweighted)]);
  const twins = flat.filter((arm) => flat.some((other) => other !== arm && asked(other) === asked(arm)));
  return [...new Set(twins.map((arm) => arm.method.id))].map(
    (id) => `Arms with ${id} differ only in weights that the method evens out on the shared layers, so they should come out nearly alike.`,
  );
}

/** Titles that a person gave may be equal. */
function titleNotes(arms: readonly ArmPlan[]): string[] {
  const titles = [baselineTitle, ...arms.flatMap(({ title }) => title ?? [])];
  const twice = new Set(titles.filter((title, at) => titles.indexOf(title) < at));
  return [...twice].map((title) => `Several arms are called "${title}", so results show their ids too. Give each a title of its own, or none.`);
}

function distinctTasks(arms: readonly DesignArm[]): TaskJob[] {
  const tasks = new Map<string, TaskJob>();
  for (const task of arms.flatMap((arm) => arm.tasks)) {
    const other = [...tasks.values()].find(({ target, kind }) => target === task.target && kind !== task.kind);
    if (other !== undefined)
      throw new LabError('bad-input', `Column "${task.target}" is a classification task in one place and a regression task in another. Use one kind for it.`);
    tasks.set(`${task.target}/${task.kind}`, tasks.get(`${task.target}/${task.kind}`) ?? task);
  }
  return [...tasks.values()];
}

function classNames(dataset: PreparedDataset, tasks: readonly TaskJob[]): Record<string, readonly string[]> {
  const classification = tasks.filter((task) => task.kind === 'classification');
  return Object.fromEntries(classification.map(({ target }) => [target, classColumn(columnOf(dataset, target)).classes]));
}

/** The metric's own, by the main target's spread in the training rows where it is in the target's unit. */
function defaultMargin(main: TaskJob, dataset: PreparedDataset, rows: Split): number {
  const { margin } = metricOf(main.metric);
  if ('fixed' in margin) return margin.fixed;
  const target = encodeTarget(dataset, main.target, main.kind, rows.train);
  return Number((margin.ofSpread * (target.kind === 'regression' ? target.standardDeviation : 1)).toPrecision(3));
}

/** What the values of the main target make of its metric. */
function metricNotes(main: TaskJob, dataset: PreparedDataset, rows: Split): string[] {
  const metric = metricOf(main.metric);
  if (metric.kind !== 'regression' || metric.doubt === undefined) return [];
  const target = encodeTarget(dataset, main.target, main.kind, rows.train);
  const doubt = target.kind === 'regression' ? metric.doubt(target.values) : null;
  return doubt === null ? [] : [`"${main.target}" ${doubt}`];
}

function excludedNotes(excluded: readonly string[], plan: Plan, roles: Design['roles']): string[] {
  const taken = excluded.filter((name) => name !== plan.main.target && roles[name] === 'input');
  if (taken.length === 0) return [];
  const names = taken.map((name) => `"${name}"`).join(', ');
  return [
    `${taken.length === 1 ? `Column ${names} is` : `Columns ${names} are`} learned as ` +
      `${taken.length === 1 ? 'a task' : 'tasks'} and therefore no input in any arm, the baseline included.`,
  ];
}

function trainingWarnings(arms: readonly DesignArm[], main: TaskJob, epochs: number): string[] {
  return [...new Set(arms.flatMap((arm) => arm.tasks.slice(1)).flatMap((task) => auxiliaryWarnings(task, main, epochs)))];
}

/** The plan with every choice written out. Words stay as a person wrote them: where there are none, they are made when they are shown. */
function completePlan(plan: Plan, design: Design, main: TaskJob): Plan {
  const [, ...auxiliary] = design.arms;
  return {
    ...plan,
    data: { ...plan.data, split: design.split },
    main: { ...plan.main, kind: main.kind, ...completeLoss(main), metric: main.metric },
    network: design.network,
    arms: plan.arms.map((arm, at) => {
      const settled = auxiliary[at];
      if (settled === undefined) return arm;
      return {
        id: settled.id,
        ...(arm.title !== undefined && { title: arm.title }),
        auxiliaries: completeTasks(arm.auxiliaries, settled.tasks.slice(1)),
        method: { id: settled.method.id, params: { ...settled.method.params } },
      };
    }),
    margin: design.margin,
  };
}

/** Tasks that are switched off stay as they were written. */
function completeTasks(plans: readonly AuxiliaryPlan[], settled: readonly TaskJob[]): AuxiliaryPlan[] {
  const remaining = [...settled];
  return plans.map((plan) => (plan.enabled ? completeTask(plan, remaining.shift()) : plan));
}

function completeTask(plan: AuxiliaryPlan, task: TaskJob | undefined): AuxiliaryPlan {
  return task === undefined ? plan : { ...plan, id: task.id, kind: task.kind, ...completeLoss(task) };
}

/** A loss without parameters has none in a plan either. */
function completeLoss({ loss, lossParams }: TaskJob): Pick<MainTaskPlan, 'loss' | 'lossParams'> {
  return Object.keys(lossParams).length === 0 ? { loss } : { loss, lossParams: { ...lossParams } };
}
