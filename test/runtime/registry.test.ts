import { existsSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RuntimeRecord } from '../../src-main/runtime/record.ts';
import { describeFile, writeRecord } from '../../src-main/runtime/record.ts';
import { activeRuntime, checkRuntime, ensureRuntime, listRuntimes, removeRuntime } from '../../src-main/runtime/registry.ts';
import { leftOut, rootMay } from '../support/leftOut.ts';
import { fails, linux, passes, temporaryFolder, testResult, writeCompiler, writeWheel } from './support.ts';

const here = { env: {}, machine: linux };

/** A runtime folder as an installation leaves it, with a library of a few bytes. */
async function place(home: string, name: string, changes: Partial<RuntimeRecord> = {}): Promise<string> {
  const folder = join(home, 'runtimes', name);
  await mkdir(join(folder, 'lib'), { recursive: true });
  await writeFile(join(folder, 'lib', 'library.so'), 'library');
  await writeFile(join(folder, 'tfjs_binding.node'), 'binding');
  await writeRecord(folder, {
    format: 'auxlab-runtime/1',
    name,
    library: 'tensorflow',
    version: '2.21.0',
    variant: 'cpu',
    platform: 'linux-x64',
    wheels: ['a.whl'],
    files: [await describeFile(folder, 'lib/library.so'), await describeFile(folder, 'tfjs_binding.node')],
    toolchain: { compiler: 'c++', binding: 'b 1', headers: 'h 1', nodeApi: 8 },
    installed: '2026-01-01T00:00:00.000Z',
    phasesMs: { download: 1, unpack: 1, build: 1, selfTest: 1 },
    selfTest: testResult(),
    ...changes,
  });
  return folder;
}

test('the newest runtime that passed on this kind of machine is used, unless another is preferred', async () => {
  const home = await temporaryFolder();
  expect(await activeRuntime(home, here)).toBeNull();
  await place(home, 'old');
  await place(home, 'new', { installed: '2026-03-01T00:00:00.000Z' });
  await place(home, 'broken', { installed: '2026-04-01T00:00:00.000Z', selfTest: testResult('Speed') });
  await place(home, 'elsewhere', { installed: '2026-05-01T00:00:00.000Z', platform: 'darwin-arm64' });
  expect((await listRuntimes(home)).map(({ name, passed }) => `${name} ${passed}`)).toEqual(['elsewhere true', 'broken false', 'new true', 'old true']);
  expect((await activeRuntime(home, here))?.name).toBe('new');
  expect((await activeRuntime(home, { ...here, preferred: 'old' }))?.name).toBe('old');
  expect((await activeRuntime(home, { ...here, preferred: 'broken' }))?.name).toBe('new');
});

test('AUXLAB_RUNTIME names a folder directly, and a wrong one is refused', async () => {
  const home = await temporaryFolder();
  const folder = await place(await temporaryFolder(), 'mine');
  await rm(join(folder, 'runtime.json'));
  expect(await activeRuntime(home, { env: { AUXLAB_RUNTIME: folder }, machine: linux })).toEqual({
    name: 'mine',
    folder,
    record: null,
    passed: true,
    reason: null,
  });
  await expect(activeRuntime(home, { env: { AUXLAB_RUNTIME: home }, machine: linux })).rejects.toThrow(
    `AUXLAB_RUNTIME names ${home}, which is not a runtime: it has no tfjs_binding.node. Correct the variable or unset it.`,
  );
});

test('a named folder that may not be looked into is told apart from one that is no runtime', leftOut(rootMay), async () => {
  const folder = await place(await temporaryFolder(), 'secret');
  await chmod(folder, 0);
  await expect(activeRuntime(folder, { env: { AUXLAB_RUNTIME: folder }, machine: linux })).rejects.toThrow(
    `AUXLAB_RUNTIME names ${folder}, which this user may not read. Correct the variable or unset it.`,
  );
  await chmod(folder, 0o700);
});

test('with AUXLAB_RUNTIME=none no runtime is used and none is installed', async () => {
  const home = await temporaryFolder();
  await place(home, 'one');
  const options = { env: { AUXLAB_RUNTIME: 'none' }, machine: linux };
  expect(await activeRuntime(home, options)).toBeNull();
  const told: string[] = [];
  const ensured = await ensureRuntime({ ...options, home, onProgress: ({ message }) => told.push(message) });
  expect(ensured).toEqual({ runtime: null, reason: 'AUXLAB_RUNTIME is "none", so TensorFlow is not used.' });
  expect(told).toEqual([]);
});

test('a damaged runtime.json makes a runtime unusable, not the list', async () => {
  const home = await temporaryFolder();
  const folder = await place(home, 'damaged');
  await writeFile(join(folder, 'runtime.json'), '{"format":');
  const [runtime] = await listRuntimes(home);
  expect(runtime).toMatchObject({ name: 'damaged', passed: false, record: null });
  expect(runtime?.reason).toContain("is not a runtime's description");
});

test('a check finds a changed file, a shortened file and a missing file, and the runtime is not used any more', async () => {
  const home = await temporaryFolder();
  const folder = await place(home, 'one');
  expect(await checkRuntime(home, 'one', { test: passes })).toMatchObject({ passed: true, problems: [] });
  await writeFile(join(folder, 'lib', 'library.so'), 'LIBRARY');
  const changed = await checkRuntime(home, 'one', { test: passes });
  expect(changed).toEqual({
    name: 'one',
    passed: false,
    selfTest: null,
    problems: ['lib/library.so has changed since it was installed: its SHA-256 is another one. Install the runtime again.'],
  });
  expect(await activeRuntime(home, here)).toBeNull();
  await writeFile(join(folder, 'lib', 'library.so'), 'lib');
  await rm(join(folder, 'tfjs_binding.node'));
  expect((await checkRuntime(home, 'one', { test: passes })).problems).toEqual([
    'lib/library.so has 3 bytes instead of 7. Install the runtime again.',
    'tfjs_binding.node is missing. Install the runtime again.',
  ]);
});

test('a check whose self-test fails says why, and one that passes again makes the runtime usable again', async () => {
  const home = await temporaryFolder();
  await place(home, 'one');
  expect((await checkRuntime(home, 'one', { test: fails })).problems).toEqual(['The self-test failed: Convolution: expected 37; received 36.']);
  expect((await listRuntimes(home))[0]).toMatchObject({ passed: false, reason: 'Convolution: expected 37; received 36' });
  await checkRuntime(home, 'one', { test: passes });
  expect((await activeRuntime(home, here))?.name).toBe('one');
});

test('removing takes the folder away; an unknown name is answered with the known ones', async () => {
  const home = await temporaryFolder();
  await expect(removeRuntime(home, 'x')).rejects.toThrow('There is no runtime "x"; none is installed. Install one with: npx auxlab runtime install cpu');
  await place(home, 'tensorflow-2.21.0-cpu');
  await expect(removeRuntime(home, '../..')).rejects.toMatchObject({ code: 'not-found' });
  await expect(removeRuntime(home, 'tensorflow-2.21.0-cuda')).rejects.toThrow('Unknown runtime "tensorflow-2.21.0-cuda". Did you mean tensorflow-2.21.0-cpu?');
  await removeRuntime(home, 'tensorflow-2.21.0-cpu');
  expect(await listRuntimes(home)).toEqual([]);
});

test('the first use installs the CPU runtime and says in one sentence what and where; the second finds it', async () => {
  const folder = await temporaryFolder();
  const home = join(folder, 'home');
  const messages: string[] = [];
  const options = {
    home,
    machine: linux,
    env: { CXX: await writeCompiler(folder), PATH: '/usr/bin:/bin' },
    from: await writeWheel(folder),
    test: passes,
    onProgress: ({ message }: { message: string }) => void messages.push(message),
  };
  const first = await ensureRuntime(options);
  expect(messages[0]).toBe(
    `First use: TensorFlow 2.21.0 for the CPU is installed in ${join(home, 'runtimes', 'tensorflow-2.21.0-cpu')} ` +
      "(download about 262 MiB with this computer's pip, on disk 815 MiB); this happens once.",
  );
  messages.length = 0;
  expect((await ensureRuntime(options)).runtime?.folder).toBe(first.runtime?.folder);
  expect(messages).toEqual([]);
});

test('where no runtime can be had, the reason comes back instead of an error', async () => {
  const home = await temporaryFolder();
  const windows = await ensureRuntime({ home, machine: { platform: 'win32', arch: 'x64' }, env: {} });
  expect(windows).toMatchObject({ runtime: null, reason: expect.stringContaining('This is win32-x64') });
});

test('what is missing is said whole and before anything: no promise, no folder, no download', async () => {
  const folder = await temporaryFolder();
  const [home, bare] = [join(folder, 'home'), { PATH: folder }];
  const messages: string[] = [];
  const reasonWith = async (env: Record<string, string>): Promise<string | null> =>
    (await ensureRuntime({ home, machine: linux, env, onProgress: ({ message }) => void messages.push(message) })).reason;
  const both = 'Debian and Ubuntu: sudo apt-get install g++ python3 python3-pip. Fedora: sudo dnf install gcc-c++ python3 python3-pip';
  expect(await reasonWith(bare)).toBe(
    `No C++ compiler was found (c++, g++ or clang++) and no Python 3 with pip; TensorFlow is downloaded and built with them, once. ${both}`,
  );
  const compiler = await writeCompiler(folder);
  expect(await reasonWith({ ...bare, CXX: compiler })).toMatch(/^Python 3 with pip was not found; .* sudo apt-get install python3 python3-pip\./);
  expect(await reasonWith({ ...bare, CXX: '/nowhere/g++' })).toMatch(
    /^Python 3 with pip was not found; .*The C\+\+ compiler that CXX names, "\/nowhere\/g\+\+", does not run/,
  );
  expect(messages).toEqual([]);
  expect(existsSync(home)).toBe(false);
});
