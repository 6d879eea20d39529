/** Reads folders with one NPY file a row, in folders of classes and perhaps of splits: pictures, vectors, or series of their own length. */
import { join } from 'node:path';
import { LabError } from '../../contract/errors.ts';
import { openArrayFile } from './arrayFiles.ts';
import type { NumberPiece } from '../numbers/elementTypes.ts';
import type { RawColumn, RawDataset, ReadOptions } from '../format.ts';
import { allNumbers, countOf, shapeText } from './namedArray.ts';
import type { NamedArray } from './namedArray.ts';
import { assignRoles } from './npzRoles.ts';
import { openStore } from '../numbers/numberStore.ts';
import type { ReadRoom } from '../readRoom.ts';
import { splitOfFolder } from '../splitFolders.ts';

/** @param files inside the folder, with '/', one a row
 *  @throws LabError naming a file whose shape or kind is another than the first's, and when no folders tell classes */
export async function readRowFiles(folder: string, files: readonly string[], options: ReadOptions, room: ReadRoom): Promise<RawDataset> {
  const labels = labelsOf(files);
  if (labels.length === 0)
    throw new LabError('bad-input', `${folder} holds ${files.length} arrays without labels. Put the arrays of every class into a folder of their own.`);
  const shapes: (readonly number[])[] = [];
  let first: NamedArray | null = null;
  for (const file of files) {
    const array = await openRow(join(folder, file), room);
    first ??= array;
    const isSame = array.type === first.type && array.shape.length === first.shape.length;
    if (!isSame)
      throw new LabError(
        'bad-input',
        `${array.where} has the shape ${shapeText(array)} of ${array.type}, but ${first.where} has ${shapeText(first)} of ${first.type}. All ` +
          'arrays must be alike.',
      );
    shapes.push(array.shape);
  }
  if (first === null) throw new RangeError('readRowFiles needs at least one file.');
  const [shape = []] = shapes;
  const odd = shapes.findIndex((own) => own.some((size, axis) => size !== shape[axis]));
  if (odd < 0) {
    const all = { name: 'x', where: folder, type: first.type, shape: [files.length, ...shape] };
    const input: NamedArray = { ...all, values: { kind: 'number', pieces: () => rowPieces(folder, files, room) } };
    return assignRoles(folder, [input, ...labels.map(asArray)], { format: 'npz', options, room, leftOut: [] });
  }
  if (shape.length !== 2)
    throw new LabError(
      'bad-input',
      `${join(folder, files[odd] ?? '')} has the shape ${shapeText({ shape: shapes[odd] ?? [] })}, but ${first.where} has ` +
        `${shapeText(first)}. All arrays must have one shape.`,
    );
  return readSeries(folder, files, shapes, labels, options, room);
}

/** Series of their own length: the axis that differs is the time. */
async function readSeries(
  folder: string,
  files: readonly string[],
  shapes: readonly (readonly number[])[],
  labels: readonly RawColumn[],
  options: ReadOptions,
  room: ReadRoom,
): Promise<RawDataset> {
  const varies = (axis: number): boolean => shapes.some((shape) => shape[axis] !== shapes[0]?.[axis]);
  const isTurned = options.axes === undefined ? varies(1) && !varies(0) : options.axes === 'channels-first';
  const [timeAxis, channelAxis] = isTurned ? [1, 0] : [0, 1];
  const features = shapes[0]?.[channelAxis] ?? 1;
  const odd = shapes.findIndex((shape) => shape[channelAxis] !== features);
  if (odd >= 0)
    throw new LabError(
      'bad-input',
      `${join(folder, files[odd] ?? '')} has ${shapes[odd]?.[channelAxis] ?? 0} channels, but ${join(folder, files[0] ?? '')} has ` +
        `${features}. All series must have the same channels.`,
    );
  const lengths = Int32Array.from(shapes, (shape) => shape[timeAxis] ?? 0);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const store = openStore('float32', total * features, room);
  let at = 0;
  for (const [row, file] of files.entries()) {
    room.signal?.throwIfAborted();
    const values = await allNumbers(await openRow(join(folder, file), room));
    const steps = lengths[row] ?? 0;
    store.write(at, isTurned ? values.map((_, i) => values[(i % features) * steps + Math.floor(i / features)] ?? 0) : values);
    at += values.length;
    room.onProgress({ rows: row + 1 });
  }
  const [shortest, longest] = [lengths.reduce((a, b) => Math.min(a, b)), lengths.reduce((a, b) => Math.max(a, b))];
  const note = `Every file is a series of ${shortest} to ${longest} steps and ${features} channels${isTurned ? ', the channels first' : ''}.`;
  const array = { kind: 'sequence', features, lengths, values: store.numbers } as const;
  return { format: 'npz', rows: files.length, columns: labels, array, notes: [note] };
}

async function openRow(path: string, room: ReadRoom): Promise<NamedArray> {
  const file = await openArrayFile(path, room);
  await file.close();
  const [array] = file.arrays;
  if (array === undefined || file.isArchive || array.values.kind === 'text' || countOf(array) === 0)
    throw new LabError('bad-input', `${path} is not one array of numbers. Give one NPY file a row.`);
  return array;
}

async function* rowPieces(folder: string, files: readonly string[], room: ReadRoom): AsyncGenerator<NumberPiece> {
  for (const file of files) {
    const { values } = await openRow(join(folder, file), room);
    if (values.kind === 'number') yield* values.pieces();
  }
}

/** 'class' from the folder of every file, 'split' before it when the outer folders are those of a split. */
function labelsOf(files: readonly string[]): RawColumn[] {
  const folders = files.map((file) => file.split('/').slice(0, -1));
  const splits = folders.map(([outer = '']) => splitOfFolder(outer));
  const areSplits = splits.every((split) => split !== null);
  const classes = folders.map((pieces) => (areSplits ? pieces.slice(1) : pieces).join('/') || null);
  const columns: RawColumn[] = [];
  if (areSplits && new Set(splits).size > 1) columns.push({ name: 'split', kind: 'text', values: splits });
  if (classes.some((name) => name !== null)) columns.push({ name: 'class', kind: 'text', values: classes });
  return columns;
}

function asArray(column: RawColumn): NamedArray {
  const texts = column.kind === 'text' ? column.values.map((value) => value ?? '') : [];
  return { name: column.name, where: column.name, type: 'U', shape: [texts.length], values: { kind: 'text', texts: () => Promise.resolve(texts) } };
}
