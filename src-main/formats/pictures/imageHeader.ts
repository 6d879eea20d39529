/** What a picture says of itself before a pixel is decoded, and the size that all pictures of a set get. */
import { bmpHeader } from './bmp.ts';
import type { ReadOptions } from '../format.ts';
import { kindOf, whyNoImage } from './imageKinds.ts';
import type { ImageKind } from './imageKinds.ts';
import { jpegHeader } from './jpegHeader.ts';
import { maxImagePixels } from '../limits.ts';
import { pictureLibrary } from './pictureLibrary.ts';

const longestSide = 224;

export interface ImageHeader {
  readonly width: number; // as seen, after the EXIF orientation
  readonly height: number;
  readonly isGray: boolean;
  readonly hasAlpha: boolean;
  readonly kind: ImageKind;
  /** Whether decoding needs nothing but decoding: bytes of gray or sRGB, upright, without transparency and color profile of gray. */
  readonly isPlain: boolean;
  /** The color space in which numbers of more than 8 bits keep their size; null for bytes. */
  readonly deep: 'grey16' | 'rgb16' | 'b-w' | null;
}

/** Sizes and channels of a whole set. */
export interface ImageForm {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** @throws Error with the reason as a half sentence */
export async function readHeader(bytes: Uint8Array): Promise<ImageHeader> {
  const kind = kindOf(bytes);
  if (kind === null) throw new Error(whyNoImage(bytes));
  if (kind === 'bmp') return checked({ ...bmpHeader(bytes), isGray: false, hasAlpha: false, kind, isPlain: false, deep: null });
  const jpeg = kind === 'jpeg' ? jpegHeader(bytes) : null;
  if (jpeg !== null) {
    const isGray = jpeg.channels === 1;
    return checked({ width: jpeg.width, height: jpeg.height, isGray, hasAlpha: false, kind, isPlain: !(isGray && jpeg.hasProfile), deep: null });
  }
  const sharp = await pictureLibrary();
  const metadata = await sharp(bytes, { limitInputPixels: false, failOn: 'error' }) // reads the header alone; the cap is checked below to name the size
    .metadata()
    .catch((cause: unknown) => Promise.reject(new Error('its header is damaged', { cause })));
  const { width, height } = metadata.autoOrient;
  const { space, depth, hasAlpha } = metadata;
  const isGray = space === 'b-w' || space === 'grey16';
  const isDeep = depth !== 'uchar' && (kind === 'png' || kind === 'tiff') && (space === 'grey16' || space === 'rgb16' || space === 'b-w');
  const isUpright = (metadata.orientation ?? 1) === 1;
  const isPlain = kind === 'png' && depth === 'uchar' && isUpright && !hasAlpha && (space === 'srgb' || (space === 'b-w' && !metadata.hasProfile));
  return checked({ width, height, isGray, hasAlpha, kind, isPlain, deep: isDeep ? space : null });
}

function checked(header: ImageHeader): ImageHeader {
  const { width, height } = header;
  if (width * height > maxImagePixels) throw new Error(`it has ${width}x${height} pixels; up to ${maxImagePixels / 1e6} megapixels are read`);
  return header;
}

/** All pictures at one size: the told one, else the commonest, at most 224 on the longer side. Gray when every picture is. */
export function formOf(headers: readonly ImageHeader[], options: ReadOptions): ImageForm {
  return { ...chooseSize(headers, options), channels: headers.every(({ isGray }) => isGray) ? 1 : 3 };
}

function chooseSize(headers: readonly ImageHeader[], options: ReadOptions): { width: number; height: number } {
  const counts = new Map<string, { header: ImageHeader; count: number }>();
  for (const header of headers) {
    const key = `${header.width}x${header.height}`;
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { header, count: 1 });
    else known.count++;
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

/** What is worth saying of the sizes and of transparency. */
export function formNotes(headers: readonly ImageHeader[], { width, height }: ImageForm): string[] {
  const resized = headers.filter((header) => header.width !== width || header.height !== height).length;
  const transparent = headers.filter(({ hasAlpha, deep }) => hasAlpha && deep === null).length;
  const notes = [
    resized === 0
      ? `All images are ${width}x${height}.`
      : `${resized} of ${headers.length} images ${resized === 1 ? 'was' : 'were'} resized to ${width}x${height}; sides may be stretched.`,
  ];
  if (transparent > 0)
    notes.push(transparent === 1 ? '1 image with transparency was put on white.' : `${transparent} images with transparency were put on white.`);
  return notes;
}
