/** Sequences as inputs: every feature standardised over the time steps of the training sequences, shorter ones filled up with zeros at the end. */
import { FileNumbers } from '../formats/numbers/numbers.ts';
import { spreadsOf, type Spread } from './features.ts';
import type { DataArray, EncodedInputs } from './dataset.ts';

type SequenceArray = Extract<DataArray, { kind: 'sequence' }>;

export function encodeSequences(array: SequenceArray, trainRows: Int32Array): EncodedInputs {
  const { features, maxLength, lengths, values } = array;
  const starts = startSteps(lengths);
  const spreads = spreadsOf(values, features, stepsOf(trainRows, starts, lengths));
  const copy = values instanceof FileNumbers ? encodedWhenRead(values, features, spreads) : encodedOnce(values, features, spreads);
  const size = maxLength * features;
  return {
    shape: { kind: 'sequence', shape: [maxLength, features] },
    featureNames: [],
    lengths,
    write(rows, out) {
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i] ?? 0;
        const from = (starts[row] ?? 0) * features;
        const used = (lengths[row] ?? 0) * features;
        copy(from, from + used, out, i * size);
        out.fill(0, i * size + used, (i + 1) * size);
      }
    },
  };
}

/** Writes the encoded numbers from `start` to before `end` of all values into `out` at a place; `start` is the first feature of a time step. */
type Copy = (start: number, end: number, out: Float32Array, at: number) => void;

function encodedOnce(values: Float32Array, features: number, spreads: readonly Spread[]): Copy {
  const ready = new Float32Array(values.length); // ragged like the source
  encode(values, ready, 0, features, spreads);
  return (start, end, out, at) => out.set(ready.subarray(start, end), at);
}

function encodedWhenRead(values: FileNumbers<'float32'>, features: number, spreads: readonly Spread[]): Copy {
  return (start, end, out, at) => encode(values.read(start, end), out, at, features, spreads);
}

function encode(values: Float32Array, out: Float32Array, start: number, features: number, spreads: readonly Spread[]): void {
  for (const [offset, { mean, standardDeviation }] of spreads.entries())
    for (let at = offset; at < values.length; at += features) {
      const value = values[at] ?? NaN;
      out[start + at] = Number.isNaN(value) || standardDeviation === 0 ? 0 : (value - mean) / standardDeviation; // without spread it stays 0
    }
}

function startSteps(lengths: Int32Array): Float64Array {
  const starts = new Float64Array(lengths.length);
  for (let row = 1; row < lengths.length; row++) starts[row] = (starts[row - 1] ?? 0) + (lengths[row - 1] ?? 0);
  return starts;
}

/** Numbers of the time steps, over the whole data set, that belong to the rows. */
function stepsOf(rows: Int32Array, starts: Float64Array, lengths: Int32Array): Float64Array {
  const steps = new Float64Array(rows.reduce((sum, row) => sum + (lengths[row] ?? 0), 0));
  let next = 0;
  for (const row of rows) for (let step = 0; step < (lengths[row] ?? 0); step++) steps[next++] = (starts[row] ?? 0) + step;
  return steps;
}
