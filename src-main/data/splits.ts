/** Divides the rows into training, validation and test. The same data, plan and seed give the same lists on every machine. */
import { LabError } from '../contract/errors.ts';
import { Stream } from '../contract/random.ts';
import type { SplitPlan } from '../contract/plan.ts';
import type { TaskKindId } from '../vocabulary/taskKinds.ts';
import { splitOfWord } from '../formats/splitNames.ts';
import { allocateGroups, allocateStratified, takeStratified } from './allocate.ts';
import type { Parts } from './allocate.ts';
import { columnOf, presentRows } from './columns.ts';
import { rowListsDigest } from './digest.ts';
import { classColumn } from './prepare.ts';
import type { Roles } from './roles.ts';
import type { DataColumn, PreparedDataset, Split } from './dataset.ts';

export type SeededSplitPlan = SplitPlan & { readonly seed: number };

/** The split plan with its column filled in from the roles, and the kind 'column' when the data bring their own split and no kind was asked for. */
export function settleSplit(plan: SplitPlan, kindWasGiven: boolean, roles: Roles, seed: number): SeededSplitPlan {
  const columnWith = (role: 'split' | 'group'): string | undefined => Object.keys(roles).find((name) => roles[name] === role);
  const kind = kindWasGiven || columnWith('split') === undefined ? plan.kind : 'column';
  const column = plan.column ?? (kind === 'column' ? columnWith('split') : kind === 'grouped' ? columnWith('group') : undefined);
  return { ...plan, kind, seed: plan.seed ?? seed, ...(column === undefined ? {} : { column }) };
}

/** A task's label column as the split and the encoder see it: as classes for classification. @throws LabError bad-input for an unknown name */
export function taskColumn(dataset: PreparedDataset, name: string, kind: TaskKindId): DataColumn {
  const column = columnOf(dataset, name);
  return kind === 'classification' ? classColumn(column) : column;
}

/** Splits the rows that have a label of the main task; the others belong to no part.
 *  @param mainTarget from taskColumn: classes are spread over the parts, numbers by their quantiles
 *  @param trainFraction share of the training rows that is kept, in (0, 1]; a smaller share lies inside a larger one
 *  @throws LabError bad-input for shares that do not sum to 1, a missing or unusable column, or a part without rows */
export function splitRows(dataset: PreparedDataset, plan: SeededSplitPlan, mainTarget: DataColumn, trainFraction: number): Split {
  checkShares(plan);
  const rows = presentRows(mainTarget);
  if (rows.length === 0) throw new LabError('bad-input', `Column "${mainTarget.name}" has no values, so there is nothing to split.`);
  const parts = divide(dataset, plan, mainTarget, rows);
  for (const [part, list] of Object.entries<ArrayLike<number>>({ ...parts })) {
    if (list.length === 0)
      throw new LabError(
        'bad-input',
        `The split leaves no rows for ${partName(part)}: ${rows.length} rows with a label of "${mainTarget.name}". Use more data or a larger share.`,
      );
  }
  if (!(trainFraction > 0 && trainFraction <= 1))
    throw new LabError('bad-input', `The train fraction must be above 0 and at most 1. Received: ${trainFraction}.`);
  const train = trainFraction === 1 ? parts.train : takeStratified(parts.train, mainTarget, trainFraction, plan.seed);
  const lists = { train: ascending(train), validation: ascending(parts.validation), test: ascending(parts.test) };
  return { ...lists, digest: rowListsDigest([lists.train, lists.validation, lists.test]) };
}

/** Fewest validation rows that can be divided: 20 for the method, 20 to select the epoch by. */
export const fewestDividedRows = 40;

/** Divides the validation rows into those by which epochs are selected and those that a method keeps for itself, half and half. */
export function divideValidation(validation: Int32Array, seed: number): { readonly selection: Int32Array; readonly heldOut: Int32Array } {
  const chosen = new Stream(seed, 'held-out').permutation(validation.length);
  const half = validation.length >> 1;
  const pick = (positions: Int32Array): Int32Array => ascending(positions.map((position) => validation[position] ?? 0));
  return { selection: pick(chosen.slice(half)), heldOut: pick(chosen.slice(0, half)) };
}

/** What a reader of the result should know about a split, a sentence each. */
export function splitNotes(dataset: PreparedDataset, mainTarget: DataColumn, split: Split): readonly string[] {
  const notes: string[] = [];
  const missing = dataset.rows - presentRows(mainTarget).length;
  if (missing > 0) notes.push(`${missing} of ${dataset.rows} rows have no label of the main task "${mainTarget.name}" and belong to no part of the split.`);
  if (mainTarget.kind === 'number') return notes;
  for (const part of ['train', 'validation', 'test'] as const) {
    const present = new Set(Array.from(split[part], (row) => mainTarget.codes[row]));
    const absent = mainTarget.classes.filter((_, code) => !present.has(code));
    if (absent.length > 0)
      notes.push(`No ${partName(part)} row has ${absent.length === 1 ? 'the class' : 'the classes'} ${listed(absent)} of "${mainTarget.name}".`);
  }
  return notes;
}

function divide(dataset: PreparedDataset, plan: SeededSplitPlan, mainTarget: DataColumn, rows: Int32Array): Parts {
  const shares = [plan.train, plan.validation, plan.test] as const;
  switch (plan.kind) {
    case 'random':
      return allocateStratified(rows, null, shares, plan.seed);
    case 'stratified':
      return allocateStratified(rows, mainTarget, shares, plan.seed);
    case 'grouped':
      return allocateGroups(rows, splitColumn(dataset, plan, 'grouped', '"group_id"'), shares, plan.seed);
    case 'column':
      return divideByColumn(splitColumn(dataset, plan, 'column', '"split"'), rows, mainTarget, plan);
    default:
      return plan.kind satisfies never;
  }
}

function splitColumn(dataset: PreparedDataset, plan: SeededSplitPlan, kind: string, example: string): DataColumn {
  if (plan.column !== undefined) return columnOf(dataset, plan.column);
  throw new LabError(
    'bad-input',
    `A split of kind "${kind}" needs a column. Name it in the split (column: ${example}) or give a column the role ${kind === 'grouped' ? 'group' : 'split'}.`,
  );
}

function divideByColumn(column: DataColumn, rows: Int32Array, mainTarget: DataColumn, plan: SeededSplitPlan): Parts {
  if (column.kind === 'number')
    throw new LabError('bad-input', `Column "${column.name}" cannot split the rows: it holds numbers. Its values must be train, validation and test.`);
  const lists: Record<'train' | 'validation' | 'test', number[]> = { train: [], validation: [], test: [] };
  for (const row of rows) {
    const value = column.classes[column.codes[row] ?? -1];
    const part = value === undefined ? null : splitOfWord(value.trim());
    if (part === null) {
      throw new LabError(
        'bad-input',
        `Column "${column.name}", row ${row + 1}: ${value === undefined ? 'no value' : `"${value}"`} names no part of the split. ` +
          'Its values must be train, validation and test.',
      );
    }
    lists[part].push(row);
  }
  if (lists.validation.length > 0) return lists;
  const known = plan.train + plan.validation;
  const carved = allocateStratified(Int32Array.from(lists.train), mainTarget, [plan.train / known, plan.validation / known, 0], plan.seed);
  return { ...carved, test: lists.test };
}

function checkShares(plan: SeededSplitPlan): void {
  const shares = `train ${plan.train}, validation ${plan.validation}, test ${plan.test}`;
  const used = plan.kind === 'column' ? [plan.train, plan.validation] : [plan.train, plan.validation, plan.test];
  if (!used.every((share) => share > 0)) throw new LabError('bad-input', `Every part of the split needs a share above 0. Received: ${shares}.`);
  const sum = plan.train + plan.validation + plan.test;
  if (plan.kind !== 'column' && !(Math.abs(sum - 1) <= 1e-9))
    throw new LabError('bad-input', `The shares of the split must sum to 1. Received: ${shares}, which sum to ${Number(sum.toPrecision(6))}.`);
}

function ascending(rows: ArrayLike<number>): Int32Array {
  return Int32Array.from(rows).sort();
}

function partName(part: string): string {
  return part === 'train' ? 'training' : part;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `"${name}"`);
  return names.length > 5 ? `${shown.join(', ')} and ${names.length - 5} more` : shown.join(', ');
}
