import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installRuntime } from '../../src-main/runtime/install.ts';
import type { InstallOptions } from '../../src-main/runtime/install.ts';
import { activeRuntime, listRuntimes } from '../../src-main/runtime/registry.ts';
import { fails, libraryText, linux, passes, temporaryFolder, writeCompiler, writeScript, writeWheel } from './support.ts';

const name = 'tensorflow-2.21.0-cpu';

async function set(changes: Partial<InstallOptions> = {}): Promise<InstallOptions & { from: string }> {
  const folder = await temporaryFolder();
  const from = await writeWheel(folder);
  const env = { CXX: await writeCompiler(folder), PATH: '/usr/bin:/bin' };
  return {
    home: join(folder, 'home'),
    variant: 'cpu',
    from,
    env,
    machine: linux,
    test: passes,
    now: () => new Date('2026-02-03T04:05:06Z'),
    ...changes,
  } as InstallOptions & { from: string };
}

test('an installation unpacks what is needed, describes every file, keeps the given wheel and leaves nothing else', async () => {
  const options = await set();
  const messages: string[] = [];
  const { folder, record } = await installRuntime({ ...options, onProgress: ({ message }) => messages.push(message) });
  expect(folder).toBe(join(options.home, 'runtimes', name));
  expect((await readdir(folder, { recursive: true })).sort()).toEqual([
    'lib',
    'lib/libtensorflow_cc.so.2',
    'lib/libtensorflow_framework.so.2',
    'runtime.json',
    'tfjs_binding.node',
  ]);
  expect(await readFile(join(folder, 'lib/libtensorflow_cc.so.2'), 'utf8')).toBe(libraryText);
  expect(JSON.parse(await readFile(join(folder, 'runtime.json'), 'utf8'))).toEqual(record);
  expect(record).toMatchObject({
    name,
    version: '2.21.0',
    variant: 'cpu',
    platform: 'linux-x64',
    wheels: ['tensorflow_cpu-2.21.0-cp312-cp312-manylinux_2_27_x86_64.whl'],
    installed: '2026-02-03T04:05:06.000Z',
    toolchain: { compiler: 'fake c++ 1.0', nodeApi: 8 },
    selfTest: { passed: true },
  });
  expect(record.files.map(({ path }) => path)).toEqual(['lib/libtensorflow_cc.so.2', 'lib/libtensorflow_framework.so.2', 'tfjs_binding.node']);
  expect(existsSync(options.from)).toBe(true);
  expect(await readdir(join(options.home, 'runtimes'))).toEqual([name]);
  expect(messages.at(-1)).toBe(`TensorFlow 2.21.0 (cpu) is installed in ${folder}`);
});

test('the binding is linked to find its libraries beside it', async () => {
  const options = await set();
  const folder = await temporaryFolder();
  const log = join(folder, 'calls');
  const compiler = await writeScript(
    folder,
    'c++',
    `if [ "$1" = --version ]; then echo c++; exit; fi; echo "$@" >> ${log}; while [ $# -gt 0 ]; do if [ "$1" = -o ]; then echo x > "$2"; fi; shift; done`,
  );
  await installRuntime({ ...options, env: { ...options.env, CXX: compiler } });
  const link = (await readFile(log, 'utf8')).split('\n').find((line) => line.includes('-rpath')) ?? '';
  expect(link).toContain('-Wl,-rpath,$ORIGIN/lib');
  expect(link).toContain('-Wl,-z,now');
});

test('a failed self-test keeps the previous runtime in use and says why', async () => {
  const options = await set();
  const { folder } = await installRuntime(options);
  await writeFile(join(folder, 'mark'), 'the previous one');
  await expect(installRuntime({ ...options, test: fails })).rejects.toThrow(
    `The new runtime ${name} failed its self-test and was not installed; what was installed before stays in use. Reason: Convolution: expected 37; received 36`,
  );
  expect(await readFile(join(folder, 'mark'), 'utf8')).toBe('the previous one');
  expect((await activeRuntime(options.home, { env: {}, machine: linux }))?.folder).toBe(folder);
  expect(await readdir(join(options.home, 'runtimes'))).toEqual([name]);
});

test('a successful installation replaces the previous runtime as a whole', async () => {
  const options = await set();
  const { folder } = await installRuntime(options);
  await writeFile(join(folder, 'mark'), 'the previous one');
  await installRuntime(options);
  expect(existsSync(join(folder, 'mark'))).toBe(false);
  expect(await listRuntimes(options.home)).toHaveLength(1);
});

test('an interruption leaves nothing behind', async () => {
  const options = await set();
  const stop = new AbortController();
  const testing = installRuntime({ ...options, signal: stop.signal, onProgress: ({ phase }) => phase === 'self-test' && stop.abort() });
  await expect(testing).rejects.toMatchObject({
    code: 'interrupted',
    message: 'The installation of the runtime was interrupted. Nothing was changed; finished downloads are kept for the next try.',
  });
  expect(await readdir(join(options.home, 'runtimes'))).toEqual([]);
});

test('what a killed installation left is cleared, and a runtime that it had moved aside comes back', async () => {
  const options = await set();
  const { folder } = await installRuntime(options);
  const runtimes = join(options.home, 'runtimes');
  await rename(folder, join(runtimes, '.staging-1-1-replaced'));
  await mkdir(join(runtimes, '.staging-1-1', 'lib'), { recursive: true });
  await expect(installRuntime({ ...options, test: fails })).rejects.toMatchObject({ code: 'runtime-missing' });
  expect(await readdir(runtimes)).toEqual([name]);
});

test('a missing compiler is told before anything is downloaded, with what to install', async () => {
  const options = await set();
  const empty = await temporaryFolder();
  await expect(installRuntime({ ...options, env: { PATH: empty } })).rejects.toThrow(
    'No C++ compiler was found (c++, g++ or clang++); the TensorFlow binding is built with it, once, in about 15 seconds. ' +
      'Debian and Ubuntu: sudo apt-get install g++. Fedora: sudo dnf install gcc-c++',
  );
  await expect(installRuntime({ ...options, env: { PATH: empty, CXX: 'no-such-compiler' } })).rejects.toThrow(
    'The C++ compiler that CXX names, "no-such-compiler", does not run',
  );
  expect(existsSync(options.home)).toBe(false);
});

test("a compiler's refusal is told in its words", async () => {
  const options = await set();
  const compiler = await writeScript(
    await temporaryFolder(),
    'c++',
    'if [ "$1" = --version ]; then echo "old c++ 4"; exit 0; fi; echo "x.cc:1: error: no C++17" >&2; exit 1',
  );
  await expect(installRuntime({ ...options, env: { ...options.env, CXX: compiler } })).rejects.toThrow(
    `The TensorFlow binding could not be built with ${compiler} (old c++ 4): x.cc:1: error: ` +
      'no C++17 A C++17 compiler is needed, GCC 8 or Clang 7 or later; name another one with CXX.',
  );
  expect(await readdir(join(options.home, 'runtimes'))).toEqual([]);
});

test('--from names what does not exist, or the wrong thing', async () => {
  const options = await set();
  await expect(installRuntime({ ...options, from: '/nowhere/x.whl' })).rejects.toThrow(
    'There is no file /nowhere/x.whl. --from names a wheel (.whl) or a folder of wheels.',
  );
  const folder = await temporaryFolder();
  await expect(installRuntime({ ...options, from: folder })).rejects.toThrow(
    `${folder} holds no wheel of tensorflow-cpu. The cpu runtime needs tensorflow-cpu==2.21.0.`,
  );
  const damaged = await writeWheel(folder, { falseHashOf: 'tensorflow/libtensorflow_framework.so.2' });
  await expect(installRuntime({ ...options, from: damaged })).rejects.toThrow('tensorflow/libtensorflow_framework.so.2 does not have the SHA-256');
  expect(existsSync(damaged)).toBe(true); // the user's own file stays
});

test("the CUDA runtime puts NVIDIA's libraries where TensorFlow's own library looks for them", async () => {
  const options = await set({ variant: 'cuda' });
  const wheels = await temporaryFolder();
  await writeWheel(wheels, { name: 'tensorflow', requirements: ['nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"', 'numpy>=1.26.0'] });
  await writeWheel(wheels, {
    name: 'nvidia_cudnn_cu12',
    version: '9.28.0.42',
    tag: 'py3-none-manylinux_2_27_x86_64',
    files: { 'nvidia/cudnn/lib/libcudnn.so.9': 'cudnn', 'nvidia/cudnn/include/cudnn.h': '', 'nvidia/cudnn/lib/libcudnn_static.a': '' },
  });
  const { folder, record } = await installRuntime({ ...options, from: wheels });
  expect(await readdir(join(folder, 'nvidia', 'cudnn', 'lib'))).toEqual(['libcudnn.so.9']);
  expect(record.wheels).toHaveLength(2);
  expect(record.files.map(({ path }) => path)).toContain('nvidia/cudnn/lib/libcudnn.so.9');
});

test('a finished download of an earlier try is used, and a damaged one is removed so that the next try gets it again', async () => {
  const { from: _, ...options } = await set();
  const downloads = join(options.home, 'runtimes', '.downloads');
  await mkdir(downloads, { recursive: true });
  const wheel = await writeWheel(downloads);
  await truncate(wheel, 400);
  await expect(installRuntime(options)).rejects.toMatchObject({ code: 'bad-input' });
  expect(existsSync(wheel)).toBe(false);
  await mkdir(downloads, { recursive: true });
  await writeWheel(downloads);
  await installRuntime(options);
  expect(await readdir(join(options.home, 'runtimes'))).toEqual([name]);
});
