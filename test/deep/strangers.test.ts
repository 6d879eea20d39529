import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { anyColumn, bundleTrial, change, layGround, planTrial, storeTrial } from '../support/strangerTrials.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const trials = 5000;
let ground: Awaited<ReturnType<typeof layGround>>;

beforeAll(async () => {
  ground = await layGround(folder(), folder());
});

describe('whatever one field of a file from a stranger holds', () => {
  test('a bundle is refused or shown', async () => {
    const ends = { refused: 0, shown: 0 };
    await fc.assert(
      fc.asyncProperty(change, async (how) => void ends[await bundleTrial(ground, how)]++),
      { numRuns: trials },
    );
    expect(ends.refused).toBeGreaterThan(trials / 10);
    expect(ends.shown).toBeGreaterThan(trials / 100);
  });

  test('a store is shown or refused', () =>
    fc.assert(
      fc.asyncProperty(change, anyColumn, (how, column) => storeTrial(ground, how, column)),
      { numRuns: trials },
    ));

  test('a plan is checked or refused', () =>
    fc.assert(
      fc.asyncProperty(change, (how) => planTrial(ground, how)),
      { numRuns: trials },
    ));
});
