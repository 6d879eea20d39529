/** Sequences as inputs: every feature standardised over the time steps of the training sequences, shorter ones filled up with zeros at the end. */
import { spreadOf } from './features.ts';
import type { DataArray, EncodedInputs } from './dataset.ts';

type SequenceArray = Extract<DataArray, { kind: 'sequence' }>;

export function encodeSequences(array: SequenceArray, trainRows: Int32Array): EncodedInputs {
  const { features, maxLength, lengths, values } = array;
  const starts = startSteps(lengths);
  const steps = stepsOf(trainRows, starts, lengths);
  const ready = new Float32Array(values.length); // every value encoded once, ragged like the source
  for (let offset = 0; offset < features; offset++) {
    const { mean, standardDeviation } = spreadOf({ values, stride: features, offset }, steps);
    if (standardDeviation === 0) continue; // a feature without spread stays 0
    for (let at = offset; at < values.length; at += features) {
      const value = values[at] ?? NaN;
      ready[at] = Number.isNaN(value) ? 0 : (value - mean) / standardDeviation;
    }
  }
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
        out.set(ready.subarray(from, from + used), i * size);
        out.fill(0, i * size + used, (i + 1) * size);
      }
    },
  };
}

function startSteps(lengths: Int32Array): Int32Array {
  const starts = new Int32Array(lengths.length);
  for (let row = 1; row < lengths.length; row++) starts[row] = (starts[row - 1] ?? 0) + (lengths[row - 1] ?? 0);
  return starts;
}

/** Numbers of the time steps, over the whole data set, that belong to the rows. */
function stepsOf(rows: Int32Array, starts: Int32Array, lengths: Int32Array): Int32Array {
  const steps = new Int32Array(rows.reduce((sum, row) => sum + (lengths[row] ?? 0), 0));
  let next = 0;
  for (const row of rows) for (let step = 0; step < (lengths[row] ?? 0); step++) steps[next++] = (starts[row] ?? 0) + step;
  return steps;
}
