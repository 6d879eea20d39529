/** What a person should see of a data set before planning with it: a profile of every column. */
import { entryOf } from '../contract/bounded.ts';
import type { ColumnProfile } from '../contract/calls.ts';
import type { ColumnRole } from '../contract/plan.ts';
import type { ColumnType } from '../contract/reading.ts';
import type { DeepReadonly } from '../contract/readonly.ts';
import { partOf } from '../formats/numbers/numbers.ts';
import { guessKind, toldType } from './classEvidence.ts';
import { isMissingCell, numbersOf } from './columns.ts';
import { dateText, dayMs } from './dateText.ts';
import { factsOf } from './facts.ts';
import { numberNames } from './prepare.ts';
import type { RoleGuess, Roles } from './roles.ts';
import type { DataColumn, PreparedDataset } from './dataset.ts';

const mostClasses = 50;
const mostExamples = 4;
const rowsForExamples = 1000;

/** Of a column what its values say; the role is the guess. */
export type ValueProfile = DeepReadonly<Omit<ColumnProfile, 'guessed' | 'task' | 'range'>> & {
  readonly range: { readonly [Figure in keyof NonNullable<ColumnProfile['range']>]: number } | null;
};

/** One profile a column, in column order. A target whose whole numbers stand for classes is shown as classes, whatever it is stored as.
 *  @param guesses from guessRoles, in the same order   @param roles what holds, where it differs from the guesses */
export function profileColumns(dataset: PreparedDataset, guesses: readonly RoleGuess[], roles: Roles = {}): readonly ValueProfile[] {
  return dataset.columns.map((column, at) => profileColumn(column, dataset, guesses[at], entryOf(roles, column.name) ?? guesses[at]?.role));
}

/** The shape of one row of the input: [columns], [height, width, channels] or [longest, features]. @param inputCount scalar columns with the role input */
export function inputShape(dataset: PreparedDataset, inputCount: number): { readonly kind: 'table' | 'image' | 'sequence'; readonly shape: readonly number[] } {
  const { array } = dataset;
  if (array === null) return { kind: 'table', shape: [inputCount] };
  switch (array.kind) {
    case 'image':
      return { kind: 'image', shape: [array.height, array.width, array.channels] };
    case 'sequence':
      return { kind: 'sequence', shape: [array.maxLength, array.features] };
    case 'vector':
      return { kind: 'table', shape: [array.features + inputCount] };
    default:
      return array satisfies never;
  }
}

function profileColumn(column: DataColumn, dataset: PreparedDataset, guess: RoleGuess | undefined, role: ColumnRole | undefined): ValueProfile {
  const { present, distinct, counts, levels, range, histogram, chance } = factsOf(column);
  const { kind, reason } = shownKind(column, dataset, role === 'target');
  const shared = {
    name: column.name,
    role: guess?.role ?? 'ignore',
    reason: guess?.reason ?? '',
    kind,
    kindReason: reason,
    told: toldType(dataset, column.name) ?? null,
    examples: examplesOf(column, isTimeOfDay(column)),
    dates: datesOf(column),
    missing: dataset.rows - present,
    distinct,
    chance,
    histogram,
    outputs: { classification: column.kind === 'class' ? column.classes.length : distinct, regression: 1 },
  };
  if (column.kind === 'date' || (column.kind === 'number' && (kind !== 'class' || levels === null))) return { ...shared, classes: null, range };
  const names = column.kind === 'class' ? column.classes : numberNames(levels ?? []);
  return { ...shared, classes: commonest(names.map((name, at) => ({ name, count: counts?.[at] ?? 0 }))), range: null };
}

type Classes = NonNullable<ValueProfile['classes']>;

function commonest(classes: Classes): Classes {
  return classes.length > mostClasses ? classes.toSorted((a, b) => b.count - a.count).slice(0, mostClasses) : classes;
}

/** What a column is shown as and why; a way out for a target that could be taken otherwise. */
function shownKind(column: DataColumn, dataset: PreparedDataset, isTarget: boolean): { readonly kind: ValueProfile['kind']; readonly reason: string } {
  const told = toldType(dataset, column.name);
  if (told !== undefined) return { kind: told === 'text' ? 'text' : column.kind, reason: `You said that it is ${toldInWords[told]}.` };
  if (column.kind === 'class') return { kind: 'class', reason: 'Its values are texts.' };
  if (column.kind === 'date') return { kind: 'date', reason: 'Its values are dates. Give it the type class to take them for names.' };
  if (!isTarget) return { kind: 'number', reason: 'Its values are numbers.' };
  const { kind, reason } = guessKind(column, dataset);
  if (kind === 'classification') return { kind: 'class', reason: `${reason} Give it the type number to learn it as a number.` };
  const { distinct, present, isWhole } = factsOf(column);
  const couldBe = distinct < present && isWhole;
  return { kind: 'number', reason: couldBe ? `${reason} Give it the type class to learn it as classes.` : reason };
}

const toldInWords: Readonly<Record<ColumnType, string>> = { class: 'one of classes', number: 'a number', date: 'a date', text: 'text' };

/** The first few values that differ, as people would see them; not looked for beyond the first rows. */
function examplesOf(column: DataColumn, isTime: boolean): (string | number)[] {
  const found = new Set<string | number>();
  const numbers = numbersOf(column);
  for (const cell of partOf<'int32' | 'float64'>(numbers, 0, Math.min(numbers.length, rowsForExamples))) {
    if (!isMissingCell(column.kind, cell))
      found.add(column.kind === 'class' ? (column.classes[cell] ?? '') : column.kind === 'date' ? dateText(cell, isTime) : cell);
    if (found.size >= mostExamples) break;
  }
  return [...found];
}

/** Whether the moments of a column are times without a date: those of 1 January 1970. */
export function isTimeOfDay(column: DataColumn): boolean {
  const { range } = factsOf(column);
  return column.kind === 'date' && range !== null && range.min >= 0 && range.max < dayMs && range.max > 0;
}

function datesOf(column: DataColumn): ValueProfile['dates'] {
  const { range } = factsOf(column);
  if (column.kind !== 'date' || range === null) return null;
  const isTime = isTimeOfDay(column);
  return { first: dateText(range.min, isTime), last: dateText(range.max, isTime) };
}
