/** Decodes PNG and JPEG images with sharp into one array of bytes. Sizes are checked by the header before a pixel is decoded. */
import sharp from 'sharp';
import type { Metadata } from 'sharp';
import { LabError } from '../contract/errors.ts';
import type { RawArray, ReadOptions } from './format.ts';
import type { ImageFile } from './imageFiles.ts';
import { maxFileBytes, maxImagePixels, sizeText } from './limits.ts';

const longestSide = 224;
const decodersAtOnce = 8;

interface ImageHeader {
  readonly width: number; // as seen, after the EXIF orientation
  readonly height: number;
  readonly isGray: boolean;
  readonly hasAlpha: boolean;
}

/** All images at one size: the told one, else the commonest, at most 224 on the longer side. Gray when every image is.
 *  @throws LabError naming the image that is too large or does not decode */
export async function decodeImages(images: readonly ImageFile[], options: ReadOptions): Promise<{ array: RawArray & { kind: 'image' }; notes: string[] }> {
  const headers = await mapLimited(images, readHeader);
  const { width, height } = chooseSize(headers, options);
  const channels = headers.every(({ isGray }) => isGray) ? 1 : 3;
  const size = height * width * channels;
  if (size * images.length > maxFileBytes)
    throw new LabError(
      'bad-input',
      `${images.length} images of ${width}x${height} need ${sizeText(size * images.length)}; ` +
        `at most ${sizeText(maxFileBytes)} are read. Set smaller values for the options width and height.`,
    );
  const values = new Uint8Array(size * images.length);
  let grayCount = 0;
  await mapLimited(images, async (image, row) => {
    const pixels = await decode(image, headers[row]?.hasAlpha ?? false, width, height, channels);
    if (pixels.length !== size) throw new LabError('bad-input', `${image.shown} does not decode: ${pixels.length} values instead of ${size}.`);
    values.set(pixels, row * size);
    if (channels === 3 && isGrayContent(pixels)) grayCount++;
  });
  const isGrayThroughout = channels === 3 && grayCount === images.length;
  const notes = sizeNotes(headers, width, height);
  if (isGrayThroughout) notes.push('All pixels are gray: one channel is kept.');
  const array = isGrayThroughout ? { channels: 1, values: everyThird(values) } : { channels, values };
  return { array: { kind: 'image', height, width, ...array }, notes };
}

function chooseSize(headers: readonly ImageHeader[], options: ReadOptions): { width: number; height: number } {
  const counts = new Map<string, { header: ImageHeader; count: number }>();
  for (const header of headers) {
    const key = `${header.width}x${header.height}`;
    counts.set(key, { header, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const [commonest] = [...counts.values()].sort((a, b) => b.count - a.count || b.header.width * b.header.height - a.header.width * a.header.height);
  if (commonest === undefined) throw new RangeError('chooseSize needs at least one image.');
  const { width, height } = commonest.header;
  const side = (value: number): number => Math.max(1, Math.round(value));
  if (options.width !== undefined || options.height !== undefined)
    return {
      width: options.width ?? side((width / height) * (options.height ?? height)),
      height: options.height ?? side((height / width) * (options.width ?? width)),
    };
  const scale = Math.min(1, longestSide / Math.max(width, height));
  return { width: side(width * scale), height: side(height * scale) };
}

function sizeNotes(headers: readonly ImageHeader[], width: number, height: number): string[] {
  const resized = headers.filter((header) => header.width !== width || header.height !== height).length;
  const transparent = headers.filter(({ hasAlpha }) => hasAlpha).length;
  const notes = [
    resized === 0
      ? `All images are ${width}x${height}.`
      : `${resized} of ${headers.length} images ${resized === 1 ? 'was' : 'were'} resized to ${width}x${height}; sides may be stretched.`,
  ];
  if (transparent > 0)
    notes.push(transparent === 1 ? '1 image with transparency was put on white.' : `${transparent} images with transparency were put on white.`);
  return notes;
}

async function readHeader(image: ImageFile): Promise<ImageHeader> {
  const bytes = await image.read();
  if (!startsAsImage(bytes)) throw new LabError('bad-input', `${image.shown} does not decode: it is neither a PNG nor a JPEG image.`);
  let metadata: Metadata;
  try {
    metadata = await sharp(bytes, { limitInputPixels: false, failOn: 'error' }).metadata(); // reads the header alone; the cap is checked below to name the size
  } catch (error) {
    throw new LabError('bad-input', `${image.shown} does not decode: its header is damaged.`, { cause: error });
  }
  const { width, height } = metadata.autoOrient;
  if (width * height > maxImagePixels)
    throw new LabError('bad-input', `${image.shown} has ${width}x${height} pixels. Images up to ${maxImagePixels / 1e6} megapixels are read.`);
  return { width, height, isGray: metadata.space === 'b-w' || metadata.space === 'grey16', hasAlpha: metadata.hasAlpha };
}

async function decode(image: ImageFile, hasAlpha: boolean, width: number, height: number, channels: 1 | 3): Promise<Uint8Array> {
  try {
    const oriented = sharp(await image.read(), { limitInputPixels: maxImagePixels, failOn: 'error' }).autoOrient();
    const opaque = hasAlpha ? oriented.flatten({ background: '#ffffff' }) : oriented;
    const { data, info } = await opaque
      .resize(width, height, { fit: 'fill' })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return info.channels === 1 && channels === 3 ? tripled(data) : data;
  } catch (error) {
    throw new LabError('bad-input', `${image.shown} does not decode: the image is damaged or cut off.`, { cause: error });
  }
}

function startsAsImage(bytes: Uint8Array): boolean {
  const isPng = [0x89, 0x50, 0x4e, 0x47].every((value, i) => bytes[i] === value);
  return isPng || (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff);
}

function isGrayContent(pixels: Uint8Array): boolean {
  for (let i = 0; i < pixels.length; i += 3) if (pixels[i] !== pixels[i + 1] || pixels[i] !== pixels[i + 2]) return false;
  return true;
}

function everyThird(values: Uint8Array): Uint8Array {
  const out = new Uint8Array(values.length / 3);
  for (let i = 0; i < out.length; i++) out[i] = values[3 * i] ?? 0;
  return out;
}

function tripled(values: Uint8Array): Uint8Array {
  const out = new Uint8Array(values.length * 3);
  for (let i = 0; i < out.length; i++) out[i] = values[Math.floor(i / 3)] ?? 0;
  return out;
}

/** Runs over all items, a few at a time, and gives the results in order. Stops at the first error. */
async function mapLimited<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  let failed = false;
  const run = async (): Promise<void> => {
    while (next < items.length && !failed) {
      const index = next++;
      const item = items[index];
      if (item === undefined) continue;
      try {
        results[index] = await work(item, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(decodersAtOnce, items.length) }, run));
  return results;
}
