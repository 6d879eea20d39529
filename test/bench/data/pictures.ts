/** 4,000 JPEGs of 256 x 256, in folders of their classes, into 64 x 64 and into 224 x 224: against Pillow on one core, which may let the decoder shrink (draft)
 *  or not, and against sharp alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { writePictures } from '../../support/made/pictures.ts';
import { writeTable } from '../../support/made/table.ts';
import { megabytes, scaled, type Part, type PartOrder } from './part.ts';
import { claimLine, figureLines, race, secondsOf, type Measured, type Turn } from './race.ts';
import { looks, lookTurn, peerTurns, readingTurn, startName, startTurn } from './turns.ts';

const sides = [64, 224] as const;

export const pictures: Part = async (order) => {
  const folder = join(order.scratch, 'pictures');
  const small = join(order.scratch, 'three-for-pictures.csv');
  const count = scaled(4000, order.scale);
  const bytes = await writePictures(folder, { count, side: 256 });
  writeTable(small, { rows: 3, numbers: 2, decimals: 1 });
  const figures: Record<string, readonly Measured[]> = {};
  for (const side of sides) figures[`into ${side}`] = await one(order, { folder, small, count, bytes, side });
  return figures;
};

interface Case {
  readonly folder: string;
  readonly small: string;
  readonly count: number;
  readonly bytes: number;
  readonly side: number;
}

async function one({ scratch, rounds, peers, say }: PartOrder, { folder, small, count, bytes, side }: Case): Promise<Measured[]> {
  const others = (['draft', 'plain'] as const).flatMap((mode) =>
    peerTurns(peers, 'pillow', `Pillow, one core, ${mode}`, ['pictures', folder, String(side), mode]),
  );
  const figures = await race(
    [
      lookTurn(scratch, folder, small, ['--image-size', `${side}x${side}`]),
      startTurn(scratch, small),
      readingTurn(scratch, folder, { width: side, height: side }),
      sharpTurn(folder, side),
      ...others,
    ],
    rounds,
  );
  say(`\n${count} JPEGs of 256 x 256, ${megabytes(bytes)}, into ${side} x ${side}`);
  for (const line of figureLines(figures, 'Pillow, one core, draft', { count, unit: 'pictures' })) say(line);
  const second = secondsOf(figures, looks.second) - secondsOf(figures, startName);
  for (const line of claimLine('the second look beside the start', second, 0.3)) say(line);
  return figures;
}

/** The decoder by itself: four pictures in flight, each in one thread, read from the disk and thrown away. */
function sharpTurn(folder: string, side: number): Turn {
  return async () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.jpg'));
    const startedAt = performance.now();
    let next = 0;
    const work = async (): Promise<void> => {
      for (let at = next++; at < files.length; at = next++)
        await sharp(readFileSync(join(folder, files[at] ?? '')))
          .resize(side, side, { fit: 'fill' })
          .raw()
          .toBuffer();
    };
    await Promise.all(Array.from({ length: 4 }, work));
    return { 'sharp alone, four in flight': (performance.now() - startedAt) / 1000 };
  };
}
