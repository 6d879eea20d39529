/** Pictures that the tests make: of one color, of gray numbers, of 16 bits and more, as BMP. */
import sharp from 'sharp';

export type Rgb = readonly [number, number, number];

/** A picture of one color. */
export async function flat(width: number, height: number, [r, g, b]: Rgb, kind: 'png' | 'jpeg' | 'webp' | 'gif' | 'tiff' | 'avif' = 'png'): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
    .toFormat(kind, { quality: 100 })
    .toBuffer();
}

/** A gray PNG of 16 bits. */
export async function deep(width: number, height: number, values: readonly number[]): Promise<Buffer> {
  return sharp(Uint16Array.from(values), { raw: { width, height, channels: 1 } })
    .toColourspace('grey16')
    .png()
    .toBuffer();
}

/** An uncompressed gray TIFF (TIFF 6.0, tags 256 to 339). @param format 1 unsigned, 3 floating point */
export function tiffOf(width: number, height: number, bits: number, format: number, data: Uint8Array): Buffer {
  const tags = [
    [256, width],
    [257, height],
    [258, bits],
    [259, 1],
    [262, 1],
    [273, 8],
    [277, 1],
    [278, height],
    [279, data.length],
    [339, format],
  ] as const;
  const directory = Buffer.alloc(2 + 12 * tags.length + 4);
  directory.writeUInt16LE(tags.length, 0);
  tags.forEach(([tag, value], i) => {
    directory.writeUInt16LE(tag, 2 + 12 * i);
    directory.writeUInt16LE(4, 4 + 12 * i); // LONG
    directory.writeUInt32LE(1, 6 + 12 * i);
    directory.writeUInt32LE(value, 10 + 12 * i);
  });
  const head = Buffer.from('II*\0\0\0\0\0', 'latin1');
  head.writeUInt32LE(8 + data.length, 4);
  return Buffer.concat([head, data, directory]);
}

/** A BMP with a header of 40 bytes. @param rows as they lie in the file, filled up to four bytes each @param height negative when the first row is the top */
export function bmpOf(width: number, height: number, bits: number, rows: readonly number[], palette: readonly number[] = [], compression = 0): Buffer {
  const start = 54 + palette.length;
  const head = Buffer.alloc(54);
  head.write('BM', 0, 'latin1');
  head.writeUInt32LE(start + rows.length, 2);
  head.writeUInt32LE(start, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(bits, 28);
  head.writeUInt32LE(compression, 30);
  return Buffer.concat([head, Buffer.from(palette), Buffer.from(rows)]);
}
