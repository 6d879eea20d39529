import { join } from 'node:path';
import { expect, test } from 'vitest';
import { doctor } from '../../src-main/runtime/doctor.ts';
import { installRuntime } from '../../src-main/runtime/install.ts';
import { fails, linux, passes, temporaryFolder, writeCompiler, writeWheel } from './support.ts';

test('a bare machine is told everything that is missing, with advice for the runtime', async () => {
  const folder = await temporaryFolder();
  const home = join(folder, 'not', 'yet');
  const { checks } = await doctor(home, { env: { PATH: folder }, machine: linux });
  const byId = new Map(checks.map((check) => [check.id, check]));
  expect([...byId.keys()]).toEqual(['node', 'platform', 'cpu', 'memory', 'home', 'disk', 'better-sqlite3', 'sharp', 'compiler', 'python', 'gpu', 'runtime']);
  expect(byId.get('home')).toMatchObject({ ok: true, detail: `${home} (made on first use)` });
  expect(byId.get('better-sqlite3')?.ok).toBe(true);
  expect(byId.get('sharp')?.ok).toBe(true);
  expect(byId.get('compiler')).toMatchObject({ ok: false, detail: expect.stringContaining('sudo apt-get install g++') });
  expect(byId.get('python')).toMatchObject({ ok: false, detail: expect.stringContaining('Python 3 with pip was not found') });
  expect(byId.get('runtime')).toMatchObject({ ok: false, advice: 'npx auxlab runtime install cpu' });
});

test('an installed runtime is checked: it passes, or fails with the reason and the way to repair it', async () => {
  const folder = await temporaryFolder();
  const home = join(folder, 'home');
  const env = { CXX: await writeCompiler(folder), PATH: '/usr/bin:/bin' };
  await installRuntime({ home, variant: 'cpu', from: await writeWheel(folder), env, machine: linux, test: passes });
  const find = async (test: typeof passes) => (await doctor(home, { env, machine: linux, test })).checks.slice(-2);
  expect(await find(passes)).toMatchObject([
    { id: 'runtime:tensorflow-2.21.0-cpu', ok: true },
    { id: 'runtime', ok: true },
  ]);
  expect(await find(fails)).toMatchObject([
    { ok: false, detail: 'The self-test failed: Convolution: expected 37; received 36.', advice: 'npx auxlab runtime install cpu' },
    { id: 'runtime', ok: false },
  ]);
});
