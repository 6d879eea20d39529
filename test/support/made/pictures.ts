/** Made JPEGs, one folder a class: smooth coloured noise, every picture another one, about as large as photographs of their size are. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { wordsOf } from './noise.ts';

export interface MadePictures {
  readonly count: number;
  readonly side: number; // pixels
  readonly classes?: number;
  readonly seed?: number;
}

const inFlight = 4;

/** Picture k is of class k % classes and tinted by it.  @returns bytes written */
export async function writePictures(folder: string, { count, side, classes = 4, seed = 1 }: MadePictures): Promise<number> {
  const folders = Array.from({ length: classes }, (_, at) => join(folder, `class-${at}`));
  for (const path of folders) mkdirSync(path, { recursive: true });
  let [next, bytes] = [0, 0];
  const work = async (): Promise<void> => {
    for (let at = next++; at < count; at = next++) {
      const jpeg = await picture(side, at, at % classes, seed);
      writeFileSync(join(folders[at % classes] ?? folder, `${String(at).padStart(6, '0')}.jpg`), jpeg);
      bytes += jpeg.length;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, work));
  return bytes;
}

async function picture(side: number, index: number, kind: number, seed: number): Promise<Buffer> {
  const grid = Math.max(2, Math.round(side / 4));
  const words = wordsOf(seed, 'picture', index);
  const pixels = Uint8Array.from({ length: grid * grid * 3 }, (_, at) => (words() & 0x7f) + (at % 3 === kind % 3 ? 96 : 16 * (kind >> 1)));
  return sharp(pixels, { raw: { width: grid, height: grid, channels: 3 } })
    .resize(side, side, { kernel: 'cubic' })
    .jpeg({ quality: 85 })
    .toBuffer();
}
