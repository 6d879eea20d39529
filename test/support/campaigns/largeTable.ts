/** A table that may be larger than memory: it is made, looked at and trained on, while the memory of all processes is watched. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ExperimentDocument } from '../../../src-main/contract/results.ts';
import { writeTable } from '../made/table.ts';
import { watchedCli, type WatchedRun } from './watched.ts';

export interface LargeTable {
  readonly bytes: number; // of the CSV file
  readonly look: WatchedRun & { readonly rows: number; readonly columns: number };
  readonly secondLook: WatchedRun;
  readonly training: WatchedRun & { readonly document: ExperimentDocument };
}

/** @param folder empty; the table and the data directory lie in it    @param words further ones of `compare` */
export async function largeTable(folder: string, rows: number, steps: number, words: readonly string[] = []): Promise<LargeTable> {
  const [file, home] = [join(folder, 'table.csv'), join(folder, 'home')];
  writeTable(file, { rows, numbers: 18, decimals: 2 });
  const look = await watchedCli(home, ['data', 'inspect', file, '--json']);
  const secondLook = await watchedCli(home, ['data', 'inspect', file, '--json']);
  const told = JSON.parse(look.stdout) as { readonly rows: number; readonly columns: readonly unknown[] }; // what `data inspect --json` prints
  const training = await watchedCli(home, [
    ...['compare', file, '--main', 'label', '--aux', 'group', '--network', 'mlp', '--repeats', '1', '--max-steps', String(steps), '--json'],
    ...words,
  ]);
  return {
    bytes: statSync(file).size,
    look: { ...look, rows: told.rows, columns: told.columns.length },
    secondLook,
    training: { ...training, document: JSON.parse(training.stdout) as ExperimentDocument }, // the product's own document
  };
}
