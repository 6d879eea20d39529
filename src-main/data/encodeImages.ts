/** Images as inputs: bytes divided by 255, then every channel standardised with its mean and standard deviation over the training images. */
import { spreadOf } from './features.ts';
import type { DataArray, EncodedInputs } from './dataset.ts';

type ImageArray = Extract<DataArray, { kind: 'image' }>;

export function encodeImages(array: ImageArray, trainRows: Int32Array): EncodedInputs {
  const { height, width, channels, values } = array;
  const size = height * width * channels;
  return {
    shape: { kind: 'image', shape: [height, width, channels] },
    featureNames: [],
    lengths: null,
    write: values instanceof Uint8Array ? bytesWriter(values, size, channels, trainRows) : floatsWriter(values, size, channels, trainRows),
  };
}

/** Statistics from a histogram a channel, exact and one pass; the 256 results a channel are kept in a table. */
function bytesWriter(values: Uint8Array, size: number, channels: number, trainRows: Int32Array): EncodedInputs['write'] {
  const counts = new Float64Array(256 * channels);
  for (const row of trainRows) {
    const start = row * size;
    for (let i = 0; i < size; i++) {
      const at = (i % channels) * 256 + (values[start + i] ?? 0);
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  const table = new Float32Array(256 * channels);
  for (let channel = 0; channel < channels; channel++) {
    const histogram = counts.subarray(channel * 256, (channel + 1) * 256);
    const total = histogram.reduce((sum, count) => sum + count, 0);
    const mean = histogram.reduce((sum, count, byte) => sum + (count * byte) / 255, 0) / total;
    const variance = histogram.reduce((sum, count, byte) => sum + count * (byte / 255 - mean) ** 2, 0) / total;
    const scale = safeScale(Math.sqrt(variance));
    for (let byte = 0; byte < 256; byte++) table[channel * 256 + byte] = (byte / 255 - mean) / scale;
  }
  return (rows, out) => {
    for (let i = 0; i < rows.length; i++) {
      const from = (rows[i] ?? 0) * size;
      const to = i * size;
      if (channels === 1) for (let j = 0; j < size; j++) out[to + j] = table[values[from + j] ?? 0] ?? 0;
      else for (let j = 0; j < size; j++) out[to + j] = table[(j % channels) * 256 + (values[from + j] ?? 0)] ?? 0;
    }
  };
}

function floatsWriter(values: Float32Array, size: number, channels: number, trainRows: Int32Array): EncodedInputs['write'] {
  const pixels = size / channels;
  const pixelRows = new Int32Array(trainRows.length * pixels);
  for (let i = 0; i < trainRows.length; i++) for (let j = 0; j < pixels; j++) pixelRows[i * pixels + j] = (trainRows[i] ?? 0) * pixels + j;
  const spreads = Array.from({ length: channels }, (_, offset) => spreadOf({ values, stride: channels, offset }, pixelRows));
  const means = Float64Array.from(spreads, ({ mean }) => mean);
  const scales = Float64Array.from(spreads, ({ standardDeviation }) => safeScale(standardDeviation));
  return (rows, out) => {
    for (let i = 0; i < rows.length; i++) {
      const from = (rows[i] ?? 0) * size;
      for (let j = 0; j < size; j++) {
        const value = values[from + j] ?? NaN;
        out[i * size + j] = Number.isNaN(value) ? 0 : (value - (means[j % channels] ?? 0)) / (scales[j % channels] ?? 1);
      }
    }
  };
}

/** A channel without any spread stays at 0 instead of dividing by 0. */
function safeScale(standardDeviation: number): number {
  return standardDeviation > 0 ? standardDeviation : 1;
}
