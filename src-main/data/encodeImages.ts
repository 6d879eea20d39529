/** Images as inputs: bytes divided by 255, then every channel standardised with its mean and standard deviation over the training images. */
import { isBytes } from '../formats/numbers/numbers.ts';
import type { Numbers } from '../formats/numbers/numbers.ts';
import { channelSpreads } from './features.ts';
import { rowReader, visitRows } from './rowReader.ts';
import type { DataArray, EncodedInputs } from './dataset.ts';

type ImageArray = Extract<DataArray, { kind: 'image' }>;

export function encodeImages(array: ImageArray, trainRows: Int32Array): EncodedInputs {
  const { height, width, channels, values } = array;
  const size = height * width * channels;
  return {
    shape: { kind: 'image', shape: [height, width, channels] },
    featureNames: [],
    lengths: null,
    write: isBytes(values) ? bytesWriter(values, size, channels, trainRows) : floatsWriter(values, size, channels, trainRows),
  };
}

/** Statistics from a histogram a channel, exact and one pass; the 256 results a channel are kept in a table. */
function bytesWriter(values: Numbers<'uint8'>, size: number, channels: number, trainRows: Int32Array): EncodedInputs['write'] {
  const counts = new Float64Array(256 * channels);
  visitRows(values, size, trainRows, (bytes, start) => {
    for (let channel = 0; channel < channels; channel++)
      for (let i = start + channel; i < start + size; i += channels) {
        const at = channel * 256 + (bytes[i] ?? 0);
        counts[at] = (counts[at] ?? 0) + 1;
      }
  });
  const table = new Float32Array(256 * channels);
  for (let channel = 0; channel < channels; channel++) {
    const histogram = counts.subarray(channel * 256, (channel + 1) * 256);
    const total = histogram.reduce((sum, count) => sum + count, 0);
    const mean = histogram.reduce((sum, count, byte) => sum + (count * byte) / 255, 0) / total;
    const variance = histogram.reduce((sum, count, byte) => sum + count * (byte / 255 - mean) ** 2, 0) / total;
    const scale = safeScale(Math.sqrt(variance));
    for (let byte = 0; byte < 256; byte++) table[channel * 256 + byte] = (byte / 255 - mean) / scale;
  }
  const rowOf = rowReader(values, size);
  return (rows, out) => {
    for (let i = 0; i < rows.length; i++) {
      const bytes = rowOf(rows[i] ?? 0);
      const to = i * size;
      // Channel by channel: no division a pixel, which would cost several times the rest
      for (let channel = 0; channel < channels; channel++)
        for (let j = channel; j < size; j += channels) out[to + j] = table[channel * 256 + (bytes[j] ?? 0)] ?? 0;
    }
  };
}

function floatsWriter(values: Numbers<'float32'>, size: number, channels: number, trainRows: Int32Array): EncodedInputs['write'] {
  const spreads = channelSpreads(values, size, channels, trainRows);
  const means = Float64Array.from(spreads, ({ mean }) => mean);
  const scales = Float64Array.from(spreads, ({ standardDeviation }) => safeScale(standardDeviation));
  const rowOf = rowReader(values, size);
  return (rows, out) => {
    for (let i = 0; i < rows.length; i++) {
      const numbers = rowOf(rows[i] ?? 0);
      for (let channel = 0; channel < channels; channel++) {
        const [mean, scale] = [means[channel] ?? 0, scales[channel] ?? 1];
        for (let j = channel; j < size; j += channels) {
          const value = numbers[j] ?? NaN;
          out[i * size + j] = Number.isNaN(value) ? 0 : (value - mean) / scale;
        }
      }
    }
  };
}

/** A channel without any spread stays at 0 instead of dividing by 0. */
function safeScale(standardDeviation: number): number {
  return standardDeviation > 0 ? standardDeviation : 1;
}
