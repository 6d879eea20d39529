/** 60,000 pictures of 28 x 28 bytes as arrays: packed with their labels (NPZ), and plain (NPY), against NumPy, which loads them and takes their means, spreads,
 *  least and largest values. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { writeNpy, writeNpz } from '../../support/made/arrays.ts';
import { writeTable } from '../../support/made/table.ts';
import { megabytes, scaled, type Part } from './part.ts';
import { claimLine, figureLines, race, secondsOf, type Measured } from './race.ts';
import { looks, lookTurn, peerTurns, readingTurn, startName, startTurn } from './turns.ts';

export const arrays: Part = async ({ scratch, rounds, scale, peers, say }) => {
  const rows = scaled(60_000, scale);
  const small = join(scratch, 'three-for-arrays.csv');
  writeTable(small, { rows: 3, numbers: 2, decimals: 1 });
  const all: Record<string, readonly Measured[]> = {};
  for (const [kind, write] of [['npz', writeNpz] as const, ['npy', writeNpy] as const]) {
    const path = join(scratch, `arrays.${kind}`);
    write(path, rows);
    const name = 'NumPy, load and statistics';
    const others = peerTurns(peers, 'numpy', name, ['array', path]);
    const figures = await race([lookTurn(scratch, path, small), startTurn(scratch, small), readingTurn(scratch, path), ...others], rounds);
    say(`\nAn array of ${rows} x 28 x 28 bytes, ${kind}, ${megabytes(statSync(path).size)}`);
    for (const line of figureLines(figures, name)) say(line);
    for (const line of claimLine('the second look beside the start', secondsOf(figures, looks.second) - secondsOf(figures, startName), 0.3)) say(line);
    all[kind] = figures;
  }
  return all;
};
