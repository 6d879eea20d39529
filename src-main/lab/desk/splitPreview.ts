/** How a split would fall, and what would stand in training and in test at once. */
import type { CallOutput } from '../../contract/calls.ts';
import type { SplitPlan } from '../../contract/plan.ts';
import { cellsOf, columnOf, classCounts, isMissingCell, valuesOf } from '../../data/columns.ts';
import type { DataColumn, PreparedDataset, Split } from '../../data/dataset.ts';
import { rowMarks } from '../../data/duplicates.ts';
import { firstPlaces, onlyAt } from '../../data/equalNumbers.ts';
import { inputColumns } from '../../data/encode.ts';
import { spreadOf } from '../../data/features.ts';
import { guessTaskKind, resolveRoles, type Roles } from '../../data/roles.ts';
import { settleSplit, splitNotes, splitRows, taskColumn, type SeededSplitPlan } from '../../data/splits.ts';

export interface SplitQuestion {
  readonly roles: Roles;
  readonly split: SplitPlan | undefined; // undefined: the one that suits the data
  readonly target: string;
  readonly seed: number;
  readonly trainFraction: number;
}

const usual: SplitPlan = { kind: 'stratified', train: 0.7, validation: 0.15, test: 0.15 };

/** @throws LabError bad-input for an unknown column or shares that do not fit */
export function previewSplit(dataset: PreparedDataset, question: SplitQuestion): CallOutput<'data.split'> {
  const roles = resolveRoles(dataset, question.roles);
  const plan = settleSplit(question.split ?? usual, question.split !== undefined, roles, question.seed);
  const target = taskColumn(dataset, question.target, guessTaskKind(columnOf(dataset, question.target), dataset));
  const inputs = inputColumns(dataset, roles, [question.target]);
  const split = splitRows(dataset, plan, target, question.trainFraction, inputs);
  return {
    kind: plan.kind,
    column: plan.column ?? null,
    train: partOf(target, split.train),
    validation: partOf(target, split.validation),
    test: partOf(target, split.test),
    notes: [...splitNotes(dataset, target, split, plan)],
    warnings: [...repeatedRows(dataset, inputs, plan, split), ...sharedGroups(dataset, roles, plan, split)],
  };
}

function partOf(target: DataColumn, rows: Int32Array): CallOutput<'data.split'>['train'] {
  if (target.kind === 'class') {
    const counts = classCounts(target, rows);
    return { rows: rows.length, classes: target.classes.map((name, code) => ({ name, count: counts[code] ?? 0 })), range: null };
  }
  const values = valuesOf(target);
  const { mean } = spreadOf({ values, stride: 1, offset: 0 }, rows);
  let min = Infinity;
  let max = -Infinity;
  for (const row of rows) {
    const value = values[row] ?? NaN;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { rows: rows.length, classes: null, range: { mean, min, max } };
}

function repeatedRows(dataset: PreparedDataset, inputs: readonly string[], plan: SeededSplitPlan, split: Split): string[] {
  const marks = rowMarks(dataset, inputs);
  if (marks === null) return [];
  const first = firstPlaces(marks);
  const isTrained = new Uint8Array(marks.length); // at the first of equal rows
  for (const row of split.train) isTrained[first[row] ?? row] = 1;
  const count = split.test.filter((row) => isTrained[first[row] ?? row] === 1).length;
  if (count === 0) return [];
  const isGiven = plan.kind === 'column' || plan.kind === 'time'; // it says where every row stands
  const remedy = isGiven ? '' : ' Split with duplicates=together to keep them in one part.';
  return [`${count} of ${split.test.length} test rows have the same inputs as a training row: the test is easier than new data would be.${remedy}`];
}

function sharedGroups(dataset: PreparedDataset, roles: Roles, plan: SeededSplitPlan, split: Split): string[] {
  if (plan.kind === 'grouped' || plan.kind === 'column') return [];
  return dataset.columns
    .filter(({ name }) => roles[name] === 'group')
    .flatMap((column) => {
      const cells = cellsOf(column);
      const present = (rows: Int32Array): Int32Array => rows.filter((row) => !isMissingCell(column.kind, cells[row] ?? NaN));
      const [train, test] = [present(split.train), present(split.test)];
      const both = new Int32Array(train.length + test.length);
      both.set(train);
      both.set(test, train.length);
      const first = firstPlaces(onlyAt(both, cells));
      const isTrained = new Uint8Array(cells.length); // at the first row of a group
      for (const row of train) isTrained[first[row] ?? row] = 1;
      let shared = 0;
      for (const row of test) {
        const start = first[row] ?? row;
        if (isTrained[start] !== 1) continue;
        isTrained[start] = 2; // counted
        shared++;
      }
      if (shared === 0) return [];
      return [`${shared} groups of "${column.name}" have rows in training and in test. A split grouped by this column keeps them apart.`];
    });
}
