/** The calls of the contract in the process of a lab: what the command line asks is what a window asks. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFakeLab, flowersPlan, writeFlowers } from '../support/labHome.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();

test('a lab answers calls as over a wire: figures are numbers, errors have their code and sentence', async () => {
  const home = folder();
  const lab = openFakeLab(home);
  const made = await lab.runPlan(flowersPlan(writeFlowers(home), { repeats: 1 }));
  const { experimentId: id } = made;
  expect(await lab.call('experiments.named', { id: id.slice(0, 12) })).toEqual({ kind: 'experiment', id });
  expect(await lab.call('experiments.named', { id: `${id}-baseline` })).toMatchObject({ kind: 'run', id: expect.stringMatching(/-baseline-1$/) });
  await expect(lab.call('experiments.named', { id: `${id}-baseline`, only: 'experiment' })).rejects.toMatchObject({ code: 'not-found' });
  const shown = await lab.call('experiments.show', { id });
  expect(made.comparisons[0]?.difference).toMatchObject({ low: -Infinity, high: Infinity }); // one pair bounds nothing
  expect(shown.comparisons[0]?.difference).toMatchObject({ low: NaN, high: NaN });
  expect(JSON.stringify(shown)).toBe(JSON.stringify(made)); // what --json prints is the same, whichever way it came
  expect((await lab.call('lab.about', {})).host).toBe('terminal');
  lab.close();
});

test('a report has the notes that are kept, or others for this once', async () => {
  const home = folder();
  const lab = openFakeLab(home);
  const { experimentId: id } = await lab.runPlan(flowersPlan(writeFlowers(home), { repeats: 1 }));
  await lab.call('experiments.setNotes', { id, notes: 'Kept beside it.' });
  const report = async (notes?: string): Promise<string> =>
    (await lab.call('report.export', { id, format: 'markdown', ...(notes === undefined ? {} : { notes }) })).content;
  expect(await report()).toContain('Kept beside it.');
  const other = await report('Only today.');
  expect(other).toContain('Only today.');
  expect(other).not.toContain('Kept beside it.');
  expect(await report()).toContain('Kept beside it.');
  lab.close();
});

test('a damaged bundle is refused with its sentence, and nothing is kept of it', async () => {
  const home = folder();
  const lab = openFakeLab(home);
  const path = join(home, 'broken.auxlab');
  writeFileSync(path, 'no archive');
  await expect(lab.call('bundle.import', { path })).rejects.toMatchObject({
    code: 'bad-input',
    message: `${path} cannot be unpacked: the ZIP archive is damaged, encrypted or cut off.`,
  });
  expect(await lab.call('experiments.list', {})).toEqual([]);
  expect(existsSync(join(home, 'plans'))).toBe(false);
  lab.close();
});
