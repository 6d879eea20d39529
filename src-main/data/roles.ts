/** Guesses what each column is for, from names and values, with the reason in words. Every guess can be overridden by the plan. */
import { entryOf } from '../contract/bounded.ts';
import { LabError, unknownName } from '../contract/errors.ts';
import type { ColumnRole } from '../contract/plan.ts';
import type { TaskKindId } from '../vocabulary/taskKinds.ts';
import { splitOfWord } from '../formats/splitNames.ts';
import { distinctValues, presentRows } from './columns.ts';
import { labelRank, looksLikeCounter, looksLikeId, looksLikeUnit, namesClasses } from './columnNames.ts';
import type { DataColumn, PreparedDataset } from './dataset.ts';

export interface RoleGuess {
  readonly column: string;
  readonly role: ColumnRole;
  readonly reason: string;
}

export type Roles = Readonly<Record<string, ColumnRole>>;

/** The role of every column, in column order. Data with images, sequences or vectors take those as input and every label column as a target. */
export function guessRoles(dataset: PreparedDataset): readonly RoleGuess[] {
  const guesses = dataset.columns.map((column) => guessRole(column, dataset));
  const firstSplit = guesses.find((guess) => guess.role === 'split');
  const settled = guesses.map((guess): RoleGuess =>
    guess.role === 'split' && guess !== firstSplit
      ? { ...guess, role: 'ignore', reason: `A second split column beside "${firstSplit?.column ?? ''}".` }
      : guess,
  );
  if (dataset.array !== null || settled.some((guess) => guess.role === 'target')) return settled;
  const last = settled.findLast((guess) => guess.role === 'input');
  if (last === undefined || settled.filter((guess) => guess.role === 'input').length < 2) return settled;
  return settled.map((guess) =>
    guess === last ? { ...guess, role: 'target', reason: 'The last column of a table is usually what is to be predicted.' } : guess,
  );
}

/** The guessed roles with the plan's own on top.  @throws LabError bad-input for a name that is no column, or a role that the data cannot give */
export function resolveRoles(dataset: PreparedDataset, overrides: Roles): Roles {
  const names = dataset.columns.map((column) => column.name);
  for (const [name, role] of Object.entries(overrides)) {
    if (!names.includes(name)) throw unknownName('column', name, names);
    if (role === 'input' && dataset.array !== null && dataset.array.kind !== 'vector') {
      throw new LabError(
        'bad-input',
        `Column "${name}" cannot be an input: a network takes the ${dataset.array.kind} alone. Give it the role target or ignore.`,
      );
    }
  }
  const guesses = guessRoles(dataset);
  const roles = Object.fromEntries(guesses.map((guess) => [guess.column, entryOf(overrides, guess.column) ?? guess.role]));
  for (const role of ['split', 'group'] as const) {
    const chosen = Object.keys(overrides).filter((name) => overrides[name] === role);
    if (chosen.length > 1) throw new LabError('bad-input', `Only one column can have the role ${role}. Received: ${chosen.join(', ')}.`);
    if (chosen.length === 1) for (const name of names) if (roles[name] === role && name !== chosen[0]) roles[name] = 'ignore';
  }
  return roles;
}

/** Columns that can be a task, the best guess for the main one first: columns with the role target, then inputs that hold more than one value. */
export function possibleTargets(dataset: PreparedDataset, roles: Roles): readonly string[] {
  const usable = dataset.columns.filter((column) => (roles[column.name] === 'target' || roles[column.name] === 'input') && distinctValues(column).length > 1);
  const rank = (column: DataColumn): number => (roles[column.name] === 'target' ? 0 : 1000) + labelRank(column.name);
  return usable.toSorted((a, b) => rank(a) - rank(b)).map((column) => column.name);
}

/** Whether a column asks for classification or regression: classes classify; numbers do when they are few whole numbers that look like labels.
 *  Numbers counted from 0 or 1 under a name that means classes may be more, as in image sets with their labels in numbers. */
export function guessTaskKind(column: DataColumn): TaskKindId {
  if (column.kind === 'class') return 'classification';
  const values = distinctValues(column).map(Number);
  const first = values[0];
  if (first === undefined || !values.every(Number.isInteger)) return 'regression';
  const rows = presentRows(column).length;
  const few = values.length <= Math.min(20, Math.max(3, 0.05 * rows)); // three classes are few however short the file
  const consecutive = (first === 0 || first === 1) && values.length >= 2 && values.at(-1) === first + values.length - 1;
  if (consecutive && namesClasses(column.name)) return values.length <= Math.max(0.05 * rows, Math.min(20, 0.5 * rows)) ? 'classification' : 'regression';
  return few && (consecutive || labelRank(column.name) < labelRank('')) ? 'classification' : 'regression';
}

function guessRole(column: DataColumn, dataset: PreparedDataset): RoleGuess {
  const { rows } = dataset;
  const say = (role: ColumnRole, reason: string): RoleGuess => ({ column: column.name, role, reason });
  const values = distinctValues(column);
  const present = presentRows(column).length;
  if (values.length === 0) return say('ignore', 'It has no values.');
  if (values.length === 1) return say('ignore', present === rows ? 'Every row holds the same value.' : 'Every value is the same.');
  if (column.kind === 'class') {
    const parts = new Set(values.map((value) => splitOfWord(String(value).trim())));
    if (!parts.has(null) && parts.has('train') && parts.size > 1) return say('split', `Its values name the parts of a split: ${values.join(', ')}.`);
  }
  const wholeNumbers = column.kind === 'number' && values.every((value) => Number.isInteger(value));
  const unique = values.length === present && present > 2;
  if (looksLikeId(column.name) && unique && (column.kind === 'class' || wholeNumbers))
    return say('id', 'Its name and its values, one of a kind in every row, are those of an identifier.');
  if (column.kind === 'number' && wholeNumbers && present > 10 && isCounter(column.values)) return say('id', 'It counts the rows.');
  const repeats = values.length > 2 && present >= 1.5 * values.length;
  if (looksLikeUnit(column.name) && repeats && (column.kind === 'class' || wholeNumbers))
    return say('group', 'It names whom or what several rows belong to; such rows should stay together in a split.');
  const label = labelRank(column.name) < labelRank('');
  if (column.kind === 'class' && !label && isFreeText(values.length, present))
    return say('ignore', `It has ${values.length} different texts in ${present} rows: free text or names.`);
  if (column.kind === 'class' && isFreeText(values.length, present) && unique) return say('ignore', 'Every row has its own text.');
  if (dataset.array !== null)
    return say(
      'target',
      dataset.array.kind === 'vector'
        ? 'The vector is the input, so a column beside it is a label.'
        : `The ${dataset.array.kind} is the input, so a column beside it is a label.`,
    );
  if (label) return say('target', 'Its name is a usual one for what is to be predicted.');
  if (looksLikeCounter(column.name) && unique && wholeNumbers) return say('id', 'Its name and values are those of a row number.');
  return say('input', column.kind === 'class' ? `A category with ${values.length} values.` : 'A number.');
}

function isCounter(values: Float64Array): boolean {
  const first = values[0];
  return (first === 0 || first === 1) && values.every((value, row) => value === first + row);
}

function isFreeText(distinct: number, present: number): boolean {
  return distinct > 10 && (distinct > 0.5 * present || (distinct > 50 && distinct > 0.2 * present));
}
