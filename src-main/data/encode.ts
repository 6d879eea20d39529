/** Inputs as a network sees them: every statistic comes from the training rows alone, so nothing of validation or test leaks in. */
import { LabError } from '../contract/errors.ts';
import { encodeImages } from './encodeImages.ts';
import { encodeSequences } from './encodeSequences.ts';
import { wholeOf } from '../formats/numbers/numbers.ts';
import type { Numbers } from '../formats/numbers/numbers.ts';
import { cellsOf } from './columns.ts';
import { dateFeatures } from './dateFeatures.ts';
import { classFeatures, numberFeatures, spreadOf, spreadsOf } from './features.ts';
import type { Feature, Strided } from './features.ts';
import type { Roles } from './roles.ts';
import { rowReader } from './rowReader.ts';
import type { DataColumn, EncodedInputs, PreparedDataset } from './dataset.ts';

/** Encodes images, sequences, or the columns with the role input (beside a vector when the data bring one).
 *  @param excluded columns that are a task's target in any arm: inputs of none, whatever their role
 *  @throws LabError bad-input when no input is left */
export function encodeInputs(dataset: PreparedDataset, roles: Roles, excluded: readonly string[], trainRows: Int32Array): EncodedInputs {
  const { array } = dataset;
  if (array?.kind === 'image') return encodeImages(array, trainRows);
  if (array?.kind === 'sequence') return encodeSequences(array, trainRows);
  const columns = inputsOf(dataset, roles, excluded);
  const sources: Source[] = [];
  if (array !== null)
    for (const [feature, spread] of spreadsOf(array.values, array.features, trainRows).entries())
      sources.push({ column: null, place: feature, features: numberFeatures(`x${feature}`, spread, trainRows.length) });
  for (const column of columns) {
    const place = dataset.columns.indexOf(column);
    if (column.kind === 'class') sources.push({ column, place, features: classFeatures(column, trainRows) });
    else if (column.kind === 'date') sources.push({ column, place, features: dateFeatures(column, trainRows) });
    else sources.push({ column, place, features: numberFeatures(column.name, spreadOf(whole(column.values), trainRows), trainRows.length) });
  }
  const used = sources.filter(({ features }) => features.length > 0);
  if (used.length === 0) throw noInputs(dataset, columns.length, excluded);
  return tableOf(dataset, used);
}

/** Names of the columns that reach the inputs, for the record; images and sequences have none. */
export function inputColumns(dataset: PreparedDataset, roles: Roles, excluded: readonly string[]): readonly string[] {
  if (dataset.array !== null && dataset.array.kind !== 'vector') return [];
  return inputsOf(dataset, roles, excluded).map((column) => column.name);
}

function inputsOf(dataset: PreparedDataset, roles: Roles, excluded: readonly string[]): readonly DataColumn[] {
  return dataset.columns.filter((column) => roles[column.name] === 'input' && !excluded.includes(column.name));
}

/** One cell of a row and the features that are made of it. */
interface Source {
  readonly column: DataColumn | null; // null: a number of the vector
  readonly place: number; // of the column among the columns, or of the number in the vector
  readonly features: readonly Feature[];
}

/** Rows of a table up to this many numbers are encoded once and then copied; past it, anew for every batch. */
const largestKept = 16 * 1024 * 1024;

function tableOf(dataset: PreparedDataset, sources: readonly Source[]): EncodedInputs {
  const names = sources.flatMap(({ features }) => features.map(({ name }) => name));
  const width = names.length;
  const encode = dataset.cells === undefined ? byColumns(dataset, sources, width) : byRows(dataset, dataset.cells, sources, width);
  let kept: Float32Array | null = null;
  const isKept = dataset.cells === undefined && dataset.rows * width <= largestKept;
  return {
    shape: { kind: 'table', shape: [width] },
    featureNames: names,
    lengths: null,
    write(chosen, out) {
      if (!isKept) return encode(chosen, out);
      kept ??= encodedWhole(dataset.rows, width, encode);
      for (let i = 0; i < chosen.length; i++) out.set(kept.subarray((chosen[i] ?? 0) * width, ((chosen[i] ?? 0) + 1) * width), i * width);
    },
  };
}

type Encode = EncodedInputs['write'];

function encodedWhole(rows: number, width: number, encode: Encode): Float32Array {
  const all = new Float32Array(rows * width);
  encode(
    Int32Array.from({ length: rows }, (_, row) => row),
    all,
  );
  return all;
}

/** Column by column, of a table in memory. */
function byColumns({ array }: PreparedDataset, sources: readonly Source[], width: number): Encode {
  const vector = array?.kind === 'vector' ? { numbers: wholeOf(array.values), size: array.features } : null;
  const parts = sources.map(({ column, place, features }) => ({
    cells: column === null ? (vector?.numbers ?? new Float32Array(0)) : cellsOf(column),
    stride: column === null ? (vector?.size ?? 1) : 1,
    offset: column === null ? place : 0,
    features,
  }));
  return (chosen, out) => {
    let at = 0;
    for (const { cells, stride, offset, features } of parts)
      for (const feature of features) {
        for (let i = 0; i < chosen.length; i++) out[i * width + at] = feature.of(cells[(chosen[i] ?? 0) * stride + offset] ?? NaN);
        at++;
      }
  };
}

/** Row by row, of a table that is larger than memory: a row is read with one call to the system. */
function byRows({ array, columns }: PreparedDataset, cells: Numbers<'float64'>, sources: readonly Source[], width: number): Encode {
  const rowOf = rowReader(cells, columns.length);
  const vectorOf = array?.kind === 'vector' ? rowReader(array.values, array.features) : null;
  return (chosen, out) => {
    for (let i = 0; i < chosen.length; i++) {
      const row = rowOf(chosen[i] ?? 0);
      const vector = vectorOf?.(chosen[i] ?? 0);
      let at = i * width;
      for (const { column, place, features } of sources) {
        const cell = (column === null ? vector?.[place] : row[place]) ?? NaN;
        for (const feature of features) out[at++] = feature.of(cell);
      }
    }
  };
}

function whole(values: Numbers<'float64'>): Strided {
  return { values, stride: 1, offset: 0 };
}

function noInputs(dataset: PreparedDataset, candidates: number, excluded: readonly string[]): LabError {
  const targets = dataset.columns.filter((column) => excluded.includes(column.name)).map((column) => column.name);
  const why =
    candidates > 0
      ? 'every input column is constant or empty in the training rows'
      : targets.length > 0
        ? `no column has the role input besides the targets (${targets.join(', ')})`
        : 'no column has the role input';
  return new LabError('bad-input', `${dataset.source} has no inputs left: ${why}. Give a column the role input.`);
}
