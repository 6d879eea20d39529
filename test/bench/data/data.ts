/** npm run bench -- data: what a look at a file costs, the first one and the second one, against what others take for the same, and what a batch costs that is
 *  read from a prepared folder. All data are made here from seeded streams, in a temporary folder that is removed. The files were written just before, so they
 *  lie in the page cache for all contestants alike. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arrays } from './arrays.ts';
import { batches } from './batches.ts';
import type { Part } from './part.ts';
import { pictures } from './pictures.ts';
import type { Measured } from './race.ts';
import { tables } from './tables.ts';
import { findPeers } from './turns.ts';

const parts: Readonly<Record<string, Part>> = { tables, pictures, arrays, batches };

export interface DataOrder {
  readonly wanted: readonly string[]; // names of parts; none: all
  readonly rounds: number;
  readonly scale: number;
  readonly say: (line: string) => void;
}

/** @returns figures by part and case      @throws Error for a part that there is not */
export async function dataFigures({ wanted, rounds, scale, say }: DataOrder): Promise<Readonly<Record<string, Readonly<Record<string, readonly Measured[]>>>>> {
  const unknown = wanted.filter((name) => parts[name] === undefined);
  if (unknown.length > 0) throw new Error(`No part is called ${unknown.join(', ')}. There are ${Object.keys(parts).join(', ')}.`);
  const peers = findPeers();
  const scratch = mkdtempSync(join(tmpdir(), 'auxlab-bench-'));
  try {
    say(`Seconds, median of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, with the least and the most; x: multiples of the line with 1.00`);
    for (const line of peers.skipped) say(line);
    const figures: Record<string, Readonly<Record<string, readonly Measured[]>>> = {};
    for (const [name, part] of Object.entries(parts))
      if (wanted.length === 0 || wanted.includes(name)) figures[name] = await part({ scratch, rounds, scale, peers, say });
    return figures;
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 10 });
  }
}
