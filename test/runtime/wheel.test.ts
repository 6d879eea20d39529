import { createHash } from 'node:crypto';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { recipeFor } from '../../src-main/runtime/catalog.ts';
import { checkWheel, normalisedName, openWheel, parseRecord, parseRequirement, unpackFromWheel } from '../../src-main/runtime/wheel.ts';
import { libraryText, linux, temporaryFolder, writeWheel, zipOf } from './support.ts';

const recipe = recipeFor('cpu', linux);

test('a wheel tells its package, version, platform and requirements', async () => {
  const wheel = await openWheel(
    await writeWheel(await temporaryFolder(), { requirements: ['numpy>=1.26.0', 'nvidia-nccl-cu12<3.0,>=2.27.7; extra == "and-cuda"'] }),
  );
  expect(wheel).toMatchObject({ distribution: 'tensorflow-cpu', version: '2.21.0', tags: ['cp312-cp312-manylinux_2_27_x86_64'] });
  expect(wheel.requirements).toEqual([
    { distribution: 'numpy', specifier: 'numpy>=1.26.0', extra: null },
    { distribution: 'nvidia-nccl-cu12', specifier: 'nvidia-nccl-cu12<3.0,>=2.27.7', extra: 'and-cuda' },
  ]);
  expect(() => checkWheel(wheel, recipe)).not.toThrow();
  await wheel.zip.close();
});

test('unpacked files are whole, counted and have the SHA-256 of RECORD', async () => {
  const folder = await temporaryFolder();
  const wheel = await openWheel(await writeWheel(folder));
  let bytes = 0;
  const files = await unpackFromWheel(
    wheel,
    folder,
    [{ from: 'tensorflow/libtensorflow_cc.so.2', to: 'lib/libtensorflow_cc.so.2' }],
    (more) => (bytes += more),
  );
  expect(await readFile(join(folder, 'lib/libtensorflow_cc.so.2'), 'utf8')).toBe(libraryText);
  expect(bytes).toBe(libraryText.length);
  expect(files).toEqual([{ path: 'lib/libtensorflow_cc.so.2', bytes, sha256: createHash('sha256').update(libraryText).digest('hex') }]);
  await wheel.zip.close();
});

test('a file that differs from RECORD is refused by name', async () => {
  const folder = await temporaryFolder();
  const path = await writeWheel(folder, { falseHashOf: 'tensorflow/libtensorflow_cc.so.2' });
  const wheel = await openWheel(path);
  await expect(unpackFromWheel(wheel, folder, [{ from: 'tensorflow/libtensorflow_cc.so.2', to: 'x' }], () => undefined)).rejects.toThrow(
    `${path} is damaged: tensorflow/libtensorflow_cc.so.2 does not have the SHA-256 that the wheel's own RECORD names. Get the file again.`,
  );
  await wheel.zip.close();
});

test('a truncated wheel, a ZIP file that is no wheel and a file that is no ZIP file are refused', async () => {
  const folder = await temporaryFolder();
  const path = await writeWheel(folder);
  await truncate(path, 500);
  await expect(openWheel(path)).rejects.toThrow('is not a complete ZIP file');
  const zip = join(folder, 'photos.zip');
  await writeFile(zip, zipOf([{ path: 'photo.txt', content: Buffer.from('x') }]));
  await expect(openWheel(zip)).rejects.toThrow(`${zip} is a ZIP file but not a Python wheel: it has no .dist-info/METADATA.`);
  const text = join(folder, 'notes.whl');
  await writeFile(text, 'no wheel');
  await expect(openWheel(text)).rejects.toMatchObject({ code: 'bad-input' });
});

test.each([
  [{ name: 'tensorflow' }, 'Received: tensorflow 2.21.0.'],
  [{ version: '2.20.0' }, 'Received: tensorflow-cpu 2.20.0.'],
  [{ tag: 'cp312-cp312-win_amd64' }, 'Received a wheel for cp312-cp312-win_amd64.'],
  [{ tag: 'cp312-cp312-manylinux_2_27_aarch64' }, 'Received a wheel for cp312-cp312-manylinux_2_27_aarch64.'],
])('the wrong wheel %j is refused with what is needed', async (wrong, received) => {
  const path = await writeWheel(await temporaryFolder(), wrong);
  const wheel = await openWheel(path);
  expect(() => checkWheel(wheel, recipe)).toThrow(`${path} is the wrong wheel. The cpu runtime needs tensorflow-cpu 2.21.0 for linux-x64. ${received}`);
  await wheel.zip.close();
});

test('RECORD lines with commas and quotes in the path are read', () => {
  // base64url of SHA-256('') and the same in hexadecimal
  const empty = '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU';
  const record = parseRecord(`a,b\n"x,""y"".h",sha256=${empty},0\nz/RECORD,,\n`);
  expect([...record]).toEqual([['x,"y".h', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855']]);
});

test('names are compared as PEP 503 normalises them', () => {
  expect(normalisedName('Tensorflow__CPU')).toBe('tensorflow-cpu');
  expect(parseRequirement('nvidia_cublas_cu12 <13.0, >=12.5.3.2 ; extra == "and-cuda"')).toEqual({
    distribution: 'nvidia-cublas-cu12',
    specifier: 'nvidia_cublas_cu12<13.0,>=12.5.3.2',
    extra: 'and-cuda',
  });
});

test('a platform without a TensorFlow wheel is told where there is one', () => {
  expect(() => recipeFor('cpu', { platform: 'win32', arch: 'x64' })).toThrow(
    'TensorFlow 2.21.0 is published for Linux (x64, arm64) and macOS (arm64). This is win32-x64.',
  );
  expect(() => recipeFor('cuda', { platform: 'darwin', arch: 'arm64' })).toThrow(
    'This is darwin-arm64; install the CPU runtime with: npx auxlab runtime install cpu',
  );
  expect(recipeFor('cpu', { platform: 'darwin', arch: 'arm64' }).libraries).toEqual(['libtensorflow_cc.2.dylib', 'libtensorflow_framework.2.dylib']);
});
