import { mkdirSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { FileNumbers } from '../../src-main/formats/numbers/numbers.ts';
import { RowStore } from '../../src-main/formats/numbers/rowStore.ts';
import type { Progress, ReadRoom } from '../../src-main/formats/readRoom.ts';
import { deep, flat } from './pictures.ts';
import { arrayOf, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();

function roomIn(folder: string, onProgress: (progress: Progress) => void = () => undefined, signal: AbortSignal | null = null): ReadRoom {
  mkdirSync(`${root}/${folder}`);
  return { folder: `${root}/${folder}`, signal, onProgress };
}

describe('images larger than memory', () => {
  test('lie in a file in the order of the rows, with what memory would hold; bad ones leave no gap', async () => {
    for (const [name, red] of [
      ['a/1', 10],
      ['a/2', 20],
      ['b/4', 40],
    ] as const)
      write(`set/${name}.png`, await flat(3, 3, [red, 0, 9]));
    write('set/b/3.png', 'no picture');
    const options = { width: 3000, height: 3000 }; // 4 images of 27 MB
    const data = await openSource(`${root}/set`, { options, room: roomIn('large') });
    const array = data.array;
    expect(data.rows).toBe(3);
    expect(array?.values).toBeInstanceOf(FileNumbers);
    expect(array?.values.length).toBe(3 * 3000 * 3000 * 3);
    const size = 3000 * 3000 * 3;
    const firsts = [0, 1, 2].map((row) => [...(array?.values as FileNumbers<'uint8'>).read(row * size, row * size + 3)]);
    expect(firsts).toEqual([
      [10, 0, 9],
      [20, 0, 9],
      [40, 0, 9],
    ]);
  });

  test('images of 16 bits and gray ones in color are put right in the file', async () => {
    write('gray/a/1.png', await deep(2, 1, [0, 1000]));
    write('gray/b/2.png', await flat(2, 1, [77, 77, 77]));
    const data = await openSource(`${root}/gray`, { options: { width: 3400, height: 3400 }, room: roomIn('deep') });
    const array = data.array;
    expect(array).toMatchObject({ channels: 1, scale: { low: 0, high: 1000 } });
    expect(array?.values.length).toBe(2 * 3400 * 3400);
    const at = (place: number): number | undefined => (array?.values as FileNumbers<'uint8'>).read(place, place + 1)[0];
    expect([at(0), at(3399), at(3400 * 3400), at(2 * 3400 * 3400 - 1)]).toEqual([0, 255, 77, 77]);
  });

  test('small sets stay in memory', async () => {
    const data = await openSource(`${root}/set`, { room: roomIn('small') });
    expect(arrayOf(data, 'image').values).toBeInstanceOf(Uint8Array);
    expect(readdirSync(`${root}/small`)).toEqual([]);
  });
});

test('progress tells how many of all, and a stop is obeyed', async () => {
  for (let i = 0; i < 120; i++) write(`long/a/${i}.png`, await flat(1, 1, [i, 0, 0]));
  const told: Progress[] = [];
  await openSource(`${root}/long`, { room: roomIn('told', (progress) => told.push(progress)) });
  expect(told.map(({ rows, ofRows }) => [rows, ofRows])).toEqual([
    [50, 120],
    [100, 120],
    [120, 120],
  ]);
  const stop = new AbortController();
  const stopped = openSource(`${root}/long`, { room: roomIn('stopped', () => stop.abort(), stop.signal) });
  await expect(stopped).rejects.toThrow(/abort/i);
});

test('a store grows in memory and goes on in a file', () => {
  mkdirSync(`${root}/store`);
  const store = new RowStore('float32', { folder: `${root}/store`, name: 'x', limit: 40 });
  for (let i = 0; i < 6; i++) store.append(Float32Array.of(i, i + 0.5, -i));
  store.write(Float32Array.of(99), 4);
  const numbers = store.done();
  expect(numbers).toBeInstanceOf(FileNumbers);
  expect([...(numbers as FileNumbers<'float32'>).read(0, 18)]).toEqual([0, 0.5, -0, 1, 99, -1, 2, 2.5, -2, 3, 3.5, -3, 4, 4.5, -4, 5, 5.5, -5]);
});
