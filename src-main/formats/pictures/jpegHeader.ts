/** The size and the channels of a JPEG picture, as its markers say (ITU-T T.81, annex B). For the common kinds alone: of anything else sharp is asked, which
 *  takes a tenth of the time of decoding. */

export interface JpegHeader {
  readonly width: number; // as stored
  readonly height: number;
  readonly channels: 1 | 3;
  readonly hasProfile: boolean;
}

const [app1, app2, startOfScan] = [0xe1, 0xe2, 0xda];

/** @returns null for what is to be looked at more closely: other channels or bits, an orientation, damage */
export function jpegHeader(bytes: Uint8Array): JpegHeader | null {
  let hasProfile = false;
  let frame: Omit<JpegHeader, 'hasProfile'> | null = null;
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker < 0xc0 || marker === 0xff) return null;
    if (marker === startOfScan) return frame === null ? null : { ...frame, hasProfile };
    const length = word(bytes, at + 2);
    const segment = bytes.subarray(at + 4, at + 2 + length);
    if (length < 2 || at + 2 + length > bytes.length) return null;
    if (marker === app1 && !isUpright(segment)) return null;
    if (marker === app2) hasProfile = true;
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      frame = frame === null && marker <= 0xc2 ? frameOf(segment) : null; // baseline, extended and progressive with Huffman codes
      if (frame === null) return null;
    }
    at += 2 + length;
  }
  return null;
}

function frameOf(segment: Uint8Array): Omit<JpegHeader, 'hasProfile'> | null {
  const [bits, channels] = [segment[0], segment[5]];
  const [height, width] = [word(segment, 1), word(segment, 3)];
  if (bits !== 8 || (channels !== 1 && channels !== 3) || segment.length !== 6 + 3 * channels || width === 0 || height === 0) return null;
  return { width, height, channels };
}

/** Whether an APP1 segment is none of Exif, or one that tells no orientation but the usual one. */
function isUpright(segment: Uint8Array): boolean {
  const text = Buffer.from(segment.buffer, segment.byteOffset, Math.min(segment.length, 14)).toString('latin1');
  if (!text.startsWith('Exif')) return true;
  const isLittle = text.startsWith('II*\0', 6);
  if (!isLittle && !text.startsWith('MM\0*', 6)) return false;
  const tiff = new DataView(segment.buffer, segment.byteOffset + 6, segment.length - 6);
  if (tiff.byteLength < 8) return false;
  const start = tiff.getUint32(4, isLittle);
  if (start + 2 > tiff.byteLength) return false;
  const count = tiff.getUint16(start, isLittle);
  if (start + 2 + 12 * count > tiff.byteLength) return false;
  for (let i = 0; i < count; i++) {
    const entry = start + 2 + 12 * i;
    if (tiff.getUint16(entry, isLittle) === 0x112 && tiff.getUint16(entry + 8, isLittle) !== 1) return false; // Orientation (Exif 2.32, 4.6.4)
  }
  return true;
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
