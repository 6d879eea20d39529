import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { decodeImage } from '../../src-main/formats/pictures/decodeImage.ts';
import { readHeader } from '../../src-main/formats/pictures/imageHeader.ts';
import { jpegHeader } from '../../src-main/formats/pictures/jpegHeader.ts';
import { canResize, resizePicture } from '../../src-main/formats/pictures/pictureResize.ts';

/** Numbers that look like chance and are the same each time. */
function noise(count: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const value = state >>> 24;
    return value < 40 ? 0 : value > 215 ? 255 : value; // with hard edges, where the sums swing beyond
  });
}

async function bySharp(source: Uint8Array, width: number, height: number, channels: 1 | 3, to: { width: number; height: number }): Promise<Uint8Array> {
  return sharp(source, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .resize(to.width, to.height, { fit: 'fill' })
    .raw()
    .toBuffer();
}

describe('resizing is to the bit what sharp does', () => {
  const sizes = [
    [256, 256, 224, 224],
    [256, 256, 112, 112],
    [320, 240, 224, 168],
    [301, 173, 299, 61],
    [97, 64, 97, 32],
    [64, 97, 33, 97],
    [17, 5, 5, 5],
    [3, 2, 1, 1],
    [399, 399, 100, 100],
    [500, 375, 171, 224],
  ] as const;
  test.each(sizes)('%i x %i to %i x %i', async (width, height, toWidth, toHeight) => {
    const to = { width: toWidth, height: toHeight };
    for (const channels of [1, 3] as const) {
      const source = noise(width * height * channels, width + channels);
      expect(canResize({ width, height }, to)).toBe(true);
      const own = resizePicture(source, { width, height }, to, channels);
      expect(Buffer.compare(own, await bySharp(source, width, height, channels, to))).toBe(0);
    }
  });

  test('sizes by chance, one after the other', async () => {
    const chance = noise(400, 5);
    for (let i = 0; i < 100; i++) {
      const [a = 0, b = 0, c = 0, d = 0] = chance.subarray(4 * i, 4 * i + 4);
      const from = { width: 2 + a, height: 2 + b };
      const to = { width: Math.ceil(from.width / (1 + c / 90)), height: Math.ceil(from.height / (1 + d / 90)) };
      if (!canResize(from, to)) continue;
      const channels = i % 2 === 0 ? 1 : 3;
      const source = noise(from.width * from.height * channels, i);
      const own = resizePicture(source, from, to, channels);
      expect(Buffer.compare(own, await bySharp(source, from.width, from.height, channels, to)), `${JSON.stringify(from)} to ${JSON.stringify(to)}`).toBe(0);
    }
  });

  test('what libvips does in another way is left to it', () => {
    const square = (side: number): { width: number; height: number } => ({ width: side, height: side });
    expect(canResize(square(64), square(64))).toBe(false);
    expect(canResize(square(64), { width: 65, height: 32 })).toBe(false);
    expect(canResize(square(256), square(64))).toBe(false); // a mean of blocks first
    expect(canResize({ width: 9, height: 371 }, { width: 9, height: 192 })).toBe(false); // a place on the border of two weights
  });
});

test('a JPEG and a PNG decode to what the pipeline of sharp gives, whichever way is taken', async () => {
  const picture = sharp(noise(90 * 70 * 3, 1), { raw: { width: 90, height: 70, channels: 3 } });
  const files = [
    await picture.clone().jpeg().toBuffer(),
    await picture.clone().jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
    await picture.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    await picture.clone().toColourspace('b-w').jpeg().toBuffer(),
    await picture.clone().withIccProfile('p3').jpeg().toBuffer(),
    await picture.clone().png().toBuffer(),
    await picture.clone().png({ palette: true }).toBuffer(),
  ];
  for (const file of files)
    for (const form of [
      { width: 60, height: 50, channels: 3 },
      { width: 20, height: 16, channels: 3 },
      { width: 100, height: 50, channels: 3 },
    ] as const) {
      const own = await decodeImage(file, await readHeader(file), form);
      const told = await sharp(file).autoOrient().resize(form.width, form.height, { fit: 'fill' }).toColourspace('srgb').raw().toBuffer();
      const all = told.length === own.length ? told : Buffer.from(told.length * 3 === own.length ? [...told].flatMap((value) => [value, value, value]) : []);
      expect(Buffer.compare(own, all)).toBe(0);
    }
});

describe('the header of a JPEG', () => {
  const picture = sharp(noise(12, 1), { raw: { width: 2, height: 2, channels: 3 } }).resize(31, 17);

  test('tells size, channels and profile', async () => {
    expect(jpegHeader(await picture.clone().jpeg().toBuffer())).toEqual({ width: 31, height: 17, channels: 3, hasProfile: false });
    expect(jpegHeader(await picture.clone().jpeg({ progressive: true }).toBuffer())).toMatchObject({ width: 31, height: 17 });
    expect(jpegHeader(await picture.clone().toColourspace('b-w').jpeg().toBuffer())).toMatchObject({ channels: 1 });
    expect(jpegHeader(await picture.clone().withIccProfile('srgb').jpeg().toBuffer())).toMatchObject({ hasProfile: true });
    expect(jpegHeader(await picture.clone().withMetadata({ orientation: 1 }).jpeg().toBuffer())).toMatchObject({ width: 31 });
  });

  test('is not read where it is turned, CMYK or cut off', async () => {
    for (const orientation of [2, 6, 8]) expect(jpegHeader(await picture.clone().withMetadata({ orientation }).jpeg().toBuffer())).toBeNull();
    expect(jpegHeader(await picture.clone().toColourspace('cmyk').jpeg().toBuffer())).toBeNull();
    const whole = await picture.clone().jpeg().toBuffer();
    const scan = whole.indexOf(Buffer.from([0xff, 0xda]));
    for (let length = 0; length < scan; length += 7) expect(jpegHeader(whole.subarray(0, length))).toBeNull();
    expect(jpegHeader(Buffer.from('not a JPEG at all, but a text that is long enough'))).toBeNull();
  });
});
