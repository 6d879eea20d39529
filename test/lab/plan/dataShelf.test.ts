import { appendFileSync, renameSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runProgram } from '../../../src-main/cli/program.ts';
import type { ReadData } from '../../../src-main/lab/plan/dataShelf.ts';
import { dataShelf } from '../../../src-main/lab/plan/dataShelf.ts';
import { loadData } from '../../../src-main/lab/plan/loadData.ts';
import { keptTerminal } from '../../cli/terminals.ts';
import { openFakeLab, writeFlowers } from '../../support/labHome.ts';
import { temporaryFolders } from '../../support/temporary.ts';

const folder = temporaryFolders();

/** Reads really, and notes what. */
function counted(): { readonly read: ReadData; readonly sources: string[] } {
  const sources: string[] = [];
  return {
    sources,
    read(data) {
      sources.push(data.source);
      return loadData(data);
    },
  };
}

describe('a file is read once', () => {
  test('by a comparison that looks for places of heads, checks its plan for a file and trains', async () => {
    const home = folder();
    const { read, sources } = counted();
    const file = writeFlowers(home);
    const words = ['compare', file, '--main', 'species', '--heads', '1', '--epochs', '1', '--repeats', '1', '--save-plan', 'plan.json', '--json'];
    const terminal = keptTerminal();
    const { signal } = new AbortController();
    const openLab = async () => Promise.resolve(openFakeLab(home, '', { readData: read }));
    expect(await runProgram(words, { terminal, env: {}, folder: home, home, signal, now: () => performance.now(), openLab })).toBe(0);
    expect(sources).toEqual([file]);
  });

  test('however often and in whatever order of options it is asked for, two at once too', async () => {
    const home = folder();
    const source = writeFlowers(home);
    const { read, sources } = counted();
    const shelf = dataShelf(read, home);
    const options = { delimiter: ',', header: true, decimal: undefined };
    const [first, second] = await Promise.all([
      shelf.read({ source, options }),
      shelf.read({ source: 'flowers.csv', options: { header: true, delimiter: ',' } }),
    ]);
    expect(second).toBe(first);
    expect(sources).toEqual([source]);
    await shelf.read({ source, options: { delimiter: ',', header: false } }); // read in another way it is another data set
    expect(sources).toHaveLength(2);
  });

  test('until it is written, even where its size stays the same', async () => {
    const home = folder();
    const source = writeFlowers(home);
    const { read, sources } = counted();
    const shelf = dataShelf(read, home);
    const before = await shelf.read({ source });
    appendFileSync(source, '1,2,red,a,3\n');
    expect((await shelf.read({ source })).rows).toBe(before.rows + 1);
    const { atime, mtime } = statSync(source);
    utimesSync(source, atime, new Date(mtime.getTime() + 1000));
    await shelf.read({ source });
    expect(sources).toHaveLength(3);
  });

  test('with the files of its parts, which start at the same folder and of which each is looked at', async () => {
    const home = folder();
    writeFlowers(home);
    const source = join(home, 'train.csv');
    renameSync(join(home, 'flowers.csv'), source);
    const other = writeFlowers(home);
    appendFileSync(other, '1,2,red,a,3\n');
    const { read, sources } = counted();
    const shelf = dataShelf(read, home);
    const joined = await shelf.read({ source: 'train.csv', parts: { test: 'flowers.csv' } });
    expect(joined.rows).toBe(121);
    expect(joined.columns[0]).toMatchObject({ name: 'split', classes: ['test', 'train'] });
    expect(await shelf.read({ source, parts: { test: other } })).toBe(joined);
    expect((await shelf.read({ source })).rows).toBe(60);
    appendFileSync(other, '1,2,red,a,3\n');
    expect((await shelf.read({ source, parts: { test: other } })).rows).toBe(122);
    expect(sources).toHaveLength(3);
    await expect(shelf.read({ source: 'sample:shapes', parts: { test: other } })).rejects.toThrow('A sample is divided as it comes');
  });

  test('unless it could not be read, or everything was let go', async () => {
    const home = folder();
    const { read, sources } = counted();
    const shelf = dataShelf(read, home);
    const source = join(home, 'flowers.csv');
    await expect(shelf.read({ source })).rejects.toThrow('does not exist');
    writeFlowers(home);
    await shelf.read({ source });
    shelf.clear();
    await shelf.read({ source });
    expect(sources).toHaveLength(3);
  });
});
