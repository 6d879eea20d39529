/** The parts into which published data sets come divided, by the words that people use for them, and how such parts become one data set. */
import { LabError } from '../contract/errors.ts';
import type { SplitName } from '../contract/splitWords.ts';
import type { ImageScale, RawArray, RawColumn, RawDataset } from './format.ts';
import { isBytes } from './numbers/numbers.ts';
import { joinNumbers } from './numbers/numberStore.ts';
import { joinColumns } from './rawColumns.ts';
import { noRoom } from './readRoom.ts';
import type { ReadRoom } from './readRoom.ts';

export { splitNames, splitOfWord } from '../contract/splitWords.ts';
export type { SplitName } from '../contract/splitWords.ts';

export interface SplitPart {
  readonly split: SplitName;
  readonly path: string; // names the part in errors
  readonly data: RawDataset;
}

/** Puts the rows of parts one after the other, with a column 'split' in front of the others. Parts must have the same columns and shapes. What is large is
 *  joined in a file of the room.
 *  @throws LabError naming two parts that differ */
export function joinParts(parts: readonly SplitPart[], room: ReadRoom = noRoom): RawDataset {
  const [first, ...others] = parts;
  if (first === undefined) throw new RangeError('joinParts needs at least one part.');
  for (const other of others) checkAlike(first, other);
  const columns = first.data.columns.map(({ name }) => joinNamed(name, parts, room));
  const rows = parts.reduce((sum, { data }) => sum + data.rows, 0);
  const counts = parts.map(({ split: name, data }) => `${data.rows} ${name}`).join(', ');
  const notes = [...new Set(parts.flatMap(({ data }) => data.notes)), `Rows by the column "split": ${counts}.`];
  const arrays = parts.flatMap(({ data }) => (data.array === undefined ? [] : [data.array]));
  const { format, found } = first.data;
  const base = { format, rows, columns: [splitColumn(parts, rows), ...columns], notes, ...(found !== undefined && { found }) };
  return arrays.length === 0 ? base : { ...base, array: joinArrays(arrays, room) };
}

function splitColumn(parts: readonly SplitPart[], rows: number): RawColumn {
  const texts = [...new Set(parts.map(({ split }) => split))];
  const codes = new Int32Array(rows);
  let at = 0;
  for (const { split, data } of parts) codes.fill(texts.indexOf(split), at, (at += data.rows));
  return { name: 'split', kind: 'coded', texts, codes };
}

function joinNamed(name: string, parts: readonly SplitPart[], room: ReadRoom): RawColumn {
  const columns = parts.map(({ data }) => columnOf(data, name));
  const numbers = columns.flatMap((column) => (column.kind === 'number' ? [column.values] : []));
  return numbers.length < columns.length ? joinColumns(columns) : { name, kind: 'number', values: joinNumbers('float64', numbers, room) };
}

function columnOf(data: RawDataset, name: string): RawColumn {
  const column = data.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new RangeError(`Column ${name} is missing; checkAlike must run first.`);
  return column;
}

function checkAlike(first: SplitPart, other: SplitPart): void {
  const before = describe(first.data);
  const after = describe(other.data);
  if (before !== after)
    throw new LabError(
      'bad-input',
      `${other.path} does not fit ${first.path}: it has ${after}, the other ${before}. Both parts must have the same columns and shape.`,
    );
  const [own, others] = [scaleOf(first.data), scaleOf(other.data)];
  if (own?.low !== others?.low || own?.high !== others?.high)
    throw new LabError(
      'bad-input',
      `${other.path} would be read darker or brighter than ${first.path}: its values in use are ${rangeText(others)}, those of the other ${rangeText(own)}. ` +
        'Set the option range to two numbers, or to full.',
    );
}

function scaleOf({ array }: RawDataset): ImageScale | undefined {
  return array?.kind === 'image' ? array.scale : undefined;
}

function rangeText(scale: ImageScale | undefined): string {
  return scale === undefined ? '0 to 255' : `${scale.low} to ${scale.high}`;
}

function describe({ columns, array }: RawDataset): string {
  const names =
    columns.length === 0
      ? 'no columns'
      : `the columns ${columns
          .map(({ name }) => name)
          .sort()
          .join(', ')}`;
  return array === undefined ? names : `${shapeOf(array)} and ${names}`;
}

function shapeOf(array: RawArray): string {
  if (array.kind === 'image') return `${array.height}x${array.width}x${array.channels} images`;
  return array.kind === 'vector' ? `vectors of ${array.features} features` : `sequences of ${array.features} features`;
}

/** Arrays of one kind and shape, one after the other. */
function joinArrays(arrays: readonly RawArray[], room: ReadRoom): RawArray {
  const [first] = arrays;
  if (first === undefined) throw new RangeError('joinArrays needs at least one array.');
  switch (first.kind) {
    case 'image': {
      const bytes = arrays.flatMap(({ values }) => (isBytes(values) ? [values] : []));
      return { ...first, values: bytes.length === arrays.length ? joinNumbers('uint8', bytes, room) : joinNumbers('float32', valuesOf(arrays), room) };
    }
    case 'sequence':
      return { ...first, lengths: lengthsOf(arrays), values: joinNumbers('float32', valuesOf(arrays), room) };
    case 'vector':
      return { ...first, values: joinNumbers('float32', valuesOf(arrays), room) };
    default:
      return first satisfies never;
  }
}

function valuesOf(arrays: readonly RawArray[]): RawArray['values'][] {
  return arrays.map(({ values }) => values);
}

function lengthsOf(arrays: readonly RawArray[]): Int32Array {
  const lists = arrays.flatMap((array) => (array.kind === 'sequence' ? [array.lengths] : []));
  const out = new Int32Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    out.set(list, at);
    at += list.length;
  }
  return out;
}
