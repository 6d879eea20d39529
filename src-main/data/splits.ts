/** Divides the rows into training, validation and test. The same data, plan and seed give the same lists on every machine. */
import { LabError } from '../contract/errors.ts';
import { Stream } from '../contract/random.ts';
import type { SplitPlan } from '../contract/plan.ts';
import type { TaskKindId } from '../vocabulary/taskKinds.ts';
import { splitOfWord } from '../formats/splitNames.ts';
import { allocateGroups, allocateStratified, takeStratified } from './allocate.ts';
import { allocateByTime } from './allocateByTime.ts';
import { allocateTogether, joinedGroups } from './allocateTogether.ts';
import type { Parts } from './allocate.ts';
import { codesOf, columnOf, isMissing, numberName, presentCount, presentRows, valuesOf } from './columns.ts';
import type { LabelColumn } from './columns.ts';
import { dateText } from './dateText.ts';
import { rowListsDigest } from './digest.ts';
import { rowMarks } from './duplicates.ts';
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

/** A task's label column as the split and the encoder see it: as classes for classification. @throws LabError bad-input for an unknown name, and for dates */
export function taskColumn(dataset: PreparedDataset, name: string, kind: TaskKindId): LabelColumn {
  const column = columnOf(dataset, name);
  if (column.kind === 'date')
    throw new LabError('bad-input', `Column "${name}" cannot be a task: it holds dates. Give it the type class to learn them as names.`);
  return kind === 'classification' ? classColumn(column) : column;
}

/** Splits the rows that have a label of the main task; the others belong to no part.
 *  @param mainTarget from taskColumn: classes are spread over the parts, numbers by their quantiles
 *  @param trainFraction share of the training rows that is kept, in (0, 1]; a smaller share lies inside a larger one
 *  @param inputs the columns that are inputs, by which rows are equal where duplicates stay together
 *  @throws LabError bad-input for shares that do not sum to 1, a missing or unusable column, or a part without rows */
export function splitRows(
  dataset: PreparedDataset,
  plan: SeededSplitPlan,
  mainTarget: DataColumn,
  trainFraction: number,
  inputs: readonly string[] = [],
): Split {
  checkShares(plan);
  const rows = presentRows(mainTarget);
  if (rows.length === 0) throw new LabError('bad-input', `Column "${mainTarget.name}" has no values, so there is nothing to split.`);
  const parts = divide(dataset, plan, mainTarget, rows, inputs);
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
export function splitNotes(dataset: PreparedDataset, mainTarget: DataColumn, split: Split, plan?: SplitPlan): readonly string[] {
  const notes: string[] = plan?.kind === 'time' ? timeNotes(dataset, mainTarget, split, plan.column ?? '') : [];
  const missing = dataset.rows - presentCount(mainTarget);
  if (missing > 0) notes.push(`${missing} of ${dataset.rows} rows have no label of the main task "${mainTarget.name}" and belong to no part of the split.`);
  if (mainTarget.kind !== 'class') return notes;
  for (const part of ['train', 'validation', 'test'] as const) {
    const codes = codesOf(mainTarget);
    const present = new Set<number | undefined>();
    for (const row of split[part]) present.add(codes[row]);
    const absent = mainTarget.classes.filter((_, code) => !present.has(code));
    if (absent.length > 0)
      notes.push(`No ${partName(part)} row has ${absent.length === 1 ? 'the class' : 'the classes'} ${listed(absent)} of "${mainTarget.name}".`);
  }
  return notes;
}

function timeNotes(dataset: PreparedDataset, mainTarget: DataColumn, split: Split, name: string): string[] {
  const column = columnOf(dataset, name);
  const without = presentRows(mainTarget).filter((row) => isMissing(column, row)).length;
  const first = (rows: Int32Array): string => {
    const times = timesOf(column);
    return timeName(
      column,
      rows.reduce((least, row) => Math.min(least, times[row] ?? Infinity), Infinity),
    );
  };
  return [
    `By "${name}", the validation rows begin at ${first(split.validation)} and the test rows at ${first(split.test)}.`,
    ...(without === 0
      ? []
      : [`${without === 1 ? '1 row has' : `${without} rows have`} no value of "${name}" and ${without === 1 ? 'belongs' : 'belong'} to no part of the split.`]),
  ];
}

/** A time as people write it. */
function timeName({ kind }: DataColumn, time: number): string {
  return kind === 'date' ? dateText(time) : numberName(time);
}

function divide(dataset: PreparedDataset, plan: SeededSplitPlan, mainTarget: DataColumn, rows: Int32Array, inputs: readonly string[]): Parts {
  const shares = [plan.train, plan.validation, plan.test] as const;
  const marks = equalRows(dataset, plan, inputs);
  switch (plan.kind) {
    case 'random':
      return marks === null ? allocateStratified(rows, null, shares, plan.seed) : allocateTogether(rows, marks, null, shares, plan.seed);
    case 'stratified':
      return marks === null ? allocateStratified(rows, mainTarget, shares, plan.seed) : allocateTogether(rows, marks, mainTarget, shares, plan.seed);
    case 'grouped':
      return allocateGroups(rows, splitColumn(dataset, plan, '"group_id"'), shares, plan.seed, (groups) =>
        marks === null ? groups : joinedGroups(groups, marks),
      );
    case 'column':
      return divideByColumn(splitColumn(dataset, plan, '"split"'), rows, mainTarget, plan);
    case 'time':
      return allocateByTime(rows, timesOf(splitColumn(dataset, plan, '"date"')), plan.column ?? '', shares);
    default:
      return plan.kind satisfies never;
  }
}

/** Marks that equal rows share where they are to stand in one part; null where they may stand anywhere. */
function equalRows(dataset: PreparedDataset, plan: SeededSplitPlan, inputs: readonly string[]): Float64Array | null {
  if (plan.duplicates !== 'together') return null;
  if (plan.kind !== 'column' && plan.kind !== 'time') return rowMarks(dataset, inputs);
  throw new LabError(
    'bad-input',
    `A split by ${plan.kind} says where every row stands, so it cannot keep duplicates together. Leave out split.duplicates, or use another kind of split.`,
  );
}

function timesOf(column: DataColumn): Float64Array {
  if (column.kind !== 'class') return valuesOf(column);
  throw new LabError('bad-input', `Column "${column.name}" cannot split the rows by time: it holds texts. Use a column of dates or numbers.`);
}

function splitColumn(dataset: PreparedDataset, plan: SeededSplitPlan, example: string): DataColumn {
  const { kind } = plan;

  if (plan.column !== undefined) return columnOf(dataset, plan.column);
  throw new LabError(
    'bad-input',
    `A split of kind "${kind}" needs a column. Name it in the split (column: ` +
      `${example})${kind === 'time' ? '' : ` or give a column the role ${kind === 'grouped' ? 'group' : 'split'}`}.`,
  );
}

function divideByColumn(column: DataColumn, rows: Int32Array, mainTarget: DataColumn, plan: SeededSplitPlan): Parts {
  if (column.kind !== 'class')
    throw new LabError('bad-input', `Column "${column.name}" cannot split the rows: it holds ${column.kind}s. Its values must be train, validation and test.`);
  const lists: Record<'train' | 'validation' | 'test', number[]> = { train: [], validation: [], test: [] };
  const codes = codesOf(column);
  for (const row of rows) {
    const value = column.classes[codes[row] ?? -1];
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

/** @param rows sorted in place where they can be: there may be millions */
function ascending(rows: ArrayLike<number>): Int32Array {
  return (rows instanceof Int32Array ? rows : Int32Array.from(rows)).sort();
}

function partName(part: string): string {
  return part === 'train' ? 'training' : part;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).map((name) => `"${name}"`);
  return names.length > 5 ? `${shown.join(', ')} and ${names.length - 5} more` : shown.join(', ');
}
