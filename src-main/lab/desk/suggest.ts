/** A first design for a data set: sensible enough to be run as it is, so that nobody has to begin with an empty form. */
import { planFormat, type PlanInput } from '../../contract/plan.ts';
import { checkParams } from '../../contract/params.ts';
import { columnOf } from '../../data/columns.ts';
import type { PreparedDataset } from '../../data/dataset.ts';
import { inputShape } from '../../data/profile.ts';
import { guessTaskKind, possibleTargets, resolveRoles, type Roles } from '../../data/roles.ts';
import { isSample, sampleOf } from '../../contract/samples.ts';
import { nearCopy } from '../../data/nearCopy.ts';
import { network as networkById } from '../../networks/index.ts';
import { exactShape } from '../plan/inspect.ts';
import { defaultNetwork } from '../plan/resolveNetwork.ts';
import { taskColumn } from '../../data/splits.ts';

const mostAuxiliaries = 3;
const stepsWanted = { small: 1000, convolutional: 350 }; // a run takes seconds on one core, so that six pairs take a few minutes
const batch = 32;

export interface Suggestion {
  readonly plan: PlanInput;
  readonly sentence: string;
}

/** @param main the target that the person chose; the best guess when left out
 *  @throws LabError bad-input for an unknown column */
export function suggestPlan(dataset: PreparedDataset, data: PlanInput['data'], main: string | undefined): Suggestion {
  const roles = resolveRoles(dataset, data.roles ?? {});
  const sample = isSample(data.source) ? sampleOf(data.source) : null;
  const target = main ?? sample?.main ?? possibleTargets(dataset, roles)[0] ?? dataset.columns[0]?.name ?? '';
  const column = columnOf(dataset, target);
  const auxiliaries = sample !== null && target === sample.main ? [...sample.auxiliaries] : labelColumns(dataset, roles, target);
  const beside = auxiliaries.length === 0 ? substitutes(dataset, roles, target) : [];
  const heads = auxiliaries.length === 0 && beside.length === 0 ? headDepths(dataset, roles, target) : [];
  const rows = dataset.rows;
  const size = rows >= 4000 ? 64 : batch;
  const wanted = stepsWanted[dataset.array !== null && usualNetwork(dataset, 0) === 'mini-inception' ? 'convolutional' : 'small'];
  const epochs = Math.min(60, Math.max(3, Math.round((wanted * size) / (0.7 * rows))));
  const plan: PlanInput = {
    format: planFormat,
    data,
    main: { target },
    training: { epochs, batch: size },
    arms: [
      {
        auxiliaries:
          auxiliaries.length > 0
            ? auxiliaries.map((name) => ({ target: name }))
            : heads.length > 0
              ? heads.map((depth) => ({ target, depth }))
              : beside.map((name) => ({ target: name })),
      },
    ],
    repeats: 6,
  };
  return { plan, sentence: sentenceOf(target, guessTaskKind(column, dataset), auxiliaries, heads, plan) };
}

/** Other label columns that are no near-copies of the main one. */
function labelColumns(dataset: PreparedDataset, roles: Roles, target: string): string[] {
  const mainColumn = taskColumn(dataset, target, guessTaskKind(columnOf(dataset, target), dataset));
  return possibleTargets(dataset, roles)
    .filter((name) => name !== target && roles[name] === 'target' && nearCopy(mainColumn, columnOf(dataset, name)) === null)
    .slice(0, mostAuxiliaries);
}

function usualNetwork(dataset: PreparedDataset, inputs: number): string {
  return defaultNetwork(exactShape(inputShape(dataset, inputs)));
}

/** Where intermediate classifiers of the main target could sit; [] when the network has no depths inside. */
function headDepths(dataset: PreparedDataset, roles: Roles, target: string): readonly string[] {
  const inputs = Object.keys(roles).filter((name) => roles[name] === 'input' && name !== target).length;
  if (dataset.array === null && inputs === 0) return []; // the check of the plan says what is missing
  const shape = exactShape(inputShape(dataset, inputs));
  const network = networkById(usualNetwork(dataset, inputs));
  const trunk = network.build(shape, checkParams(`network ${network.id}`, network.params, {}));
  const depths = trunk.stages.filter(({ depth }) => depth !== null).length;
  return depths === 0 ? [] : trunk.suggestedDepths(Math.min(2, depths));
}

/** A table with one label column: the input that could best be learned beside it. As a task it is an input no longer, so others must be left. */
function substitutes(dataset: PreparedDataset, roles: Roles, target: string): string[] {
  if (dataset.array !== null) return [];
  const inputs = possibleTargets(dataset, roles).filter((name) => name !== target && roles[name] === 'input');
  return inputs.length < 2 ? [] : inputs.slice(-1);
}

function sentenceOf(target: string, kind: string, auxiliaries: readonly string[], heads: readonly string[], plan: PlanInput): string {
  const main = `Predict ${quoted(target)} (${kind})`;
  if (auxiliaries.length > 0)
    return (
      `${main}, with ${listed(auxiliaries)} as auxiliary ${auxiliaries.length === 1 ? 'task' : 'tasks'}: ` +
      `${auxiliaries.length === 1 ? 'it is another label column' : 'they are the other label columns'} of this data set.`
    );
  if (heads.length > 0)
    return `${main}, with ${heads.length === 1 ? 'a classifier' : 'classifiers'} inside the network at ${heads.join(' and ')}: there is no other label column.`;
  const [substitute] = plan.arms[0]?.auxiliaries ?? [];
  return substitute === undefined
    ? main
    : `${main}. There is no other label column, so ${quoted(substitute.target)} is suggested as auxiliary task; it is then no input in any arm.`;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.map(quoted).join('') : `${names.slice(0, -1).map(quoted).join(', ')} and ${quoted(names.at(-1) ?? '')}`;
}

function quoted(name: string): string {
  return `"${name}"`;
}
