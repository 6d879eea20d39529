/** Inputs as a network sees them: every statistic comes from the training rows alone, so nothing of validation or test leaks in. */
import { LabError } from '../contract/errors.ts';
import { encodeImages } from './encodeImages.ts';
import { encodeSequences } from './encodeSequences.ts';
import { classFeatures, numberFeatures } from './features.ts';
import type { Feature, Strided } from './features.ts';
import type { Roles } from './roles.ts';
import type { EncodedInputs, PreparedDataset } from './dataset.ts';

/** Encodes images, sequences, or the columns with the role input (beside a vector when the data bring one).
 *  @param excluded columns that are a task's target in any arm: inputs of none, whatever their role
 *  @throws LabError bad-input when no input is left */
export function encodeInputs(dataset: PreparedDataset, roles: Roles, excluded: readonly string[], trainRows: Int32Array): EncodedInputs {
  const { array } = dataset;
  if (array?.kind === 'image') return encodeImages(array, trainRows);
  if (array?.kind === 'sequence') return encodeSequences(array, trainRows);
  const columns = dataset.columns.filter((column) => roles[column.name] === 'input' && !excluded.includes(column.name));
  const features: Feature[] = [];
  for (let feature = 0; array !== null && feature < array.features; feature++) {
    features.push(...numberFeatures(`x${feature}`, { values: array.values, stride: array.features, offset: feature }, trainRows));
  }
  for (const column of columns) {
    if (column.kind === 'class') features.push(...classFeatures(column, trainRows));
    else features.push(...numberFeatures(column.name, whole(column.values), trainRows));
  }
  if (features.length === 0) throw noInputs(dataset, columns.length, excluded);
  return tableOf(dataset.rows, features);
}

/** Names of the columns that reach the inputs, for the record; images and sequences have none. */
export function inputColumns(dataset: PreparedDataset, roles: Roles, excluded: readonly string[]): readonly string[] {
  if (dataset.array !== null && dataset.array.kind !== 'vector') return [];
  return dataset.columns.filter((column) => roles[column.name] === 'input' && !excluded.includes(column.name)).map((column) => column.name);
}

/** Rows of a table up to this many numbers are encoded once and then copied; past it, anew for every batch. */
const largestKept = 64 * 1024 * 1024;

function tableOf(rows: number, features: readonly Feature[]): EncodedInputs {
  const width = features.length;
  const encode = (count: number, rowAt: (i: number) => number, out: Float32Array): void => {
    for (const [at, feature] of features.entries()) for (let i = 0; i < count; i++) out[i * width + at] = feature.valueOf(rowAt(i));
  };
  const kept = rows * width <= largestKept ? new Float32Array(rows * width) : null;
  if (kept !== null) encode(rows, (i) => i, kept);
  return {
    shape: { kind: 'table', shape: [width] },
    featureNames: features.map((feature) => feature.name),
    lengths: null,
    write(chosen, out) {
      if (kept === null) return encode(chosen.length, (i) => chosen[i] ?? 0, out);
      for (let i = 0; i < chosen.length; i++) out.set(kept.subarray((chosen[i] ?? 0) * width, ((chosen[i] ?? 0) + 1) * width), i * width);
    },
  };
}

function whole(values: Float64Array): Strided {
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
