/** 40,000 pictures of 224 x 224 x 3, 6 GB decoded. AUXLAB_LARGE_FOLDER names a folder with 14 GB of room, AUXLAB_LARGE_SHARE a share of the pictures for a
 *  shorter look. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { largePictures } from '../support/campaigns/largePictures.ts';
import { largeFolder, largeShare, watchedLine } from '../support/campaigns/watched.ts';
import { needsProc } from '../support/processTree.ts';
import { needsTensorFlow } from '../support/tensorFlow.ts';

const most = 3e9; // bytes, of all processes together
const leastShare = 0.9; // of the speed on pictures that fit into memory; 1.01 was measured

test('6 GB of pictures are looked at and trained on with less than 3 GB of memory', { ...needsProc, ...needsTensorFlow }, async () => {
  const folder = mkdtempSync(join(largeFolder(), 'auxlab-large-pictures-'));
  try {
    const count = Math.round(40_000 * largeShare());
    const order = { count, few: Math.min(count, 400), side: 224, steps: Math.max(60, Math.round(200 * largeShare())), network: 'cnn:filters=8', batch: 32 };
    const { decodedBytes, look, training, stepsASecond, stepsASecondOfFew } = await largePictures(folder, order);
    const share = stepsASecond / stepsASecondOfFew;
    process.stdout.write(
      `${count} pictures, ${(decodedBytes / 1e9).toFixed(2)} GB decoded\n${watchedLine('look', look)}\n${watchedLine('training', training)}\n`,
    );
    process.stdout.write(`${stepsASecond.toFixed(2)} steps a second, ${stepsASecondOfFew.toFixed(2)} with ${order.few} pictures: ${share.toFixed(2)}\n`);
    expect(look.rows).toBe(count);
    expect(training.document.arms.flatMap(({ runs }) => runs.map(({ status, steps }) => [status, steps]))).toEqual([
      ['finished', order.steps],
      ['finished', order.steps],
    ]);
    for (const { peak } of [look, training]) expect(peak.anonymousBytes).toBeLessThan(most);
    expect(share).toBeGreaterThan(leastShare);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  }
});
