/** Decides what the arrays of a file are: the input, labels, or nothing of use, and reads them. By name, shape and values; whoever reads arrays of another
 *  kind of file (HDF5, say) gives them as NamedArray and gets the data set. */
import { LabError, unknownName } from '../../contract/errors.ts';
import { readingOf } from './arrayReading.ts';
import type { Reading } from './arrayReading.ts';
import { areOneHot, columnsOf, tableOf, widthOf } from './arrayColumns.ts';
import { layoutOf, readInput } from './arrayInput.ts';
import type { Layout } from './arrayInput.ts';
import { isInputWord, isLabelName, partsOfArrays, splitOfName, wordsOf } from './arrayNames.ts';
import { uniqueNames } from '../columnNames.ts';
import type { RawColumn, RawDataset, ReadOptions } from '../format.ts';
import { countOf, refusalOf, rowLength, shapeText } from './namedArray.ts';
import type { LeftOut, NamedArray } from './namedArray.ts';
import type { ReadRoom } from '../readRoom.ts';
import { joinParts } from '../splitNames.ts';
import type { SplitName } from '../splitNames.ts';

export interface ArrayRequest {
  readonly format: string; // of the data set
  readonly options: ReadOptions;
  readonly room: ReadRoom;
  readonly leftOut: readonly LeftOut[];
}

interface Part {
  readonly split: SplitName | null;
  readonly arrays: readonly NamedArray[];
}

/** What was decided of the arrays of the first part and holds for all: train and test are read alike. */
interface Decision {
  readonly input: string | null; // name of the array
  readonly rank: number; // its dimensions
  readonly isTable: boolean;
  readonly layout: Layout | null;
  readonly oneHot: ReadonlySet<string>;
}

const maxTableColumns = 1000;

/** The data set that arrays make up: x and y, or x_train, y_train, x_test, y_test, joined with a column split.
 *  @param path names the file in errors
 *  @throws LabError when no array can be the input or a column, when labels and input differ in number, and what reading them throws */
export async function assignRoles(path: string, arrays: readonly NamedArray[], request: ArrayRequest): Promise<RawDataset> {
  const { options, leftOut } = request;
  const reading = readingOf(arrays, request.room);
  const told = partsOfArrays(arrays);
  const parts: readonly Part[] = told ?? [{ split: null, arrays }];
  const [first] = parts;
  const [unread] = leftOut;
  if (first === undefined || arrays.length === 0) throw unread === undefined ? new LabError('bad-input', `${path} holds no arrays.`) : refusalOf(unread);
  const decision = await decide(
    path,
    first.arrays,
    parts.map((part) => part.arrays),
    leftOut,
    options,
  );
  const isUnlabelled = (part: Part): boolean => part !== first && first.arrays.length > 1 && part.arrays.every(({ name }) => name === decision.input);
  const used: Part[] = parts.filter((part) => !isUnlabelled(part));
  const read: { readonly split: SplitName | null; readonly path: string; readonly data: RawDataset }[] = [];
  for (const { split, arrays: own } of used) {
    const shown = split === null ? path : `${path} (${split})`;
    read.push({ split, path: shown, data: await readPart(shown, own, decision, request, reading) });
  }
  const [only, ...others] = read;
  const splits = read.flatMap((part) => (part.split === null ? [] : [{ ...part, split: part.split }]));
  const data = only !== undefined && others.length === 0 ? only.data : joinParts(splits, request.room);
  checkLabels(data, leftOut);
  const unused = arrays
    .filter((array) => told !== null && !told.some(({ sources }) => sources.includes(array)))
    .map(({ name }) => `Array "${name}" belongs to no split and is not used.`);
  const unlabelled = parts
    .filter(isUnlabelled)
    .map(({ split, arrays: own }) => `The ${own[0]?.shape[0] ?? 0} rows of ${split ?? ''} have no labels and are left out.`);
  const left = leftOut.map(({ name, why }) => `Array "${name}" is left out: ${why}`);
  return { ...data, notes: [...data.notes, ...unlabelled, ...unused, ...left], found: foundOf(decision) };
}

/** Which array is the input, and where its channels are. */
function foundOf({ input, layout }: Decision): ReadOptions {
  const axes = layout === null || layout.kind === 'vector' ? {} : { axes: layout.isTurned ? ('channels-first' as const) : ('channels-last' as const) };
  return { ...(input !== null && { entry: input }), ...axes };
}

async function decide(
  path: string,
  arrays: readonly NamedArray[],
  parts: readonly (readonly NamedArray[])[],
  leftOut: readonly LeftOut[],
  options: ReadOptions,
): Promise<Decision> {
  const oneHot = new Set<string>();
  for (const { name } of arrays) {
    const all = parts.flatMap((own) => own.filter((array) => array.name === name));
    if (all.length === parts.length && (await areOneHot(all))) oneHot.add(name);
  }
  const input = options.entry === undefined ? chooseInput(arrays, oneHot) : namedInput(arrays, options.entry);
  if (input !== null) {
    oneHot.delete(input.name);
    const labels = arrays.filter((array) => array !== input && isLabelName(array.name));
    const [rows = 0] = input.shape;
    checkRows(
      path,
      labels,
      input,
      labels.some((array) => widthOf(array, rows) > 0),
    ); // before what else is wrong with the input
  }
  const isTable = input !== null && arrays.length === 1 && leftOut.length === 0 && input.shape.length === 2 && rowLength(input) <= maxTableColumns;
  return {
    input: input?.name ?? null,
    rank: input?.shape.length ?? 0,
    isTable,
    layout: input === null || isTable ? null : await layoutOf(input, options),
    oneHot,
  };
}

/** The largest array of numbers with several values a row. Labels are passed over where something else can be the input, and so is what has another number of
 *  rows than the labels. */
function chooseInput(arrays: readonly NamedArray[], oneHot: ReadonlySet<string>): NamedArray | null {
  const able = arrays.filter(({ shape, values }) => {
    const [rows = 0, width = 0] = shape;
    const isLine = rows === 1 && arrays.length > 1; // [1, rows] may be labels
    return values.kind === 'number' && rows > 0 && (shape.length >= 3 || (shape.length === 2 && width > 1 && !isLine));
  });
  const narrowed = [
    (array: NamedArray) => !isLabelName(array.name),
    (array: NamedArray) => !oneHot.has(array.name),
    (array: NamedArray) => arrays.some((other) => other !== array && isLabelName(other.name) && widthOf(other, array.shape[0] ?? 0) > 0),
  ].reduce<readonly NamedArray[]>((list, keeps) => (list.some(keeps) ? list.filter(keeps) : list), able);
  return narrowed.reduce<NamedArray | null>((best, array) => (best === null || countOf(array) > countOf(best) ? array : best), null);
}

/** The array that the option entry names: 'x', 'x_train', 'x.npy'. */
function namedInput(arrays: readonly NamedArray[], entry: string): NamedArray {
  const name = entry.replace(/\.npy$/i, '');
  const stem = splitOfName(name)?.stem;
  const found = arrays.find((array) => array.name === name) ?? arrays.find((array) => array.name.toLowerCase() === stem?.toLowerCase());
  const names = arrays.map((array) => array.name);
  if (found === undefined) throw unknownName('array', entry, names);
  if (found.values.kind === 'text' || found.shape.length < 2 || countOf(found) === 0)
    throw new LabError('bad-input', `${found.where} of shape ${shapeText(found)} cannot be the input. Inputs are numbers with several values a row.`);
  return found;
}

async function readPart(path: string, arrays: readonly NamedArray[], decision: Decision, request: ArrayRequest, reading: Reading): Promise<RawDataset> {
  const { format } = request;
  const input = arrays.find(({ name }) => name === decision.input) ?? null;
  const rows = input?.shape[0] ?? arrays.find(({ shape }) => shape.length >= 1 && shape.length <= 2)?.shape[0] ?? 0;
  if (rows === 0)
    throw new LabError('bad-input', `${path} holds no array with rows: ${arrays.map((array) => `${array.name} ${shapeText(array)}`).join(', ')}.`);
  if (input !== null && decision.isTable) return { format, rows, ...(await tableOf(input, reading)) };
  const columns: RawColumn[] = [];
  const notes: string[] = [];
  for (const array of arrays) {
    if (array === input) continue;
    const own = await columnsOf(array, rows, decision.oneHot.has(array.name), reading);
    columns.push(...own.columns);
    notes.push(...own.notes);
  }
  if (input !== null)
    checkRows(
      path,
      arrays.filter((array) => array !== input),
      input,
      columns.length > 0,
    );
  const unique = uniqueNames(columns.map(({ name }) => name));
  const named = columns.map((column, i) => ({ ...column, name: unique.names[i] ?? column.name }));
  if (input === null || decision.layout === null) return { format, rows, columns: named, notes: [...notes, ...unique.notes] };
  if (input.shape.length !== decision.rank && decision.layout.kind !== 'image')
    throw new LabError('bad-input', `${path}: the array "${input.name}" has ${input.shape.length} dimensions, that of the first part has ${decision.rank}.`);
  const array = await readInput(input, decision.layout, reading);
  return { format, rows, columns: named, array, notes: [decision.layout.note, ...notes, ...unique.notes] };
}

/** Labels must have as many rows as the input: which row belongs to which label cannot be guessed.
 *  @param hasLabels whether others fit; without any, what has about as many rows must be the labels */
function checkRows(path: string, arrays: readonly NamedArray[], input: NamedArray, hasLabels: boolean): void {
  const [rows = 0] = input.shape;
  for (const { name, shape, values } of arrays) {
    const [count = 0, width = 1] = shape;
    if (shape.length === 0 || shape.length > 2 || splitOfName(name) !== null) continue;
    const labels = shape.length === 2 && count === 1 ? width : count;
    if (labels === rows || (values.kind === 'text' && labels < rows / 2)) continue; // names of classes are few
    const isNear = labels > rows / 2 && labels < 2 * rows;
    if (isLabelName(name) ? hasLabels && !isNear : hasLabels || !isNear) continue; // a list of classes beside labels that fit
    const axis = input.shape.lastIndexOf(labels);
    const help =
      axis > 0
        ? `Dimension ${axis + 1} of the input has ${labels}: if its rows stand there, save it with numpy.moveaxis(${input.name}, ${axis}, 0).`
        : 'Every row needs its label: save both with the same number of rows.';
    throw new LabError('bad-input', `${path}: the array "${name}" has ${labels} rows, but the input "${input.name}" has ${rows}. ${help}`);
  }
}

/** Data without their only labels, or without their input, are of no use. */
function checkLabels({ columns, array }: RawDataset, leftOut: readonly LeftOut[]): void {
  const isBare = columns.every(({ name }) => name === 'split');
  const unread = leftOut.find(({ name }) => (isBare && isLabelName(name)) || (array === undefined && wordsOf(name).some(isInputWord)));
  if (unread !== undefined) throw refusalOf(unread);
}
