/** Looks at a table of a million rows and at a folder of pictures that are killed at random moments of their way. AUXLAB_LARGE_SHARE makes both smaller. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Stream } from '../../src-main/contract/random.ts';
import { killedLook, undisturbedLook, victims } from '../support/campaigns/killedImport.ts';
import { largeFolder, largeShare } from '../support/campaigns/watched.ts';
import { writePictures } from '../support/made/pictures.ts';
import { writeTable } from '../support/made/table.ts';
import { needsProc } from '../support/processTree.ts';

const kills = 20;

const sources: Readonly<Record<string, (path: string) => unknown>> = {
  'table.csv': (path) => writeTable(path, { rows: Math.round(1e6 * largeShare()), numbers: 18, decimals: 2 }),
  pictures: (path) => writePictures(path, { count: Math.round(3000 * largeShare()), side: 224 }),
};

test.each(Object.entries(sources))('%s: after every kill the next look finds everything, and nothing is left over', needsProc, async (name, make) => {
  const folder = mkdtempSync(join(largeFolder(), 'auxlab-killed-'));
  try {
    const [source, home] = [join(folder, name), join(folder, 'home')];
    await make(source);
    const undisturbed = await undisturbedLook(home, source);
    const random = new Stream(1, `killed imports/${name}`);
    let [hits, reachMs] = [0, undisturbed.ms];
    for (let kill = 0; kill < kills; kill++) {
      const victim = victims[kill % victims.length] ?? 'group';
      const afterMs = reachMs * random.uniform();
      const killed = await killedLook(home, { source, victim, entry: 'reading-', afterMs });
      const what = `${victim}, ${afterMs.toFixed(0)} ms after the reading began`;
      expect(killed.survivors, what).toBe(0);
      expect(killed.report, what).toBe(undisturbed.report);
      expect(killed.files, what).toEqual(undisturbed.files);
      if (killed.wasHit) hits += 1;
      else reachMs = Math.min(reachMs, 1.1 * afterMs); // the reading had ended by then
    }
    expect(hits, 'of the kills, most fell into the reading').toBeGreaterThan(kills / 2);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  }
});
