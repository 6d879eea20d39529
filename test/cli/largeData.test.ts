/** The campaigns of test/deep at a hundredth of their size and below, so that they still run when they are wanted. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { killedLook, undisturbedLook, victims } from '../support/campaigns/killedImport.ts';
import { largePictures } from '../support/campaigns/largePictures.ts';
import { largeTable } from '../support/campaigns/largeTable.ts';
import { writeTable } from '../support/made/table.ts';
import { needsProc } from '../support/processTree.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const gibibyte = 2 ** 30;

test('a table is looked at and trained on while the memory of all processes is summed', needsProc, async () => {
  const { look, secondLook, training } = await largeTable(folder(), 20_000, 20);
  expect(look).toMatchObject({ rows: 20_000, columns: 20 });
  expect(secondLook.stdout).toBe(look.stdout);
  expect(training.document.arms.flatMap(({ runs }) => runs.map(({ status, steps }) => [status, steps]))).toEqual([
    ['finished', 20],
    ['finished', 20],
  ]);
  expect(training.peak.processes.map(({ what }) => what)).toEqual(expect.arrayContaining(['main.ts', 'worker.ts']));
  for (const { peak } of [look, secondLook, training]) expect(peak.anonymousBytes).toBeGreaterThan(20e6); // a bare Node process has as much
  expect(training.peak.anonymousBytes).toBeLessThan(2 * gibibyte);
});

test('pictures are looked at and trained on, and the speed is told beside that with few of them', needsProc, async () => {
  const order = { count: 120, few: 60, side: 24, steps: 80, network: 'mlp:units=16', batch: 16 };
  const { look, training, stepsASecond, stepsASecondOfFew } = await largePictures(folder(), order);
  expect(look.rows).toBe(120);
  expect(training.document.arms.flatMap(({ runs }) => runs.map(({ status, steps }) => [status, steps]))).toEqual([
    ['finished', 80],
    ['finished', 80],
  ]);
  expect(training.peak.anonymousBytes).toBeLessThan(3 * gibibyte);
  expect(stepsASecond).toBeGreaterThan(0);
  expect(stepsASecondOfFew).toBeGreaterThan(0);
});

// Where it reads lies a folder reading-*, where it writes a folder *.partial-*
test.each([...victims.map((victim) => [victim, 'reading-'] as const), ['group', '.partial-'] as const])(
  'a look whose %s is killed with a folder %s leaves nothing half-read, and the next one finds everything',
  needsProc,
  async (victim, entry) => {
    const here = folder();
    const source = join(here, 'table.csv');
    writeTable(source, { rows: 30_000, numbers: 18, decimals: 2 });
    const undisturbed = await undisturbedLook(join(here, 'whole'), source);
    const killed = await killedLook(join(here, 'killed'), { source, victim, entry });
    expect(killed.wasHit, 'it was killed before its end').toBe(true);
    expect(killed.left.join(), 'it was killed while it worked').toContain(entry);
    expect(killed.survivors).toBe(0);
    expect(killed.report).toBe(undisturbed.report);
    expect(killed.files).toEqual(undisturbed.files);
  },
);
