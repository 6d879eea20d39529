import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { writeWeights } from '../../src-main/engine/training/weightsFile.ts';
import { readWeights } from '../../src-main/formats/archives/weightsArchive.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { readNpy } from './arraySupport.ts';

const folder = temporaryFolders();

test('weights come back from the NPZ with names, shapes and bits, and nothing unfinished is left beside them', async () => {
  const home = folder();
  const file = join(home, 'deep', 'run.npz');
  const kernel = Float32Array.of(0.1, -2, 3e-40, 4, 5, Infinity);
  const all = new Float32Array([9, 9, ...kernel]);
  writeWeights(file, [
    { name: 'trunk/größe/kernel', shape: [2, 3], values: all.subarray(2) }, // a view that does not begin at its buffer's start
    { name: 'head/main/bias', shape: [1], values: Float32Array.of(7) },
    { name: 'head/main/scale', shape: [], values: Float32Array.of(8) },
  ]);
  const bytes = readWeights(file);
  expect(readdirSync(join(home, 'deep'))).toEqual(['run.npz']);
  const entries = Object.entries(unzipSync(bytes ?? new Uint8Array(0)));
  expect(entries.map(([name]) => name)).toEqual(['trunk/größe/kernel.npy', 'head/main/bias.npy', 'head/main/scale.npy']);
  const [first, second, third] = await Promise.all(entries.map(([, content]) => readNpy(content)));
  expect(first).toEqual({ type: 'f4', shape: [2, 3], values: [...kernel] });
  expect([second?.shape, second?.values, third?.shape]).toEqual([[1], [7], []]);
});

test('equal weights are equal files', () => {
  const home = folder();
  for (const name of ['a', 'b']) writeWeights(join(home, name), [{ name: 'trunk/x', shape: [2], values: Float32Array.of(1, 2) }]);
  expect(readFileSync(join(home, 'a'))).toEqual(readFileSync(join(home, 'b')));
});

test('weights with a changed bit, or cut off, are refused; without a file there are none', () => {
  const home = folder();
  const file = join(home, 'run.npz');
  expect(readWeights(file)).toBeNull();
  writeWeights(file, [{ name: 'trunk/x', shape: [4], values: Float32Array.of(1, 2, 3, 4) }]);
  const whole = readFileSync(file);
  for (let at = 0; at < whole.length; at += 7) {
    if (at >= whole.length - 86 && at < whole.length - 64) continue; // the end record is outside of what the hash covers: ZIP readers check it
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    writeFileSync(file, damaged);
    expect(() => readWeights(file), String(at)).toThrow(`The weights ${file} are damaged: their SHA-256 does not match.`);
  }
  for (const length of [0, 10, whole.length - 1]) {
    writeFileSync(file, whole.subarray(0, length));
    expect(() => readWeights(file)).toThrow('are damaged');
  }
});

test('a folder that cannot be is refused with its name', () => {
  const home = folder();
  writeFileSync(join(home, 'taken'), '');
  expect(() => writeWeights(join(home, 'taken', 'run.npz'), [])).toThrow(/^The weights .*run\.npz could not be written: /);
});
