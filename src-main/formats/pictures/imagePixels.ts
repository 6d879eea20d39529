/** Decodes the pictures of a set, in one look at each, into one array: what all have in common is guessed from a sample, and decoded again where that was
 *  wrong. */
import { LabError } from '../../contract/errors.ts';
import type { BadImage } from './badImages.ts';
import { decodeDeep, decodeImage } from './decodeImage.ts';
import type { DeepImage } from './decodeImage.ts';
import type { RawArray, ReadOptions } from '../format.ts';
import type { ImageFile } from './imageFiles.ts';
import { formNotes, formOf, readHeader } from './imageHeader.ts';
import type { ImageForm, ImageHeader } from './imageHeader.ts';
import { findRange, toBytes } from './imageRange.ts';
import { inOrder } from './inOrder.ts';
import { maxFileBytes, maxImagePixels, sizeText } from '../limits.ts';
import { RowStore } from '../numbers/rowStore.ts';
import type { ReadRoom } from '../readRoom.ts';

const sampleCount = 256;
const mostPasses = 3; // sizes guessed, sizes known, and once more where pictures decode at one size alone
const progressEach = 50;

export interface DecodedImages {
  readonly array: (RawArray & { kind: 'image' }) | null; // null when no picture decodes
  readonly good: readonly number[]; // places of the rows among the pictures
  readonly bad: readonly BadImage[];
  readonly notes: readonly string[];
}

/** All pictures at one size: the told one, else the commonest, at most 224 on the longer side. Gray when every picture is. Those that do not decode leave no
 *  gap.  @throws LabError when they need more memory than is read; what `room.signal` throws */
export async function decodeImages(images: readonly ImageFile[], options: ReadOptions, room: ReadRoom): Promise<DecodedImages> {
  checkRange(options);
  const seen = await sampleHeaders(images, room);
  if (seen.length === 0) return decodePass(images, { width: 1, height: 1, channels: 1 }, options, room).then(finished);
  let form = formOf(seen, options);
  for (let passes = 1; ; passes++) {
    checkSize(images.length, form, room);
    const pass = await decodePass(images, form, options, room);
    if (!pass.isGrayWrong) {
      const right = pass.headers.length === 0 ? form : formOf(pass.headers, options);
      if (isSame(right, form) || passes >= mostPasses) return finished(pass);
      form = right;
    } else form = { ...form, channels: 3 };
    pass.bytes.close();
    pass.deep.close();
  }
}

interface Pass {
  readonly form: ImageForm;
  readonly options: ReadOptions;
  readonly headers: ImageHeader[]; // of the good ones
  readonly good: number[];
  readonly bad: BadImage[];
  readonly bytes: RowStore<'uint8'>;
  readonly deep: RowStore<'float32'>; // of the rows below, as their files have them
  readonly deepRows: number[];
  readonly deepEnds: { low: number; high: number };
  hasColor: boolean; // in what was decoded as three channels
  isGrayWrong: boolean; // one channel was guessed, and a picture has color
}

type Decoded =
  { readonly header: ImageHeader; readonly bytes: Uint8Array } | { readonly header: ImageHeader; readonly deep: DeepImage } | { readonly reason: string };

async function decodePass(images: readonly ImageFile[], form: ImageForm, options: ReadOptions, room: ReadRoom): Promise<Pass> {
  const size = form.width * form.height * form.channels;
  const bytes = new RowStore('uint8', { folder: room.folder, name: 'pixels', expected: images.length * size });
  const deep = new RowStore('float32', { folder: room.folder, name: 'deepPixels' });
  const pass: Pass = {
    form,
    options,
    headers: [],
    good: [],
    bad: [],
    bytes,
    deep,
    deepRows: [],
    deepEnds: { low: Infinity, high: -Infinity },
    hasColor: false,
    isGrayWrong: false,
  };
  let read = 0;
  const decode = async (image: ImageFile): Promise<Decoded> => {
    room.signal?.throwIfAborted();
    if (pass.isGrayWrong) return { reason: '' }; // all is done again
    try {
      const file = await image.read();
      read += file.length;
      const header = await readHeader(file);
      if (form.channels === 1 && !header.isGray) pass.isGrayWrong = true;
      const isDeep = header.deep !== null && !(options.range === 'full' && header.deep !== 'b-w');
      return isDeep ? { header, deep: await decodeDeep(file, header, form) } : { header, bytes: await decodeImage(file, header, form) };
    } catch (error) {
      if (room.signal?.aborted === true) throw error;
      return { reason: error instanceof LabError ? 'it cannot be unpacked' : error instanceof Error ? error.message : String(error) };
    }
  };
  try {
    await inOrder(images, decode, (decoded, place) => {
      take(pass, decoded, place, images[place]?.path ?? '');
      if ((place + 1) % progressEach === 0 || place + 1 === images.length) room.onProgress({ bytes: read, rows: place + 1, ofRows: images.length });
    });
  } catch (error) {
    bytes.close();
    deep.close();
    throw error;
  }
  return pass;
}

function take(pass: Pass, decoded: Decoded, place: number, path: string): void {
  if ('reason' in decoded) {
    pass.bad.push({ path, reason: decoded.reason });
    return;
  }
  if ('deep' in decoded) {
    pass.deepRows.push(pass.good.length);
    const { values, low, high } = decoded.deep;
    pass.deep.append(values);
    pass.deepEnds.low = Math.min(pass.deepEnds.low, low);
    pass.deepEnds.high = Math.max(pass.deepEnds.high, high);
    pass.bytes.append(new Uint8Array(values.length)); // its place; the bytes come when the range is known
  } else {
    pass.bytes.append(decoded.bytes);
    if (pass.form.channels === 3 && !pass.hasColor && !isGrayContent(decoded.bytes)) pass.hasColor = true;
  }
  pass.headers.push(decoded.header);
  pass.good.push(place);
}

function finished(pass: Pass): DecodedImages {
  const { form, headers, good, bad, bytes, deep, deepRows } = pass;
  if (good.length === 0) {
    bytes.close();
    deep.close();
    return { array: null, good, bad, notes: [] };
  }
  const notes = formNotes(headers, form);
  const scaled = deepRows.length > 0 ? scaleDeep(pass) : null;
  if (scaled !== null) notes.push(scaled.note);
  else if (pass.options.range !== undefined && headers.every((header) => header.deep === null))
    notes.push('The option range holds for images of 16 bits or more. There are none.');
  deep.close();
  const isGrayThroughout = form.channels === 3 && !pass.hasColor;
  if (isGrayThroughout) {
    keepEveryThird(bytes, form.width * form.height * 3);
    notes.push('All pixels are gray: one channel is kept.');
  }
  const isFull = pass.options.range === 'full' && headers.some((header) => header.deep !== null && header.deep !== 'b-w');
  const scale = scaled?.scale ?? (isFull ? { low: 0, high: 65_535 } : null);
  const array = { kind: 'image', height: form.height, width: form.width, channels: isGrayThroughout ? 1 : form.channels, values: bytes.done() } as const;
  return { array: scale === null ? array : { ...array, scale }, good, bad, notes };
}

function scaleDeep(pass: Pass): ReturnType<typeof findRange> {
  const { form, bytes, deep, deepRows, options } = pass;
  const unit = form.width * form.height * form.channels;
  const found = findRange({ values: deep, unit, count: deepRows.length, ...pass.deepEnds }, options.range);
  const values = new Float32Array(unit);
  deepRows.forEach((row, i) => {
    deep.read(values, i * unit);
    const scaled = toBytes(values, found.scale);
    bytes.write(scaled, row * unit);
    if (form.channels === 3 && !pass.hasColor && !isGrayContent(scaled)) pass.hasColor = true;
  });
  return found;
}

/** Headers of pictures that lie evenly among all. */
async function sampleHeaders(images: readonly ImageFile[], room: ReadRoom): Promise<ImageHeader[]> {
  const step = Math.max(1, images.length / sampleCount);
  const chosen = Array.from({ length: Math.min(sampleCount, images.length) }, (_, i) => images[Math.floor(i * step)]).filter((image) => image !== undefined);
  const headers: ImageHeader[] = [];
  const look = async (image: ImageFile): Promise<ImageHeader | null> => {
    room.signal?.throwIfAborted();
    try {
      return await readHeader(await image.read());
    } catch {
      return null; // told when it is decoded
    }
  };
  await inOrder(chosen, look, (header) => {
    if (header !== null) headers.push(header);
  });
  return headers;
}

function checkRange({ range }: ReadOptions): void {
  if (Array.isArray(range) && range[0] >= range[1])
    throw new LabError('bad-input', `The option range is from ${range[0]} to ${range[1]}. The first number must be the lower.`);
}

function checkSize(count: number, { width, height, channels }: ImageForm, room: ReadRoom): void {
  const bytes = count * width * height * channels;
  const help = 'Set smaller values for the options width and height.';
  if (room.folder === null && bytes > maxFileBytes)
    throw new LabError('bad-input', `${count} images of ${width}x${height} need ${sizeText(bytes)}; at most ${sizeText(maxFileBytes)} are read. ${help}`);
  if (width * height > maxImagePixels)
    throw new LabError('bad-input', `Images of ${width}x${height} have more than ${maxImagePixels / 1e6} megapixels, the most that is read. ${help}`);
}

function isSame(one: ImageForm, other: ImageForm): boolean {
  return one.width === other.width && one.height === other.height && one.channels === other.channels;
}

function isGrayContent(pixels: Uint8Array): boolean {
  for (let i = 0; i < pixels.length; i += 3) if (pixels[i] !== pixels[i + 1] || pixels[i] !== pixels[i + 2]) return false;
  return true;
}

/** One of three equal channels, in place: what is written lies before what is still to be read. */
function keepEveryThird(bytes: RowStore<'uint8'>, unit: number): void {
  const row = new Uint8Array(unit);
  const kept = new Uint8Array(unit / 3);
  for (let at = 0; at < bytes.length; at += unit) {
    bytes.read(row, at);
    for (let i = 0; i < kept.length; i++) kept[i] = row[3 * i] ?? 0;
    bytes.write(kept, at / 3);
  }
  bytes.shorten(bytes.length / 3);
}
