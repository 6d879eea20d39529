import { closeSync, mkdirSync, openSync, readdirSync, truncateSync, writeSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { FileNumbers, mostInMemory } from '../../src-main/formats/numbers/numbers.ts';
import { joinNumbers, openStore, openStores } from '../../src-main/formats/numbers/numberStore.ts';
import { noRoom } from '../../src-main/formats/readRoom.ts';
import type { Progress, ReadRoom } from '../../src-main/formats/readRoom.ts';
import { npy, npyOf } from './arraySupport.ts';
import { columnOf, expectRefusal, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();
let rooms = 0;

function roomOf(more: Partial<ReadRoom> = {}): ReadRoom & { readonly folder: string } {
  const folder = join(root, `room${++rooms}`);
  mkdirSync(folder);
  return { ...noRoom, ...more, folder };
}

/** An NPY file of zeros that takes no room on the disk, with a few bytes set. */
function sparse(name: string, descr: string, shape: readonly number[], bytes: Readonly<Record<number, readonly number[]>>): string {
  const header = npy(`{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`);
  const path = write(name, header);
  truncateSync(path, header.length + shape.reduce((product, size) => product * size, Number(descr.slice(2))));
  const file = openSync(path, 'r+');
  for (const [at, values] of Object.entries(bytes)) writeSync(file, Uint8Array.from(values), 0, values.length, header.length + Number(at));
  closeSync(file);
  return path;
}

describe('arrays larger than 64 MB', () => {
  const pixels = 1100 * 256 * 256; // 72 MB
  let big = '';
  beforeAll(() => {
    big = sparse('big/X_train.npy', '|u1', [1100, 256, 256], { 0: [7], [pixels - 1]: [9] });
    write('big/y_train.npy', npyOf('<i8', [1100]));
    sparse('big/X_test.npy', '|u1', [2, 256, 256], { 0: [3], 65_537: [4] });
    write('big/y_test.npy', npyOf('<i8', [2]));
  });

  test('lie in one file of the room, the smaller part behind the larger', async () => {
    const told: Progress[] = [];
    const room = roomOf({ onProgress: (progress) => told.push(progress) });
    const data = await openSource(join(root, 'big'), { room });
    const values = data.array?.values;
    if (!(values instanceof FileNumbers)) throw new Error('The pictures should lie in a file.');
    expect([values.type, values.length]).toEqual(['uint8', 1102 * 65_536]);
    const at = [0, pixels - 1, pixels, pixels + 65_537];
    expect(at.map((place) => values.read(place, place + 1)[0])).toEqual([7, 9, 3, 4]);
    expect(readdirSync(room.folder)).toEqual(['numbers-1.bin']);
    const last = told.at(-1);
    expect(last?.bytes).toBe(last?.ofBytes);
    expect(last?.ofBytes).toBe(1102 * (65_536 + 8)); // a byte a pixel, eight a label
  });

  test('without a room are read into memory, to the same values', async () => {
    const { array } = await openSource(big, { room: { ...noRoom, isPart: true } });
    const values = array?.values;
    if (!(values instanceof Uint8Array)) throw new Error('The pictures should be in memory.');
    expect([values.length, values[0], values.at(-1)]).toEqual([pixels, 7, 9]);
  });

  test('a table of so many numbers has its columns in a file', async () => {
    const rows = 3_000_000; // three columns of 24 MB
    const one = [...new Uint8Array(Float64Array.of(1.5).buffer)];
    const minusZero = [...new Uint8Array(Float64Array.of(-0).buffer)];
    const path = sparse('table.npy', '<f8', [rows, 3], { 8: one, [(3 * rows - 1) * 8]: one, 16: minusZero });
    const data = await openSource(path, { room: roomOf() });
    const [first, second, third] = ['column1', 'column2', 'column3'].map((name) => {
      const column = columnOf(data, name);
      if (column.kind !== 'number' || !(column.values instanceof FileNumbers)) throw new Error('The columns should lie in a file.');
      return column.values;
    });
    expect([first?.read(0, 1), second?.read(0, 2), third?.read(rows - 1, rows)]).toEqual([Float64Array.of(0), Float64Array.of(1.5, 0), Float64Array.of(1.5)]);
    expect(Object.is(third?.read(0, 1)[0], 0)).toBe(true); // never -0 in a column
  });

  test('reading stops at once when it is told to', async () => {
    const stop = new AbortController();
    const work = openSource(big, { room: roomOf({ signal: stop.signal, isPart: true, onProgress: () => stop.abort(new Error('enough')) }) });
    await expect(work).rejects.toThrow('enough');
  });

  test('a gzip file that says more than it can hold is refused before room is made for it', async () => {
    const header = npy("{'descr': '|u1', 'fortran_order': False, 'shape': (9000000, 100), }");
    const path = write('bomb.npy.gz', gzipSync(header));
    await expectRefusal(
      openSource(path),
      `${path} has the wrong length: shape (9000000, 100) of |u1 needs 900000000 bytes, found ${256 * 1024 * 1024 - header.length}.`,
    );
  });
});

describe('stores', () => {
  test('small ones are typed arrays, large ones lie in a file, several in one', () => {
    const room = roomOf();
    const small = openStore('float32', 3, room);
    small.write(1, [1.5, 0.1]);
    expect(small.numbers).toEqual(Float32Array.of(0, 1.5, Math.fround(0.1)));
    const length = mostInMemory / 16 + 1; // two of doubles are more than fit
    const [first, second] = openStores('float64', length, 2, room);
    first?.write(length - 1, [3]);
    second?.write(0, Float32Array.of(4));
    second?.write(length - 1, [5]);
    expect([first?.numbers, second?.numbers].map((numbers) => (numbers instanceof FileNumbers ? [...numbers.read(length - 1, length)] : null))).toEqual([
      [3],
      [5],
    ]);
    expect(readdirSync(room.folder)).toHaveLength(1);
  });

  test('bytes and floats are joined as floats', () => {
    expect(joinNumbers('float32', [Uint8Array.of(1, 2), Float32Array.of(0.5)], noRoom)).toEqual(Float32Array.of(1, 2, 0.5));
  });

  test("a file that is not the room's own is copied, not written to", () => {
    const room = roomOf();
    const path = write('foreign.bin', new Uint8Array(mostInMemory));
    const joined = joinNumbers('uint8', [new FileNumbers({ type: 'uint8', path, offset: 0, length: mostInMemory }), Uint8Array.of(8)], room);
    expect(joined instanceof FileNumbers && joined.path !== path && joined.read(mostInMemory, mostInMemory + 1)[0]).toBe(8);
  });
});
