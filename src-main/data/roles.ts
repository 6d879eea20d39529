/** Guesses what each column is for, from names and values, with the reason in words. Every guess can be overridden by the plan. */
import { entryOf } from '../contract/bounded.ts';
import { LabError, unknownName } from '../contract/errors.ts';
import type { ColumnRole } from '../contract/plan.ts';
import type { TaskKindId } from '../vocabulary/taskKinds.ts';
import { splitOfWord } from '../formats/splitNames.ts';
import { columnOf } from './columns.ts';
import { factsOf } from './facts.ts';
import { guessKind, toldType } from './classEvidence.ts';
import type { Surroundings } from './classEvidence.ts';
import { isQuietLabel, isUnnamed, labelRank, looksLikeId, looksLikeUnit, numberedStem } from './columnNames.ts';
import type { DataColumn, PreparedDataset } from './dataset.ts';

export interface RoleGuess {
  readonly column: string;
  readonly role: ColumnRole;
  readonly reason: string;
}

export type Roles = Readonly<Record<string, ColumnRole>>;

/** The role of every column, in column order. Data with images, sequences or vectors take those as input and every label column as a target. */
export function guessRoles(dataset: PreparedDataset): readonly RoleGuess[] {
  const guesses = dataset.columns.map((column, at) => guessRole(column, at, dataset));
  const firstSplit = guesses.find((guess) => guess.role === 'split');
  const settled = guesses.map((guess): RoleGuess =>
    guess.role === 'split' && guess !== firstSplit
      ? { ...guess, role: 'ignore', reason: `A second split column beside "${firstSplit?.column ?? ''}".` }
      : guess,
  );
  if (dataset.array !== null || settled.some((guess) => guess.role === 'target')) return settled;
  const target = targetByPlace(settled, dataset);
  return settled.map((guess) => (guess.column === target?.column ? target : guess));
}

/** The target of a table in which no name is a usual one for labels. */
function targetByPlace(guesses: readonly RoleGuess[], dataset: PreparedDataset): RoleGuess | null {
  const inputs = guesses.filter((guess) => guess.role === 'input' && columnOf(dataset, guess.column).kind !== 'date');
  const [first] = inputs;
  const last = inputs.at(-1);
  if (first === undefined || last === undefined || first === last) return null;
  const say = (guess: RoleGuess, reason: string): RoleGuess => ({ ...guess, role: 'target', reason });
  const quiet = inputs.filter(({ column }) => isQuietLabel(column));
  const [named] = quiet;
  if (named !== undefined) return say(named, 'Its name is a usual one for what is to be predicted.');
  const stems = inputs.map(({ column }) => numberedStem(column));
  const isFirstColumn = first.column === dataset.columns[0]?.name;
  if (isFirstColumn && inputs.length > 2 && stems[0] !== stems[1] && stems[1] !== null && stems.slice(1).every((stem) => stem === stems[1]))
    return say(first, 'Its name stands apart from those of the other columns, which are numbered.');
  const areNumbered = stems.every((stem) => stem !== null);
  const hasClasses = (guess: RoleGuess): boolean => guessTaskKind(columnOf(dataset, guess.column), dataset) === 'classification';
  if (isFirstColumn && areNumbered && columnOf(dataset, first.column).kind === 'number' && hasClasses(first) && !hasClasses(last))
    return say(first, 'The first column holds classes and the last one does not, so it is probably what is to be predicted.');
  return say(last, 'The last column of a table is usually what is to be predicted.');
}

/** The guessed roles with the plan's own on top.  @throws LabError bad-input for a name that is no column, or a role that the data cannot give */
export function resolveRoles(dataset: PreparedDataset, overrides: Roles): Roles {
  const names = dataset.columns.map((column) => column.name);
  for (const [name, role] of Object.entries(overrides)) {
    if (!names.includes(name)) throw unknownName('column', name, names);
    if ((role === 'input' || role === 'target') && toldType(dataset, name) === 'text') {
      throw new LabError(
        'bad-input',
        `Column "${name}" cannot be ${role === 'input' ? 'an input' : 'a target'}: you said that it is text, which is not learned from. Give ` +
          'it the type class.',
      );
    }
    if (role === 'target' && dataset.columns.some((column) => column.name === name && column.kind === 'date'))
      throw new LabError('bad-input', `Column "${name}" cannot be a target: it holds dates. Give it the type class to learn them as names.`);
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
  const usable = dataset.columns.filter(
    (column) => (roles[column.name] === 'target' || roles[column.name] === 'input') && column.kind !== 'date' && factsOf(column).distinct > 1,
  );
  const rank = (column: DataColumn): number => (roles[column.name] === 'target' ? 0 : 1000) + labelRank(column.name);
  return usable.toSorted((a, b) => rank(a) - rank(b)).map((column) => column.name);
}

/** Whether a column asks for classification or regression: classes classify, and so do whole numbers that stand for classes. */
export function guessTaskKind(column: DataColumn, dataset: Surroundings): TaskKindId {
  return guessKind(column, dataset).kind;
}

function guessRole(column: DataColumn, at: number, dataset: PreparedDataset): RoleGuess {
  const { rows } = dataset;
  const say = (role: ColumnRole, reason: string): RoleGuess => ({ column: column.name, role, reason });
  const { distinct, present, isWhole, isCounter, counts } = factsOf(column);
  if (toldType(dataset, column.name) === 'text') return say('ignore', 'You said that it is text, which is not learned from.');
  if (distinct === 0) return say('ignore', 'It has no values.');
  if (distinct === 1) return say('ignore', present === rows ? 'Every row holds the same value.' : 'Every value is the same.');
  if (column.kind === 'date') {
    if (dataset.array !== null) return say('ignore', 'A date beside the input; a column beside it can be learned, and a date cannot.');
    return say('input', 'A date: its time and its place in the year, the week and the day are inputs.');
  }
  if (column.kind === 'class') {
    const values = column.classes.filter((_, code) => (counts?.[code] ?? 0) > 0);
    const parts = new Set(values.map((value) => splitOfWord(value.trim())));
    if (!parts.has(null) && parts.has('train') && parts.size > 1) return say('split', `Its values name the parts of a split: ${values.join(', ')}.`);
  }
  const wholeNumbers = column.kind === 'number' && isWhole;
  const unique = distinct >= present && present > 2;
  if (looksLikeId(column.name) && unique && (column.kind === 'class' || wholeNumbers))
    return say('id', 'Its name and its values, one of a kind in every row, are those of an identifier.');
  if (column.kind === 'number' && wholeNumbers && present > 10 && isCounter) return say('id', 'It counts the rows.');
  if (wholeNumbers && isUnnamed(column.name)) return say('id', 'It has the name of a row number that was written with the table.');
  if (at === 0 && unique && wholeNumbers && numbersRows(column, dataset))
    return say('id', 'It is the first column, has no name of its own, and its whole numbers are one of a kind in every row: a row number.');
  const repeats = distinct > 2 && present >= 1.5 * distinct;
  if (looksLikeUnit(column.name) && repeats && (column.kind === 'class' || wholeNumbers))
    return say('group', 'It names whom or what several rows belong to; such rows should stay together in a split.');
  const label = labelRank(column.name) < labelRank('');
  const isTold = toldType(dataset, column.name) === 'class';
  if (column.kind === 'class' && !label && !isTold && isFreeText(distinct, present))
    return say('ignore', `It has ${distinct} different texts in ${present} rows: free text or names.`);
  if (column.kind === 'class' && isFreeText(distinct, present) && unique) return say('ignore', 'Every row has its own text.');
  if (dataset.array !== null)
    return say(
      'target',
      dataset.array.kind === 'vector'
        ? 'The vector is the input, so a column beside it is a label.'
        : `The ${dataset.array.kind} is the input, so a column beside it is a label.`,
    );
  if (label) return say('target', 'Its name is a usual one for what is to be predicted.');
  return say('input', column.kind === 'class' ? `A category with ${distinct} values.` : 'A number.');
}

/** Whether unique whole numbers under a name that was made up number the rows: every number from 0 or 1 in any order, or any beside columns with names. */
function numbersRows(column: DataColumn, dataset: PreparedDataset): boolean {
  const { name } = column;
  const { distinct, range } = factsOf(column);
  const isMadeUp = (each: string, at: number): boolean => each === `column${at + 1}`;
  if (!isMadeUp(name, 0) && name !== 'X') return false; // R calls a column without a name X
  const first = range?.min ?? -1;
  const isPermutation = (first === 0 || first === 1) && range?.max === first + distinct - 1;
  const isOnlyOne =
    isMadeUp(name, 0) && first >= 0 && dataset.columns.length > 1 && !dataset.columns.slice(1).some((other, at) => isMadeUp(other.name, at + 1));
  return isPermutation || isOnlyOne;
}

function isFreeText(distinct: number, present: number): boolean {
  return distinct > 10 && (distinct > 0.5 * present || (distinct > 50 && distinct > 0.2 * present));
}
