/** What the array that is the input holds: pictures, series or vectors, and which of its axes are the channels. Decided by shape, name and values, said in a
 *  note, and chosen otherwise by the option axes. */
import { LabError } from '../../contract/errors.ts';
import type { RawArray, ReadOptions } from '../format.ts';
import { isImageName, isSeriesName } from './arrayNames.ts';
import { blocksOfRows, countOf, firstRows, rowLength, shapeText } from './namedArray.ts';
import type { NamedArray } from './namedArray.ts';
import type { Reading } from './arrayReading.ts';
import { openStore } from '../numbers/numberStore.ts';

export interface Layout {
  readonly kind: RawArray['kind'];
  readonly isTurned: boolean; // the channels stand in front of what they are channels of
  readonly note: string;
}

const mostChannels = 4; // of pictures
const smallestSide = 8;
const lookedAt = 200_000; // values

/** @param options axes says which axis of three or four holds the channels
 *  @throws LabError for arrays that are none of these */
export async function layoutOf(array: NamedArray, { axes }: ReadOptions): Promise<Layout> {
  const { where, shape } = array;
  const [rows = 0, second = 1, third = 1, fourth = 1] = shape;
  const said = `Input is the array "${array.name}" of shape ${shapeText(array)}`;
  if (countOf(array) === 0) throw new LabError('bad-input', `${where} has no values: its shape is ${shapeText(array)}.`);
  if (shape.length === 2) return { kind: 'vector', isTurned: false, note: `${said}, read as vectors.` };
  if (shape.length === 4) return imageLayout(array, said, axes);
  if (shape.length !== 3)
    throw new LabError(
      'bad-input',
      `${where} of shape ${shapeText(array)} has ${shape.length} dimensions. Videos and volumes are not read: ` +
        'inputs have 2 (vectors), 3 (series, grey pictures) or 4 dimensions (pictures), rows first.',
    );
  if (axes !== undefined) {
    const isTurned = axes === 'channels-first';
    return { kind: 'sequence', isTurned, note: `${said}, read as ${seriesText(array, isTurned)}, as the option axes says.` };
  }
  const asSeries = 'If it holds series, set the option axes to channels-last when the steps come first, to channels-first when they come last.';
  const [small, large] = [Math.min(second, third), Math.max(second, third)];
  if (array.type === 'u1') return { kind: 'image', isTurned: false, note: `${said}, read as images.${large <= 2 * small ? '' : ` ${asSeries}`}` };
  if (await looksLikeImages(array)) return { kind: 'image', isTurned: false, note: `${said}, read as grey images of ${second} x ${third}. ${asSeries}` };
  const isTurned = await looksLikeChannelsFirst(array);
  const other = isTurned ? 'the steps come first, set the option axes to channels-last' : 'the channels come first, set the option axes to channels-first';
  const asImages = small >= smallestSide && large <= 4 * small ? ` If it holds pictures, give it the shape (${rows}, ${second}, ${third}, ${fourth}).` : '';
  return { kind: 'sequence', isTurned, note: `${said}, read as ${seriesText(array, isTurned)}. If ${other}.${asImages}` };
}

/** The array in the form of its layout, which may be that of another part of the same data. Large ones go to a file. */
export async function readInput(array: NamedArray, { kind, isTurned }: Layout, reading: Reading): Promise<RawArray> {
  const [rows = 0, second = 1, third = 1, fourth = 1] = array.shape;
  switch (kind) {
    case 'vector':
      return { kind, features: second, values: await valuesOf(array, 'float32', 1, reading) };
    case 'sequence': {
      const [steps, features] = isTurned ? [third, second] : [second, third];
      const values = await valuesOf(array, 'float32', isTurned ? features : 1, reading);
      return { kind, features, lengths: new Int32Array(rows).fill(steps), values };
    }
    case 'image': {
      const [height, width, channels] = isTurned ? [third, fourth, second] : [second, third, fourth];
      const turned = isTurned ? channels : 1;
      const size = { kind, height, width, channels } as const;
      if (array.type === 'u1') return { ...size, values: await valuesOf(array, 'uint8', turned, reading) };
      return { ...size, values: await valuesOf(array, 'float32', turned, reading) };
    }
    default:
      return kind satisfies never;
  }
}

/** @param channels stand in front of every row's values when there are several, and are put behind them */
async function valuesOf<T extends 'uint8' | 'float32'>(array: NamedArray, type: T, channels: number, reading: Reading) {
  const store = openStore(type, countOf(array), reading.room);
  const unit = rowLength(array);
  for await (const { start, values } of blocksOfRows(array)) {
    store.write(start, channels === 1 ? values : channelsLast(values instanceof Uint8Array ? values : Float32Array.from(values), unit, channels));
    reading.tell(array, values.length);
  }
  return store.numbers;
}

/** Rows of [channels, places] to rows of [places, channels]. */
function channelsLast(values: Uint8Array | Float32Array, unit: number, channels: number): Uint8Array | Float32Array {
  const out = values instanceof Uint8Array ? new Uint8Array(values.length) : new Float32Array(values.length);
  const places = unit / channels;
  for (let row = 0; row < values.length; row += unit)
    for (let channel = 0; channel < channels; channel++)
      for (let place = 0; place < places; place++) out[row + place * channels + channel] = values[row + channel * places + place] ?? 0;
  return out;
}

function imageLayout(array: NamedArray, said: string, axes: ReadOptions['axes']): Layout {
  const [, second = 1, , fourth = 1] = array.shape;
  const fits = { 'channels-last': fourth <= mostChannels, 'channels-first': second <= mostChannels };
  const order = axes ?? (fits['channels-last'] ? 'channels-last' : 'channels-first');
  if (!fits[order])
    throw new LabError(
      'bad-input',
      axes === undefined
        ? `${array.where} of shape ${shapeText(array)}: images have 1 to ${mostChannels} channels, in the last dimension or in the second.`
        : `${array.where} of shape ${shapeText(array)}: with axes ${axes} an image would have ${axes === 'channels-last' ? fourth : second} channels. ` +
            `Images have 1 to ${mostChannels}. Leave the option axes out.`,
    );
  if (order === 'channels-first') return { kind: 'image', isTurned: true, note: `${said}, read as images with the channels first.${doubt(fits, order, axes)}` };
  return { kind: 'image', isTurned: false, note: `${said}, read as images.${doubt(fits, order, axes)}` };
}

function doubt(fits: Readonly<Record<'channels-last' | 'channels-first', boolean>>, order: string, axes: ReadOptions['axes']): string {
  if (axes !== undefined || !fits['channels-last'] || !fits['channels-first']) return '';
  return ` If the channels stand ${order === 'channels-last' ? 'first, set the option axes to channels-first' : 'last, set the option axes to channels-last'}.`;
}

function seriesText({ shape }: NamedArray, isTurned: boolean): string {
  const [, second = 1, third = 1] = shape;
  const [steps, channels] = isTurned ? [third, second] : [second, third];
  return (
    `sequences of ${steps} ${steps === 1 ? 'step' : 'steps'} of ${channels} ` +
    `${channels === 1 ? 'channel' : 'channels'}${isTurned ? ', the channels first' : ''}`
  );
}

/** Two sides that are alike and not small. Sides that are unlike need a name that says pictures, or no value below zero: measured series have them. */
async function looksLikeImages(array: NamedArray): Promise<boolean> {
  const [, height = 1, width = 1] = array.shape;
  const [small, large] = [Math.min(height, width), Math.max(height, width)];
  if (isSeriesName(array.name) && !isImageName(array.name)) return false;
  if (isImageName(array.name)) return small >= mostChannels && large <= 4 * small;
  if (small < smallestSide || large > 1.5 * small) return false;
  return small === large || (await firstRows(array, lookedAt)).every((value) => value >= 0);
}

/** Few channels in front of many steps. Values of one channel are alike from step to step: where they are more alike along the first axis, that is the time. */
async function looksLikeChannelsFirst(array: NamedArray): Promise<boolean> {
  const [, first = 1, second = 1] = array.shape;
  if (first === 1) return second > 1;
  const isFew = first <= 4 ? second >= 4 * first && second >= 2 * smallestSide : first <= 64 && second >= 8 * first;
  if (!isFew) return false;
  const values = await firstRows(array, lookedAt);
  return !(meanStep(values, first, second, 'first') < 0.5 * meanStep(values, first, second, 'second'));
}

/** The mean square of the difference between neighbours along an axis of [rows, first, second]; missing values apart. */
function meanStep(values: Float64Array, first: number, second: number, along: 'first' | 'second'): number {
  const [distance, unit] = [along === 'first' ? second : 1, first * second];
  let sum = 0;
  let count = 0;
  for (let at = 0; at < values.length; at++) {
    const hasNext = along === 'first' ? at % unit < unit - second : at % second < second - 1;
    const step = hasNext ? (values[at + distance] ?? NaN) - (values[at] ?? NaN) : NaN;
    if (Number.isNaN(step)) continue;
    sum += step * step;
    count++;
  }
  return count === 0 ? NaN : sum / count;
}
