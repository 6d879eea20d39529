/** Which pictures there are: by the name, to list them, and by the first bytes, to decode them. The name may be wrong; the bytes decide. */
import { sizeText } from '../limits.ts';

export type ImageKind = 'png' | 'jpeg' | 'gif' | 'webp' | 'tiff' | 'avif' | 'bmp';

const readNames = /\.(png|apng|jpe?g|jpe|jfif|pjpeg|pjp|gif|webp|tiff?|avif|bmp|dib)$/i;

/** Pictures that no reader here is for, with what people call them. */
const otherNames: readonly (readonly [RegExp, string])[] = [
  [/\.(heic|heif)$/i, 'HEIC'],
  [/\.svg$/i, 'SVG'],
  [/\.(dcm|dicom)$/i, 'DICOM'],
  [/\.(nii|nii\.gz)$/i, 'NIfTI'],
  [/\.(jp2|j2k|jpf|jpx)$/i, 'JPEG 2000'],
  [/\.jxl$/i, 'JPEG XL'],
  [/\.(psd|xcf)$/i, 'layered'],
  [/\.(exr|hdr)$/i, 'HDR'],
  [/\.(ppm|pgm|pbm|pnm)$/i, 'PPM'],
  [/\.(tga|ico|pcx)$/i, 'TGA, ICO or PCX'],
  [/\.(cr2|cr3|nef|arw|dng|raw|orf|rw2)$/i, 'raw camera'],
];

/** Whether a file is listed as a picture. */
export function isImageName(name: string): boolean {
  return readNames.test(name);
}

/** 'HEIC' for 'a.heic'; null for what is read, and for what is no picture. */
export function otherImageKind(name: string): string | null {
  return otherNames.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}

/** What a picture is by its first bytes; null when it is none that is read. */
export function kindOf(bytes: Uint8Array): ImageKind | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 32)).toString('latin1');
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'gif';
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'webp';
  if (/^(II[*+]\0|MM\0[*+])/.test(text)) return 'tiff';
  if (text.startsWith('ftyp', 4) && /avi[fs]/.test(text.slice(8))) return 'avif'; // as the kind, or among those it is compatible with
  return text.startsWith('BM') && bytes.length >= 26 ? 'bmp' : null;
}

/** Why bytes of no known kind are no picture: 'it is a text, no picture'. */
export function whyNoImage(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'it is empty, 0 bytes';
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 256));
  const text = head.toString('latin1');
  if (head.every((byte) => byte === 0)) return `it holds nothing but zeros, ${sizeText(bytes.length)}`;
  if (text.startsWith('version https://git-lfs')) return 'it is a Git LFS pointer, not the picture: run "git lfs pull"';
  if (/^ftyp(hei|hev|mif1|msf1)/.test(text.slice(4))) return 'it is a HEIC picture, which is not read: save it as JPEG or PNG';
  if (/^\s*(<!doctype html|<html)/i.test(text)) return 'it is a web page, probably what a failed download left';
  if (/^\s*(<\?xml|<svg)/i.test(text)) return 'it is an XML or SVG text, not a picture of pixels';
  if (/^[\x09\x0a\x0d\x20-\x7e]*$/.test(text)) return 'it is a text, not a picture';
  return 'it is no picture of a known kind (PNG, JPEG, GIF, WebP, TIFF, AVIF, BMP)';
}

export const readKinds = 'PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP';
