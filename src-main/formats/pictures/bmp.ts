/** Decodes uncompressed BMP pictures (Windows 2 to 5: 1, 4, 8, 16, 24 and 32 bits) into red, green and blue bytes. No package reads palettes and rows from
 *  the top. The header is a stranger's: every place in it is checked before it is read. */

export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly isGray: boolean; // by its palette
}

interface Layout extends BmpHeader {
  readonly isFromTop: boolean;
  readonly bits: number;
  readonly start: number; // of the pixels
  readonly palette: Uint8Array | null; // [colors, 3], red first
  readonly masks: readonly number[] | null; // red, green, blue
}

/** @throws Error with the reason, as a half sentence */
export function bmpHeader(bytes: Uint8Array): BmpHeader {
  return layoutOf(bytes);
}

/** @returns [height, width, 3]  @throws Error with the reason, as a half sentence */
export function decodeBmp(bytes: Uint8Array): Uint8Array {
  const layout = layoutOf(bytes);
  const { width, height, bits, start, isFromTop } = layout;
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (start + stride * height > bytes.length) throw new Error('the picture is cut off');
  const out = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = bytes.subarray(start + (isFromTop ? y : height - 1 - y) * stride);
    copyRow(row, layout, out.subarray(y * width * 3, (y + 1) * width * 3));
  }
  return out;
}

function copyRow(row: Uint8Array, { width, bits, palette, masks }: Layout, out: Uint8Array): void {
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  for (let x = 0; x < width; x++) {
    if (palette !== null) {
      const place = x * bits;
      const color = ((row[place >> 3] ?? 0) >> (8 - bits - (place & 7))) & ((1 << bits) - 1);
      out.set(palette.subarray(3 * color, 3 * color + 3), 3 * x); // a color beyond the palette stays black
    } else if (masks !== null) {
      const pixel = bits === 16 ? view.getUint16(2 * x, true) : view.getUint32(4 * x, true);
      masks.forEach((mask, i) => (out[3 * x + i] = throughMask(pixel, mask)));
    } else {
      const at = (x * bits) >> 3;
      out[3 * x] = row[at + 2] ?? 0;
      out[3 * x + 1] = row[at + 1] ?? 0;
      out[3 * x + 2] = row[at] ?? 0;
    }
  }
}

/** The bits below a mask, spread over 0 to 255. */
function throughMask(pixel: number, mask: number): number {
  if (mask === 0) return 0;
  const low = mask & -mask;
  return Math.round((255 * (((pixel & mask) >>> 0) / (low >>> 0))) / ((mask >>> 0) / (low >>> 0)));
}

function layoutOf(bytes: Uint8Array): Layout {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 26) throw new Error('its header is cut off');
  const start = view.getUint32(10, true);
  const headerBytes = view.getUint32(14, true);
  const isOld = headerBytes === 12;
  if (!isOld && (headerBytes < 40 || bytes.length < 54)) throw new Error('its header is damaged');
  const width = isOld ? view.getUint16(18, true) : view.getInt32(18, true);
  const told = isOld ? view.getInt16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(isOld ? 24 : 28, true);
  const compression = isOld ? 0 : view.getUint32(30, true);
  if (width <= 0 || told === 0 || ![1, 4, 8, 16, 24, 32].includes(bits)) throw new Error('its header is damaged');
  const hasMasks = (compression === 3 || compression === 6) && (bits === 16 || bits === 32);
  if (compression !== 0 && !hasMasks) throw new Error('it is a compressed BMP, which is not read: save it as PNG');
  const palette = bits <= 8 ? paletteOf(bytes, { at: 14 + headerBytes, each: isOld ? 3 : 4, count: 1 << bits, end: start }) : null;
  return { width, height: Math.abs(told), isFromTop: told < 0, bits, start, palette, masks: masksOf(view, bits, hasMasks), isGray: isGrayPalette(palette) };
}

function masksOf(view: DataView, bits: number, hasMasks: boolean): number[] | null {
  if (!hasMasks) return bits === 16 ? [0x7c00, 0x3e0, 0x1f] : null;
  if (view.byteLength < 66) throw new Error('its header is cut off');
  return [54, 58, 62].map((at) => view.getUint32(at, true));
}

function paletteOf(bytes: Uint8Array, { at, each, count, end }: { at: number; each: number; count: number; end: number }): Uint8Array {
  const last = Math.min(bytes.length, end > at ? end : bytes.length);
  const colors = Math.min(count, Math.floor((last - at) / each));
  if (colors <= 0) throw new Error('its colors are missing');
  const palette = new Uint8Array(count * 3);
  for (let i = 0; i < colors; i++) for (let c = 0; c < 3; c++) palette[3 * i + c] = bytes[at + each * i + 2 - c] ?? 0; // blue comes first there
  return palette;
}

function isGrayPalette(palette: Uint8Array | null): boolean {
  if (palette === null) return false;
  for (let i = 0; i < palette.length; i += 3) if (palette[i] !== palette[i + 1] || palette[i] !== palette[i + 2]) return false;
  return true;
}
