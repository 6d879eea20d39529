/** The range of pictures with more than 8 bits: which of their values become black and white. */
import type { ImageScale, ReadOptions } from '../format.ts';
import type { RowStore } from '../numbers/rowStore.ts';

const binCount = 65_536;
/** Of the pixels, at each end: what lies beyond may be clipped when it stretches the range to more than twice. */
const strayShare = 0.001;

export interface FoundRange {
  readonly scale: ImageScale;
  readonly note: string;
}

export interface DeepValues {
  readonly values: RowStore<'float32'>; // of all such pictures, one after the other
  readonly unit: number; // values of one
  readonly count: number;
  readonly low: number; // of all, before they were resized
  readonly high: number;
}

export function findRange({ values, unit, count, ...ends }: DeepValues, option: ReadOptions['range']): FoundRange {
  const pictures = count === 1 ? '1 image has' : `${count} images have`;
  const { low, high } = ends.low <= ends.high ? ends : { low: 0, high: 0 }; // nothing but what is no number
  const seen = `${pictures} 16 bits or more; the values run from ${numberText(low)} to ${numberText(high)}`;
  if (Array.isArray(option)) {
    const [black, white] = option;
    return { scale: { low: black, high: white }, note: `${seen}. ${numberText(black)} to ${numberText(white)} became 0 to 255, as the option range says.` };
  }
  const inner = low < high ? quantiles(values, unit, low, high) : { low, high };
  const isStray = inner.high > inner.low && inner.high - inner.low < (high - low) / 2;
  const used = isStray ? inner : { low, high: high > low ? high : low + 1 };
  const text = `${numberText(used.low)} to ${numberText(used.high)} became 0 to 255`;
  const why = isStray ? `, but 99.8 % of them from ${numberText(inner.low)} to ${numberText(inner.high)}: ${text}, what lies beyond was clipped` : `: ${text}`;
  return { scale: used, note: `${seen}${why}. Set the option range to full, or to two numbers, to have it otherwise.` };
}

/** Bytes of one picture. */
export function toBytes(values: Float32Array, { low, high }: ImageScale): Uint8Array {
  const out = new Uint8Array(values.length);
  const factor = 255 / (high - low);
  for (let i = 0; i < out.length; i++) {
    const value = Math.round(((values[i] ?? 0) - low) * factor);
    out[i] = value > 255 ? 255 : value > 0 ? value : 0; // what is no number becomes 0
  }
  return out;
}

function quantiles(values: RowStore<'float32'>, unit: number, low: number, high: number): ImageScale {
  const bins = new Float64Array(binCount);
  const perBin = (high - low) / (binCount - 1);
  let count = 0;
  for (const part of parts(values, unit))
    for (const value of part) {
      if (!(value >= low && value <= high)) continue; // no number, or where resizing swings beyond
      const bin = Math.round((value - low) / perBin);
      bins[bin] = (bins[bin] ?? 0) + 1;
      count++;
    }
  const beyond = strayShare * count;
  let [first, last] = [0, binCount - 1];
  for (let sum = bins[first] ?? 0; sum <= beyond && first < last; sum += bins[first] ?? 0) first++;
  for (let sum = bins[last] ?? 0; sum <= beyond && last > first; sum += bins[last] ?? 0) last--;
  return { low: low + first * perBin, high: low + last * perBin };
}

/** One picture after the other; each is written over by the next. */
function* parts(values: RowStore<'float32'>, unit: number): Generator<Float32Array> {
  const part = new Float32Array(unit);
  for (let at = 0; at < values.length; at += unit) {
    values.read(part, at);
    yield part;
  }
}

function numberText(value: number): string {
  return String(Number(value.toPrecision(6)));
}
