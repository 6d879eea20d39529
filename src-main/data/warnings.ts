/** Traps in the data that would make a comparison say less than it seems to: near-copies of a label, constant columns, repeated rows, tiny classes. */
import { classCounts, distinctValues, presentRows } from './columns.ts';
import { duplicateRowCount } from './duplicates.ts';
import { classColumn } from './prepare.ts';
import { guessTaskKind } from './roles.ts';
import type { Roles } from './roles.ts';
import type { ClassColumn, NumberColumn } from './columns.ts';
import type { DataColumn, PreparedDataset } from './dataset.ts';

const copyCorrelation = 0.999;
const fewestRows = 3;
const mostLevels = 1000; // past it a bijection between two columns says little: nearly every row has its own value

/** The warnings of a data set, a sentence each. @param targets the columns that are or may become tasks; by default those with the role target */
export function dataWarnings(
  dataset: PreparedDataset,
  roles: Roles,
  targets: readonly string[] = Object.keys(roles).filter((name) => roles[name] === 'target'),
): readonly string[] {
  const labels = dataset.columns.filter((column) => targets.includes(column.name));
  return [...copies(dataset, roles, labels), ...constants(dataset), ...tinyClasses(labels), ...duplicates(dataset, roles)];
}

/** Whether the other column says the label outright, in words; null when it does not. Both must have a value in at least ten rows. */
export function nearCopy(label: DataColumn, other: DataColumn): string | null {
  const rows = presentRows(label).filter((row) => (other.kind === 'class' ? (other.codes[row] ?? -1) >= 0 : !Number.isNaN(other.values[row] ?? NaN)));
  if (rows.length < 10) return null;
  if (label.kind === 'number' && other.kind === 'number') {
    const r = correlation(label, other, rows);
    return Math.abs(r) > copyCorrelation ? `their correlation is ${r.toFixed(4)}` : null;
  }
  const a = classColumn(label);
  const b = classColumn(other);
  const most = Math.min(mostLevels, rows.length / 2);
  if (a.classes.length > most || b.classes.length > most) return null;
  return determines(b, a, rows) && determines(a, b, rows) ? 'each value of one goes with one value of the other' : null;
}

function copies(dataset: PreparedDataset, roles: Roles, labels: readonly DataColumn[]): string[] {
  return labels.flatMap((label, at) =>
    dataset.columns.flatMap((other) => {
      const role = roles[other.name];
      const isLabel = labels.includes(other);
      if (other === label || (role !== 'input' && !isLabel) || (isLabel && labels.indexOf(other) < at)) return [];
      const how = nearCopy(label, other);
      if (how === null) return [];
      const advice = isLabel ? 'As auxiliary task of the other it teaches nothing new.' : 'Unless it is known before the label, it should not be an input.';
      return [`Column "${other.name}" is nearly a copy of "${label.name}": ${how}. ${advice}`];
    }),
  );
}

function constants(dataset: PreparedDataset): string[] {
  const names = dataset.columns.filter((column) => distinctValues(column).length < 2).map((column) => `"${column.name}"`);
  if (names.length === 0) return [];
  return [
    `${names.length === 1 ? `Column ${names[0] ?? ''} has` : `Columns ${names.join(', ')} have`} ` +
      `fewer than two values and ${names.length === 1 ? 'teaches' : 'teach'} nothing.`,
  ];
}

function tinyClasses(labels: readonly DataColumn[]): string[] {
  return labels
    .filter((label) => guessTaskKind(label) === 'classification')
    .flatMap((label) => {
      const column = classColumn(label);
      const counts = classCounts(column);
      const tiny = column.classes.map((name, code) => ({ name, count: counts[code] ?? 0 })).filter(({ count }) => count > 0 && count < fewestRows);
      if (tiny.length === 0) return [];
      const list = tiny.slice(0, 5).map(({ name, count }) => `"${name}" (${count})`);
      return [
        `Column "${label.name}" has ${tiny.length === 1 ? 'a class' : `${tiny.length} classes`} with fewer than ` +
          `${fewestRows} rows, too few for all parts of a split: ${list.join(', ')}${tiny.length > 5 ? ', ...' : ''}.`,
      ];
    });
}

function duplicates(dataset: PreparedDataset, roles: Roles): string[] {
  const names = dataset.columns
    .filter((column) => roles[column.name] === 'input' || (dataset.array === null && roles[column.name] === 'target'))
    .map((column) => column.name);
  const count = duplicateRowCount(dataset, names);
  if (count === 0) return [];
  const what =
    dataset.array === null
      ? 'rows repeat an earlier row'
      : dataset.array.kind === 'image'
        ? 'images repeat an earlier image'
        : 'rows repeat the input of an earlier row';
  return [`${count} of ${dataset.rows} ${what}; a repeated one may stand in training and in test.`];
}

/** Whether every value of one column goes with a single value of the other. */
function determines(from: ClassColumn, to: ClassColumn, rows: Int32Array): boolean {
  const image = new Int32Array(from.classes.length).fill(-1);
  for (const row of rows) {
    const key = from.codes[row] ?? -1;
    const value = to.codes[row] ?? -1;
    if (image[key] === -1) image[key] = value;
    else if (image[key] !== value) return false;
  }
  return new Set(image.filter((value) => value >= 0)).size > 1;
}

/** Pearson's r; 0 when a column is constant. */
function correlation(a: NumberColumn, b: NumberColumn, rows: Int32Array): number {
  const mean = (column: NumberColumn): number => rows.reduce((sum, row) => sum + (column.values[row] ?? 0), 0) / rows.length;
  const meanA = mean(a);
  const meanB = mean(b);
  let products = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (const row of rows) {
    const fromA = (a.values[row] ?? 0) - meanA;
    const fromB = (b.values[row] ?? 0) - meanB;
    products += fromA * fromB;
    squaresA += fromA * fromA;
    squaresB += fromB * fromB;
  }
  return squaresA > 0 && squaresB > 0 ? products / Math.sqrt(squaresA * squaresB) : 0;
}
