import { describe, expect, test } from 'vitest';
import { checkParams } from '../../src-main/contract/params.ts';
import { forkmerge } from '../../src-main/methods/forkmerge.ts';
import { runInProcess, sampleJob, type JobOptions, type Outcome } from '../support/engineRuns.ts';
import { withSamples } from '../support/entriesThere.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();

async function trained(options: Pick<JobOptions, 'training' | 'methodParams'>): Promise<Outcome> {
  const auxiliaries = ['parity', 'size'].map((target) => ({ id: target, target }));
  const job: JobOptions = { sample: 'digits', network: 'mlp', main: 'digit', method: 'forkmerge', auxiliaries, ...options };
  return runInProcess(await sampleJob(folder(), 'run', job));
}

describe('forkmerge', () => {
  const params = (given: Record<string, unknown> = {}) => checkParams('method forkmerge', forkmerge.params, given);

  test('the main task alone is a branch, beside one for every auxiliary or one for all', () => {
    expect(forkmerge.branches(3, params())).toEqual([
      [true, false, false],
      [true, true, false],
      [true, false, true],
    ]);
    expect(forkmerge.branches(3, params({ branches: 'all' }))).toEqual([
      [true, false, false],
      [true, true, true],
    ]);
    expect(forkmerge.branches(1, params())).toEqual([[true]]);
  });

  test('a mixture is taken only where it scores better than the best branch', async () => {
    // Score of shares s: -(s_1 - 0.4)^2 on branches 0 and 1: the best of the grid is a share of 0.4.
    const score = async ([, second = 0]: readonly number[]): Promise<number> => -((second - 0.4) ** 2);
    expect(await forkmerge.merge([await score([1, 0]), await score([0, 1])], score)).toEqual([0.6, 0.4]);
    expect(await forkmerge.merge([0.9, 0.7, 0.8], async () => 0.9)).toEqual([1, 0, 0]); // no gain: nothing is mixed in
    expect(await forkmerge.merge([0.5, 0.5], async () => 0.4)).toEqual([1, 0]); // ties go to the branch without auxiliaries
    expect(await forkmerge.merge([0.5, 0.6], async () => 0.4)).toEqual([0, 1]);
  });

  test('shares are at least 0 and sum to 1, whatever the scores', async () => {
    for (let seed = 1; seed < 50; seed++) {
      const scores = [1, 2, 3, 4].map((k) => Math.sin(seed * k));
      const shares = await forkmerge.merge(
        scores,
        async (mixture) => mixture.reduce((sum, share, k) => sum + Math.cos(seed + k) * share, 0) + Math.sin(seed * 7 * (mixture[0] ?? 0)),
      );
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
  });
});

describe('a run with forkmerge', withSamples('digits'), () => {
  test('of a harmless pair of tasks trains to a sensible accuracy; its weights are shares of the plan’s', async () => {
    const outcome = await trained({ training: { epochs: 6 } });
    expect(outcome.result?.test['main']?.accuracy).toBeGreaterThan(0.8);
    expect(outcome.result).toMatchObject({ epochs: 6, steps: 120 });
    const merged = [...outcome.points].flatMap(([key, value]) => (key.startsWith('weight/parity ') ? [value] : []));
    expect(merged.length).toBe(6); // one a merge, after every epoch
    for (const weight of merged) expect(weight).toBeGreaterThanOrEqual(0);
    for (const weight of merged) expect(weight).toBeLessThanOrEqual(0.3 + 1e-12);
    expect([...outcome.points.keys()].filter((key) => key.startsWith('loss/main ')).length).toBe(120);
  });

  test('rounds of two epochs end where the run ends', async () => {
    const outcome = await trained({ methodParams: { epochs: 2, branches: 'all' }, training: { epochs: 3 } });
    expect(outcome.result).toMatchObject({ epochs: 3, steps: 60 });
    const merges = [...outcome.points.keys()].filter((key) => key.startsWith('weight/parity '));
    expect(merges).toEqual(['weight/parity 39', 'weight/parity 59']);
  });
});
