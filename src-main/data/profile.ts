/** What a person should see of a data set before planning with it: a profile of every column. */
import type { ColumnProfile } from '../contract/calls.ts';
import type { DeepReadonly } from '../contract/readonly.ts';
import { chanceOf } from './chance.ts';
import { classCounts, distinctValues, presentRows } from './columns.ts';
import { spreadOf } from './features.ts';
import type { RoleGuess } from './roles.ts';
import type { DataColumn, PreparedDataset } from './dataset.ts';

const mostClasses = 50;

/** Of a column what its values say; the role is the guess. */
export type ValueProfile = DeepReadonly<Omit<ColumnProfile, 'guessed' | 'histogram' | 'task' | 'range'>> & {
  readonly range: { readonly [Figure in keyof NonNullable<ColumnProfile['range']>]: number } | null;
};

/** One profile a column, in column order. @param guesses from guessRoles, in the same order */
export function profileColumns(dataset: PreparedDataset, guesses: readonly RoleGuess[]): readonly ValueProfile[] {
  return dataset.columns.map((column, at) => profileColumn(column, dataset.rows, guesses[at]));
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

function profileColumn(column: DataColumn, rows: number, guess: RoleGuess | undefined): ValueProfile {
  const present = presentRows(column);
  const shared = {
    name: column.name,
    role: guess?.role ?? 'ignore',
    reason: guess?.reason ?? '',
    missing: rows - present.length,
    distinct: distinctValues(column).length,
    chance: chanceOf(column),
    outputs: { classification: column.kind === 'class' ? column.classes.length : distinctValues(column).length, regression: 1 },
  };
  if (column.kind === 'class') {
    const counts = classCounts(column);
    const classes = column.classes.map((name, code) => ({ name, count: counts[code] ?? 0 }));
    return {
      ...shared,
      kind: 'class',
      classes: classes.length > mostClasses ? classes.toSorted((a, b) => b.count - a.count).slice(0, mostClasses) : classes,
      range: null,
    };
  }
  if (present.length === 0) return { ...shared, kind: 'number', classes: null, range: null };
  const { mean, standardDeviation } = spreadOf({ values: column.values, stride: 1, offset: 0 }, present);
  const present0 = column.values[present[0] ?? 0] ?? NaN;
  const range = present.reduce((so, row) => ({ min: Math.min(so.min, column.values[row] ?? so.min), max: Math.max(so.max, column.values[row] ?? so.max) }), {
    min: present0,
    max: present0,
  });
  return { ...shared, kind: 'number', classes: null, range: { ...range, mean, standardDeviation } };
}
