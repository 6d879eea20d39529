import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runSelfTest } from '../../src-main/runtime/runSelfTest.ts';
import { temporaryFolder } from './support.ts';

test('a folder without a binding fails its self-test with the reason', async () => {
  const folder = await temporaryFolder();
  const result = await runSelfTest(folder, 'cpu', { env: process.env });
  expect(result).toMatchObject({ passed: false, device: 'unknown' });
  expect(result.reason).toBe(`There is no TensorFlow runtime in ${folder}: tfjs_binding.node is missing. Install one with: npx auxlab runtime install cpu`);
});

test("a binding that the system cannot load fails in the system's words", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'lib'));
  await writeFile(join(folder, 'tfjs_binding.node'), 'no library at all');
  const { passed, reason } = await runSelfTest(folder, 'cpu', { env: process.env });
  expect(passed).toBe(false);
  expect(reason).toMatch(/^The TensorFlow runtime .*tfjs_binding\.node cannot be loaded: .+/);
});

test('a test process that is stopped rejects with the reason of the stop', async () => {
  const folder = await temporaryFolder();
  await expect(runSelfTest(folder, 'cpu', { env: process.env, signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped');
});
