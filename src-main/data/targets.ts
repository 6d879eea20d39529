/** Labels as a task sees them, and the checks that a column can be a task at all. */
import { LabError } from '../contract/errors.ts';
import type { LabelColumn } from './columns.ts';
import { classCounts, codesOf, columnOf, distinctValues, presentCount, presentRows, valuesOf } from './columns.ts';
import { spreadOf } from './features.ts';
import { taskColumn } from './splits.ts';
import type { DataColumn, PreparedDataset, Split } from './dataset.ts';
import type { EncodedTarget } from '../vocabulary/labels.ts';

type TaskKind = EncodedTarget['kind'];

/** The labels of a task over all rows; a regression target brings its mean and standard deviation over the training rows.
 *  @throws LabError bad-input for an unknown column or a regression on text */
export function encodeTarget(dataset: PreparedDataset, name: string, kind: TaskKind, trainRows: Int32Array): EncodedTarget {
  const column = usableColumn(dataset, name, kind);
  if (column.kind === 'class') return { kind: 'classification', classes: column.classes, codes: codesOf(column) };
  const values = valuesOf(column);
  const { mean, standardDeviation } = spreadOf({ values, stride: 1, offset: 0 }, trainRows);
  return { kind: 'regression', values, mean, standardDeviation };
}

/** What can be said of a target before the rows are split.  @throws LabError bad-input: unknown, all missing, constant, one class, text for regression */
export function checkTargetColumn(dataset: PreparedDataset, name: string, kind: TaskKind): void {
  const column = usableColumn(dataset, name, kind);
  const values = distinctValues(column);
  if (values.length === 0) throw new LabError('bad-input', `Column "${name}" cannot be a task: all of its values are missing.`);
  const labelled = presentCount(column);
  if (column.kind === 'class' && values.length > 2 && values.length >= labelled) {
    const remedy = isNumeric(dataset, name) ? 'Use regression for it' : 'Use a column with fewer classes';
    throw new LabError(
      'bad-input',
      `Column "${name}" has ${values.length} classes for ${labelled} labelled rows: each row is a class of its own. ${remedy} or more data.`,
    );
  }
  if (values.length > 1) return;
  if (column.kind === 'class')
    throw new LabError('bad-input', `Column "${name}" cannot be a task: it has only one class, "${values[0] ?? ''}". Classification needs at least two.`);
  throw new LabError('bad-input', `Column "${name}" cannot be a task: it is constant, every value is ${values[0] ?? ''}.`);
}

/** Checks that a column can be a task on this split.
 *  @param part an auxiliary task may have classes that no training row shows; the main task may not
 *  @throws LabError bad-input with what is wrong and what to do */
export function checkTarget(dataset: PreparedDataset, name: string, kind: TaskKind, split: Split, part: 'main' | 'auxiliary' = 'main'): void {
  checkTargetColumn(dataset, name, kind);
  const column = taskColumn(dataset, name, kind);
  if (column.kind === 'number') return checkNumbers(column, split.train);
  const counts = classCounts(column, split.train);
  const labelled = counts.reduce((sum, count) => sum + count, 0);
  if (labelled === 0) throw new LabError('bad-input', `Column "${name}" cannot be a task: no training row has a value.`);
  if (column.classes.length > labelled) {
    throw new LabError(
      'bad-input',
      `Column "${name}" has ${column.classes.length} classes, more than the ${labelled} training rows with a label. ` +
        `${isNumeric(dataset, name) ? 'Use regression for it' : 'Use a column with fewer classes'} or more data.`,
    );
  }
  const seen = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  if (seen < 2)
    throw new LabError(
      'bad-input',
      `Column "${name}" cannot be a task: the training rows have only one class, "${column.classes[counts.findIndex((count) => count > 0)] ?? ''}".`,
    );
  const all = classCounts(column);
  const missing = column.classes.find((_, code) => counts[code] === 0 && (all[code] ?? 0) > 0);
  if (part === 'main' && missing !== undefined)
    throw new LabError(
      'bad-input',
      `Class "${missing}" of column "${name}" has no training row. Use a stratified split, a larger training share, or remove its rows.`,
    );
}

function checkNumbers(column: Extract<DataColumn, { kind: 'number' }>, train: Int32Array): void {
  const { count, mean, standardDeviation } = spreadOf({ values: valuesOf(column), stride: 1, offset: 0 }, train);
  if (count === 0) throw new LabError('bad-input', `Column "${column.name}" cannot be a task: no training row has a value.`);
  if (standardDeviation === 0)
    throw new LabError('bad-input', `Column "${column.name}" cannot be a task: it is constant in the training rows, every value is ${mean}.`);
}

function usableColumn(dataset: PreparedDataset, name: string, kind: TaskKind): LabelColumn {
  const column = taskColumn(dataset, name, kind);
  if (kind === 'classification' || column.kind === 'number') return column;
  const codes = codesOf(column);
  const textOf = (row: number): string => column.classes[codes[row] ?? 0] ?? '';
  const present = presentRows(column);
  const spoilers = present.filter((row) => Number.isNaN(Number(textOf(row))));
  const row = spoilers[0] ?? present[0] ?? 0;
  // a word or two among numbers is an error of the data; words throughout are classes
  const remedy = spoilers.length * 10 < present.length ? `Correct it, or name "${textOf(row)}" in the option missing.` : 'Use classification.';
  throw new LabError('bad-input', `Column "${name}" holds text, such as "${textOf(row)}" in row ${row + 1}, so it cannot be a regression task. ${remedy}`);
}

function isNumeric(dataset: PreparedDataset, name: string): boolean {
  return columnOf(dataset, name).kind === 'number';
}
