import { expect, test } from 'vitest';
import type { RunResult } from '../../../src-main/contract/results.ts';
import { compareTraces, type Trace } from '../../../src-main/lab/run/verifyIdentity.ts';
import { flowersPlan, openFakeLab, writeFlowers } from '../../support/labHome.ts';
import { temporaryFolders } from '../../support/temporary.ts';

const folder = temporaryFolders();

test('arms with all weights 0 are compared with the baseline, loss by loss', async () => {
  const home = folder();
  const lab = openFakeLab(home);
  const [answer] = await lab.verifyIdentity(flowersPlan(writeFlowers(home)), 12);
  expect(answer).toEqual({
    arm: 'auxiliary',
    network: 'mlp',
    steps: 12,
    identical: true,
    detail: '12 main losses and the weights of trunk and main head (SHA-256 main-1) agree bit for bit.',
  });
  expect(await lab.call('experiments.list', {})).toEqual([]);
  lab.close();
});

test('the first difference is named', () => {
  const trace = (losses: readonly number[]): Trace => ({ losses: new Map(losses.entries()), result: null, error: null });
  // The comparison reads the hash alone
  const finished = (losses: readonly number[], mainWeightsSha256: string): Trace => ({ ...trace(losses), result: { mainWeightsSha256 } as RunResult });
  expect(compareTraces(finished([1, 0], 'a'), finished([1, -0], 'a')).detail).toBe('The main loss differs first at step 1: 0 in the baseline, 0 in the arm.');
  expect(compareTraces(finished([1], 'a'), finished([1], 'b')).detail).toBe(
    'All 1 main losses agree, but the weights differ after the last step: SHA-256 a in the baseline, b in the arm.',
  );
  expect(compareTraces(finished([1], 'a'), { ...trace([]), error: 'broken' })).toEqual({ identical: false, detail: 'The arm did not run: broken' });
});
