/** The command line with files that others exported: import, show, resume with consent, export. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { runProgram } from '../../src-main/cli/program.ts';
import type { ExperimentDocument } from '../../src-main/contract/results.ts';
import { genuineBundle, openWatchedLab, type Told } from '../support/strangers.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { keptTerminal, type KeptTerminal } from './terminals.ts';

const folder = temporaryFolders();
let genuine: Awaited<ReturnType<typeof genuineBundle>>;
beforeAll(async () => {
  genuine = await genuineBundle(folder(), folder());
});

interface Place {
  readonly home: string;
  readonly here: string;
  readonly told: Told[];
}

/** A home into which the file was imported. */
async function imported(): Promise<Place> {
  const place = { home: folder(), here: folder(), told: [] };
  writeFileSync(join(place.here, 'theirs.auxlab'), genuine.file);
  const { code, terminal } = await auxlab(place, ['import', 'theirs.auxlab']);
  expect([code, terminal.remarks]).toEqual([0, [`Imported as ${genuine.id}.`]]);
  return place;
}

async function auxlab(
  { home, here, told }: Place,
  words: readonly string[],
  answer?: boolean,
): Promise<{ readonly code: number; readonly terminal: KeptTerminal }> {
  const terminal = keptTerminal(answer === undefined ? {} : { answer });
  const { signal } = new AbortController();
  const code = await runProgram(words, { terminal, env: {}, folder: here, home, signal, now: () => 0, openLab: async () => openWatchedLab(home, told) });
  return { code, terminal };
}

describe('an experiment that came as a file', () => {
  test('is shown as imported, by show, list and --json', async () => {
    const place = await imported();
    const shown = (await auxlab(place, ['show', genuine.id])).terminal.printed.join('\n');
    expect(shown).toContain('Warning: Imported on ');
    expect((await auxlab(place, ['list'])).terminal.printed.join('\n')).toMatch(/failed, imported|interrupted, imported/);
    const { terminal } = await auxlab(place, ['show', genuine.id, '--json']);
    expect((JSON.parse(terminal.printed.join('')) as ExperimentDocument).imported).toMatch(/^\d{4}-/);
    const again = await auxlab(place, ['import', 'theirs.auxlab', '--json']);
    expect(again.terminal.remarks).toEqual([`Experiment ${genuine.id} is here already and was left as it is.`]);
    expect(JSON.parse(again.terminal.printed.join(''))).toMatchObject({ experimentId: genuine.id });
  });

  test('without a terminal resume refuses with exit code 2 and the sentence, and without an ID it finds nothing', async () => {
    const place = await imported();
    const refused = await auxlab(place, ['resume', genuine.id]);
    expect(refused.code).toBe(2);
    expect(refused.terminal.remarks.at(-1)).toContain(`nothing of it is trained before you name its data: npx auxlab resume ${genuine.id} --data PATH`);
    expect((await auxlab(place, ['resume'])).code).toBe(2);
    expect((await auxlab(place, ['resume', genuine.id, '--repeats', '4', '--json'])).code).toBe(2);
    expect(place.told).toEqual([]);
  });

  test('with a terminal it asks, names the data that would be opened, and takes only a yes', async () => {
    const place = await imported();
    const no = await auxlab(place, ['resume', genuine.id], false);
    expect(no.code).toBe(2);
    expect(no.terminal.questions).toEqual([`Experiment ${genuine.id} was imported. It would open ${JSON.stringify(genuine.data)} and train a run. Go on?`]);
    expect(place.told).toEqual([]);
    await auxlab(place, ['resume', genuine.id], true);
    expect(place.told.at(-1)?.job.runId).toBe(`${genuine.id}-auxiliary-2`); // after a trial of its steps, where JavaScript would train it
  });

  test('trains on data that are named, from wherever they lie, if they are the same', async () => {
    const place = await imported();
    mkdirSync(join(place.here, 'mine'));
    writeFileSync(join(place.here, 'mine', 'copy.csv'), readFileSync(genuine.data));
    await auxlab(place, ['resume', genuine.id, '--data', 'mine/copy.csv']);
    expect(place.told.at(-1)?.job.runId).toBe(`${genuine.id}-auxiliary-2`); // after a trial of its steps, where JavaScript would train it
    const other = await imported();
    const { code, terminal } = await auxlab(other, ['resume', genuine.id, '--data', 'sample:auto-mpg']); // a sample is named as everywhere
    expect([code, terminal.remarks.at(-1)]).toEqual([2, expect.stringContaining('sample:auto-mpg is not the data of experiment')]);
  });
});

describe('export', () => {
  test("an experiment's ID gives one file that can be imported again, a run's a folder, and the beginning of one will do", async () => {
    const place = await imported();
    const { terminal } = await auxlab(place, ['export', genuine.id]);
    expect(terminal.printed).toEqual([join(place.here, `${genuine.id}.auxlab`)]);
    const other = { home: folder(), here: place.here, told: [] };
    expect((await auxlab(other, ['import', `${genuine.id}.auxlab`])).code).toBe(0);
    const run = `${genuine.id}-baseline-1`;
    expect((await auxlab(place, ['export', run])).terminal.printed).toEqual([join(place.here, run)]);
    expect(readdirSync(join(place.here, run)).sort()).toEqual(['job.json', 'metrics.csv', 'plan.json', 'points.csv', 'run.json']);
    expect((await auxlab(place, ['export', `${genuine.id}-base`])).code).toBe(2); // two runs begin so
    expect((await auxlab(place, ['export', genuine.id.slice(0, 6), '--to', 'a/b.auxlab'])).terminal.printed).toEqual([join(place.here, 'a', 'b.auxlab')]);
    const folderInTheWay = await auxlab(place, ['export', genuine.id, '--to', 'a']);
    expect([folderInTheWay.code, folderInTheWay.terminal.remarks]).toEqual([2, [`${join(place.here, 'a')} is a folder; name a file.`]]);
    const unknown = await auxlab(place, ['export', 'nothing']);
    expect(unknown.terminal.remarks.at(-1)).toMatch(/^No experiment and no run has the ID "nothing"\./);
  });

  test('a file that is none is refused, and nothing is kept', async () => {
    const place = { home: folder(), here: folder(), told: [] };
    writeFileSync(join(place.here, 'x.auxlab'), 'x');
    expect((await auxlab(place, ['import', 'x.auxlab'])).code).toBe(2);
    expect((await auxlab(place, ['import', 'none.auxlab'])).terminal.remarks.at(-1)).toBe(`${join(place.here, 'none.auxlab')} does not exist.`);
    expect(existsSync(join(place.home, 'plans'))).toBe(false);
  });
});
