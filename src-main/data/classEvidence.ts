/** Whether a column of numbers is one of amounts or one of classes that are written as numbers, by its values and its name, with the reason in words.
 *  A guess: a person's own word for the type of a column stands above it. */
import { entryOf } from '../contract/bounded.ts';
import type { ColumnType } from '../contract/reading.ts';
import type { TaskKindId } from '../vocabulary/taskKinds.ts';
import { numberName } from './columns.ts';
import { factsOf } from './facts.ts';
import type { NumberColumn } from './columns.ts';
import { labelRank, meansAmounts, namesClasses, namesTargets, numberedStem } from './columnNames.ts';
import type { DataColumn, PreparedDataset } from './dataset.ts';

export interface KindGuess {
  readonly kind: TaskKindId;
  readonly reason: string; // why, in words
}

/** What is known of a column beside itself. */
export type Surroundings = Pick<PreparedDataset, 'array' | 'types' | 'columns'>;

/** What a person said that a column holds. */
export function toldType({ types = {} }: Pick<PreparedDataset, 'types'>, name: string): ColumnType | undefined {
  return entryOf(types, name);
}

const fewValues = 20;
const evenShare = 0.2; // of the mean number of rows a value: below it a value is rare
const evenValues = 0.9; // of the values that must not be rare

/** Whether learning this column asks for classification or for regression. */
export function guessKind(column: DataColumn, surroundings: Surroundings): KindGuess {
  if (column.kind === 'class') return { kind: 'classification', reason: 'Its values are names.' };
  if (column.kind === 'date') return { kind: 'regression', reason: 'Its values are dates.' };
  if (toldType(surroundings, column.name) === 'number') return { kind: 'regression', reason: 'You said that it is a number.' };
  const { distinct, isWhole } = factsOf(column);
  if (distinct === 0) return { kind: 'regression', reason: 'It has no values.' };
  if (!isWhole) return { kind: 'regression', reason: 'It has fractions.' };
  const seen = evidenceOf(column);
  const why = classReason(column.name, seen, placeInWords(column, surroundings));
  const text = valuesInWords(seen);
  if (why === null) return { kind: 'regression', reason: `${text} are taken for amounts${meansAmounts(column.name) ? ', as its name says' : ''}.` };
  return { kind: 'classification', reason: `${text} are taken for classes: ${why}.` };
}

interface Evidence {
  readonly count: number; // of distinct values
  readonly first: number;
  readonly last: number;
  readonly rowsEach: number; // rows of a value, in the mean
  readonly isEven: boolean; // whether most values have about as many rows as the others
}

function evidenceOf(column: NumberColumn): Evidence {
  const { distinct, present, counts, range } = factsOf(column);
  const rowsEach = present / distinct;
  const common = (counts ?? []).reduce((sum, count) => sum + (count >= evenShare * rowsEach ? 1 : 0), 0); // thousands of values are not counted
  return { count: distinct, first: range?.min ?? 0, last: range?.max ?? 0, rowsEach, isEven: common >= evenValues * distinct };
}

const besideInput = 'they stand beside the input';

/** Where labels stand by custom: beside an array; first or last in a table whose names say nothing. */
function placeInWords(column: DataColumn, { array, columns }: Surroundings): string | null {
  if (array !== null) return besideInput;
  const { length } = columns;
  if (length < 2 || numberedStem(column.name) === null) return null;
  return columns[0] === column ? 'it is the first column' : columns[length - 1] === column ? 'it is the last column' : null;
}

/** Why the whole numbers are classes, as the end of a sentence; null when they are amounts. */
function classReason(name: string, seen: Evidence, place: string | null): string | null {
  const { count, first, rowsEach, isEven } = seen;
  const many = rowsEach < 10 ? `${Number(rowsEach.toPrecision(2))} rows a value` : `${Math.round(rowsEach)} rows a value`;
  if (count === 2 && rowsEach > 1) return 'there are only two of them';
  const density = count / (seen.last - first + 1);
  const isCounted = first === 0 || first === 1; // as programs number classes
  const isComplete = isCounted && density === 1;
  const isFew = count <= fewValues && (rowsEach >= 20 || count <= 3); // three are few however short the file
  if (namesClasses(name)) {
    const repeats = rowsEach >= 2 && (count <= fewValues || isComplete || (isCounted && density >= 0.5 && rowsEach >= 5));
    return isFew || repeats || rowsEach >= 20 ? `its name means classes, and there are ${many}` : null;
  }
  if (meansAmounts(name)) return null;
  const isTarget = namesTargets(name) || place !== null;
  if (isTarget && isCounted && density >= 0.5 && rowsEach >= 5 && (count <= fewValues || place === besideInput || (density >= 0.9 && isEven)))
    return `${place ?? 'its name is a usual one for labels'}, they count from ${first}, and there are ${many}`;
  if (isFew && isComplete) return `they are few and count from ${first}, with ${many}`;
  if (isFew && labelRank(name) < labelRank('')) return `they are few, with ${many}, and its name is a usual one for labels`;
  if (isComplete && isEven && rowsEach >= 20) return `they count from ${first} without a gap, with ${many}`;
  return null;
}

/** 'Its 24 whole numbers from 0 to 24', 'Its values 2 and 4' */
function valuesInWords({ count, first, last }: Evidence): string {
  if (count === 1) return `Its only value, ${numberName(first)},`;
  if (count === 2) return `Its values ${numberName(first)} and ${numberName(last)}`;
  return `Its ${count} whole numbers from ${numberName(first)} to ${numberName(last)}`;
}
