/** A table of 20 million rows and 20 columns, 2 GB as CSV and 3.2 GB as numbers. AUXLAB_LARGE_FOLDER names a folder with 12 GB of room, AUXLAB_LARGE_SHARE a
 *  share of the rows for a shorter look. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { largeTable } from '../support/campaigns/largeTable.ts';
import { largeFolder, largeShare, watchedLine } from '../support/campaigns/watched.ts';
import { needsProc } from '../support/processTree.ts';

const most = 2e9; // bytes, of all processes together

test('20 million rows are looked at and trained on with less than 2 GB of memory', needsProc, async () => {
  const folder = mkdtempSync(join(largeFolder(), 'auxlab-large-table-'));
  try {
    const rows = Math.round(20e6 * largeShare());
    const { bytes, look, secondLook, training } = await largeTable(folder, rows, 300);
    process.stdout.write(`${rows} rows, ${(bytes / 1e9).toFixed(2)} GB\n`);
    for (const [what, run] of Object.entries({ look, secondLook, training })) process.stdout.write(`${watchedLine(what, run)}\n`);
    expect(look).toMatchObject({ rows, columns: 20 });
    expect(secondLook.stdout).toBe(look.stdout);
    expect(training.document.arms.flatMap(({ runs }) => runs.map(({ status, steps }) => [status, steps]))).toEqual([
      ['finished', 300],
      ['finished', 300],
    ]);
    for (const { peak } of [look, secondLook, training]) expect(peak.anonymousBytes).toBeLessThan(most);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  }
});
