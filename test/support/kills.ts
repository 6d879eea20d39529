/** Runs that are killed on purpose, and what must be left of them. */
import { expect } from 'vitest';
import { Stream } from '../../src-main/contract/random.ts';
import type { JobOptions } from './engineRuns.ts';
import { runInProcess, sampleJob } from './engineRuns.ts';

export const mlp: JobOptions = { sample: 'digits', network: 'mlp', main: 'digit', auxiliaries: [{ target: 'parity' }] };
export const heads: JobOptions = {
  sample: 'fashion-mnist',
  network: 'mini-inception',
  main: 'label',
  auxiliaries: [
    { target: 'label', depth: 'a' },
    { target: 'label', depth: 'c' },
  ],
  trainFraction: 0.03,
  split: { kind: 'stratified', train: 0.98, validation: 0.01, test: 0.01 }, // evaluation shall not take longer than the steps
};
export const lstm: JobOptions = { sample: 'japanese-vowels', network: 'lstm', main: 'class' };

/** Runs once undisturbed and once with SIGKILL at random steps, and compares everything that is left of both.
 *  @param home an empty folder     @param name keys the random steps */
export async function expectSameAfterKills(home: string, name: string, options: JobOptions, kills: number): Promise<void> {
  const whole = await runInProcess(await sampleJob(home, 'whole', options));
  const job = await sampleJob(home, 'killed', { ...options, checkpointEveryMs: 20 });
  const random = new Stream(11, `kills/${name}`);
  const killAfter =
    (from: number) =>
    ({ step, totalSteps }: { step: number; totalSteps: number }): boolean =>
      step >= from + (totalSteps - from) * target;
  let target = 0.1 + 0.3 * random.uniform(); // share of the way to the end at which the next kill comes
  const points = new Map<string, number>();
  let [killed, resumedAt] = [0, 0];
  let outcome = await runInProcess(job, { points, kill: killAfter(0) });
  while (outcome.result === null) {
    killed += 1;
    target = 0.1 + 0.3 * random.uniform();
    outcome = await runInProcess(job, { points, ...(killed < kills && { kill: killAfter(outcome.lastStep) }) });
    resumedAt = Math.max(resumedAt, outcome.resumedAtStep);
  }
  expect(killed, 'the run was killed at least once').toBeGreaterThan(0);
  expect(resumedAt, 'it went on from a checkpoint').toBeGreaterThan(0);
  expect(outcome.result.finalWeightsSha256).toBe(whole.result?.finalWeightsSha256);
  expect(outcome.result.test).toEqual(whole.result?.test);
  expect(outcome.result.validation).toEqual(whole.result?.validation);
  expect([...points].sort()).toEqual([...whole.points].sort());
}
