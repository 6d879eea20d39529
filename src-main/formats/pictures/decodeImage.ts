/** Decodes one picture to the size and channels of its set. */
import type { Sharp } from 'sharp';
import { decodeBmp } from './bmp.ts';
import type { ImageForm, ImageHeader } from './imageHeader.ts';
import { maxImagePixels } from '../limits.ts';
import { pictureLibrary } from './pictureLibrary.ts';
import { canResize, resizePicture } from './pictureResize.ts';

/** @returns bytes [height, width, channels]  @throws Error with the reason as a half sentence */
export async function decodeImage(bytes: Uint8Array, header: ImageHeader, form: ImageForm): Promise<Uint8Array> {
  const { width, height, channels } = form;
  if (isResizedHere(header, form)) return decodeAndResize(bytes, header, form);
  const source = (await open(bytes, header)).autoOrient();
  const opaque = header.hasAlpha ? source.flatten({ background: '#ffffff' }) : source;
  const { data, info } = await opaque
    .resize(width, height, { fit: 'fill' })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(damaged);
  return fitting(info.channels === 1 && channels === 3 ? tripled(data, new Uint8Array(data.length * 3)) : data, form);
}

/** The same values as by sharp's own resizing, sooner. */
async function decodeAndResize(bytes: Uint8Array, header: ImageHeader, form: ImageForm): Promise<Uint8Array> {
  const { data, info } = await (
    await open(bytes, header)
  )
    .toColourspace(form.channels === 1 ? 'b-w' : 'srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(damaged);
  const channels = info.channels === 1 ? 1 : 3;
  if (data.length !== header.width * header.height * channels) throw new Error('its size is not that of its header');
  const small = resizePicture(data, header, form, channels);
  return fitting(channels === 1 && form.channels === 3 ? tripled(small, new Uint8Array(small.length * 3)) : small, form);
}

function isResizedHere(header: ImageHeader, form: ImageForm): boolean {
  return header.isPlain && canResize(header, form) && !(header.kind === 'jpeg' && isShrunkOnLoad(header, form));
}

/** Whether sharp lets the JPEG decoder make the picture smaller (sharp 0.35, pipeline.cc): its values are others then. */
function isShrunkOnLoad(header: ImageHeader, form: ImageForm): boolean {
  const shrink = Math.min(header.width / form.width, header.height / form.height);
  return shrink >= 3;
}

export interface DeepImage {
  readonly values: Float32Array; // [height, width, channels]
  readonly low: number; // of the picture at its own size: resizing swings beyond
  readonly high: number;
}

/** Numbers as the picture holds them, whatever bits they have; transparency is dropped.
 *  @throws Error with the reason as a half sentence */
export async function decodeDeep(bytes: Uint8Array, header: ImageHeader, form: ImageForm): Promise<DeepImage> {
  const { width, height, channels } = form;
  const own = await floatsOf(await openDeep(bytes, header));
  const isResized = header.width !== width || header.height !== height;
  const { values, channels: given } = isResized ? await floatsOf((await openDeep(bytes, header)).resize(width, height, { fit: 'fill' })) : own;
  const all = fitting(given === 1 && channels === 3 ? tripled(values, new Float32Array(values.length * 3)) : values, form);
  return { values: all, ...extremesOf(own.values) };
}

async function openDeep(bytes: Uint8Array, header: ImageHeader): Promise<Sharp> {
  const source = (await open(bytes, header)).autoOrient();
  return (header.hasAlpha ? source.removeAlpha() : source).toColourspace(header.deep ?? 'rgb16');
}

async function floatsOf(source: Sharp): Promise<{ readonly values: Float32Array; readonly channels: number }> {
  const { data, info } = await source.raw({ depth: 'float' }).toBuffer({ resolveWithObject: true }).catch(damaged);
  return { values: new Float32Array(Uint8Array.from(data).buffer), channels: info.channels }; // a Buffer may begin between two floats
}

/** The least and the largest number; Infinity and -Infinity where there is none. */
function extremesOf(values: Float32Array): { readonly low: number; readonly high: number } {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low && value > -Infinity) low = value;
    if (value > high && value < Infinity) high = value;
  }
  return { low, high };
}

async function open(bytes: Uint8Array, { kind, width, height }: ImageHeader): Promise<Sharp> {
  const sharp = await pictureLibrary();
  return kind === 'bmp'
    ? sharp(decodeBmp(bytes), { raw: { width, height, channels: 3 } })
    : sharp(bytes, { limitInputPixels: maxImagePixels, failOn: 'error' });
}

function damaged(cause: unknown): never {
  throw new Error('it is damaged or cut off', { cause });
}

function fitting<T extends Uint8Array | Float32Array>(values: T, { width, height, channels }: ImageForm): T {
  const size = width * height * channels;
  if (values.length !== size) throw new Error(`it gives ${values.length} values instead of ${size}`);
  return values;
}

function tripled<T extends Uint8Array | Float32Array>(values: T, out: T): T {
  for (let i = 0, at = 0; i < values.length; i++, at += 3) out[at] = out[at + 1] = out[at + 2] = values[i] ?? 0;
  return out;
}
