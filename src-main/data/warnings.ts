/** Traps in the data that would make a comparison say less than it seems to: near-copies of a label and what gives it away, values far from all others,
 *  constant columns, repeated rows, tiny classes. */
import type { ColumnRole, SplitPlan } from '../contract/plan.ts';
import { numberName } from './columns.ts';
import { repeatedRows } from './duplicates.ts';
import { factsOf } from './facts.ts';
import { leakOf } from './leaks.ts';
import { nearCopy } from './nearCopy.ts';
import { outliersOf } from './outliers.ts';
import { numberNames } from './prepare.ts';
import { guessTaskKind } from './roles.ts';
import type { Roles } from './roles.ts';
import type { DataColumn, PreparedDataset } from './dataset.ts';

const fewestRows = 3;

/** What a person can do about a warning with one click. */
// The split keeps equal rows in one part
export type Remedy = { readonly kind: 'role'; readonly column: string; readonly role: ColumnRole } | { readonly kind: 'duplicates' };

export interface DataWarning {
  readonly text: string;
  readonly remedy: Remedy | null;
}

/** The warnings of a data set, a sentence each, as dataAdvice. */
export function dataWarnings(dataset: PreparedDataset, roles: Roles, targets?: readonly string[], split?: SplitPlan): readonly string[] {
  return dataAdvice(dataset, roles, targets, split).map(({ text }) => text);
}

/** The warnings of a data set with what can be done.
 *  @param targets the columns that are or may become tasks; by default those with the role target
 *  @param split how the rows will be divided, where that is known */
export function dataAdvice(
  dataset: PreparedDataset,
  roles: Roles,
  targets: readonly string[] = Object.keys(roles).filter((name) => roles[name] === 'target'),
  split?: SplitPlan,
): readonly DataWarning[] {
  const labels = dataset.columns.filter((column) => targets.includes(column.name));
  return [
    ...copies(dataset, roles, labels),
    ...leaks(dataset, roles, labels),
    ...farValues(dataset, roles, labels),
    ...constants(dataset),
    ...tinyClasses(dataset, labels),
    ...duplicates(dataset, roles, split),
  ];
}

const unlessKnown = 'Unless it is known before the label, it should not be an input.';

function copies(dataset: PreparedDataset, roles: Roles, labels: readonly DataColumn[]): DataWarning[] {
  return labels.flatMap((label, at) =>
    dataset.columns.flatMap((other): DataWarning[] => {
      const role = roles[other.name];
      const isLabel = labels.includes(other);
      if (other === label || (role !== 'input' && !isLabel) || (isLabel && labels.indexOf(other) < at)) return [];
      const how = nearCopy(label, other);
      if (how === null) return [];
      const text = `Column "${other.name}" is nearly a copy of "${label.name}": ${how}. `;
      return isLabel ? [warning(`${text}As auxiliary task of the other it teaches nothing new.`)] : [warning(text + unlessKnown, leaveOut(other))];
    }),
  );
}

/** Numbers among the inputs that tell a label's class. */
function leaks(dataset: PreparedDataset, roles: Roles, labels: readonly DataColumn[]): DataWarning[] {
  if (dataset.array !== null && dataset.array.kind !== 'vector') return []; // columns beside images and sequences are no inputs
  const inputs = dataset.columns.filter((column) => roles[column.name] === 'input' && !labels.includes(column));
  return labels
    .filter((label) => guessTaskKind(label, dataset) === 'classification')
    .flatMap((label) =>
      inputs.flatMap((other): DataWarning[] => {
        const how = other.kind === 'number' ? leakOf(label, other) : null;
        if (how === null || nearCopy(label, other) !== null) return []; // a copy is told of already
        return [warning(`Column "${other.name}" gives "${label.name}" away: ${how}. ${unlessKnown}`, leaveOut(other))];
      }),
    );
}

function farValues(dataset: PreparedDataset, roles: Roles, labels: readonly DataColumn[]): DataWarning[] {
  return dataset.columns.flatMap((column): DataWarning[] => {
    if (column.kind !== 'number' || (roles[column.name] !== 'input' && !labels.includes(column))) return [];
    const found = outliersOf(column);
    if (found === null) return [];
    const { count, row, value, middle } = found;
    const what = count === 1 ? 'a value that is far from all others' : `${count} values that are far from all others`;
    const where = `${count === 1 ? '' : 'the farthest is '}${numberName(value)} in row ${row + 1}`;
    return [
      warning(
        `Column "${column.name}" has ${what}: ${where}, and half of all values lie between ${shortNumber(middle[0])} and ${shortNumber(middle[1])}. ` +
          'Beside it the others hardly differ. Correct it, leave the cell empty, or give the column the role ignore.',
        leaveOut(column),
      ),
    ];
  });
}

function constants(dataset: PreparedDataset): DataWarning[] {
  const names = dataset.columns.filter((column) => factsOf(column).distinct < 2).map((column) => `"${column.name}"`);
  if (names.length === 0) return [];
  return [
    warning(
      `${names.length === 1 ? `Column ${names[0] ?? ''} has` : `Columns ${names.join(', ')} have`} ` +
        `fewer than two values and ${names.length === 1 ? 'teaches' : 'teach'} nothing.`,
    ),
  ];
}

function tinyClasses(dataset: PreparedDataset, labels: readonly DataColumn[]): DataWarning[] {
  return labels
    .filter((label) => guessTaskKind(label, dataset) === 'classification')
    .flatMap((label) => {
      const { counts, levels } = factsOf(label);
      const names = label.kind === 'class' ? label.classes : numberNames(levels ?? []);
      const tiny = names.map((name, at) => ({ name, count: counts?.[at] ?? 0 })).filter(({ count }) => count > 0 && count < fewestRows);
      if (tiny.length === 0) return [];
      const list = tiny.slice(0, 5).map(({ name, count }) => `"${name}" (${count})`);
      return [
        warning(
          `Column "${label.name}" has ${tiny.length === 1 ? 'a class' : `${tiny.length} classes`} with fewer than ` +
            `${fewestRows} rows, too few for all parts of a split: ${list.join(', ')}${tiny.length > 5 ? ', ...' : ''}.`,
        ),
      ];
    });
}

function duplicates(dataset: PreparedDataset, roles: Roles, split: SplitPlan | undefined): DataWarning[] {
  if (split?.duplicates === 'together') return [];
  const { rows: count } = repeatedRows(dataset, roles);
  if (count === 0) return [];
  const what =
    dataset.array === null
      ? 'rows repeat an earlier row'
      : dataset.array.kind === 'image'
        ? 'images repeat an earlier image'
        : 'rows repeat the input of an earlier row';
  const text = `${count} of ${dataset.rows} ${what}; a repeated one may stand in training and in test.`;
  const isGiven = split?.kind === 'column' || split?.kind === 'time'; // it says where every row stands
  return [isGiven ? warning(text) : warning(`${text} Split with duplicates=together to keep them in one part.`, { kind: 'duplicates' })];
}

function warning(text: string, remedy: Remedy | null = null): DataWarning {
  return { text, remedy };
}

function leaveOut({ name }: DataColumn): Remedy {
  return { kind: 'role', column: name, role: 'ignore' };
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(4)));
}
