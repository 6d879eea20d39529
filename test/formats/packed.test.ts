import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { FileNumbers } from '../../src-main/formats/numbers/numbers.ts';
import { openSource } from '../../src-main/formats/index.ts';
import { noRoom } from '../../src-main/formats/readRoom.ts';
import { unpackFile } from '../../src-main/formats/archives/unpack.ts';
import { arrayOf, expectRefusal, fixture, plain, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();
const table = 'a,b\n1,x\n2,y\n';
const zip = (files: Readonly<Record<string, string | Uint8Array>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? strToU8(content) : content])));
const ts = (rows: string): string => `@problemName toy\n@timestamps false\n@classLabel true a b\n@data\n${rows}\n`;

describe('Zstandard', () => {
  test('a table is read as when it is not packed', async () => {
    const read = await openSource(write('table.csv.zst', zstdCompressSync(Buffer.from(table))));
    expect(plain(read)).toEqual({ a: [1, 2], b: ['x', 'y'] });
  });

  test('a large one too, whose first block is longer than a head', async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `${i},${Math.sin(i)}`);
    const read = await openSource(write('large.csv.zst', zstdCompressSync(Buffer.from(`a,b\n${rows.join('\n')}\n`))));
    expect(read.rows).toBe(50_000);
  });

  test('messages name the file that was given', async () => {
    const path = write('ragged.csv.zst', zstdCompressSync(Buffer.from('a,b\n1,2\n3\n4,5\n')));
    await expectRefusal(openSource(path), expect.stringMatching(new RegExp(`^${path.replaceAll('\\', '\\\\')}, row 3: `)) as string); // matched as a text
  });

  test('damage and too much are refused', async () => {
    const packed = zstdCompressSync(Buffer.from(table.repeat(10_000)));
    const cut = write('cut.csv.zst', packed.subarray(0, packed.length - 8));
    await expectRefusal(openSource(cut), `${cut} cannot be unpacked: its Zstandard data is damaged or cut off.`);
    const bomb = write('bomb.csv.zst', packed);
    await expectRefusal(unpackFile(bomb, 'zstd', root, noRoom, 1000), `${bomb} unpacks from ${packed.length} bytes to more than 1000 bytes and is refused.`);
  });
});

describe('tables in a ZIP', () => {
  test('the only table is read, and what is left out is said', async () => {
    const path = write('one.zip', zip({ 'data/table.csv': table, 'README.txt': 'Hello', '__MACOSX/data/._table.csv': 'x', 'data/.DS_Store': 'x' }));
    const read = await openSource(path);
    expect(plain(read)).toEqual({ a: [1, 2], b: ['x', 'y'] });
    expect(read.notes).toContain('Read from it: data/table.csv.');
    expect(read.notes).toContain('Not read: README.txt.');
  });

  test('arrays, packed tables and archives in it are read', async () => {
    const npy = readFileSync(fixture('npz/fortran.npy'));
    expect((await openSource(write('array.zip', zip({ 'x.npy': npy })))).format).toBe('npz');
    expect((await openSource(write('array-and-text.zip', zip({ 'x.npy': npy, 'README.md': '?' })))).format).toBe('npz');
    expect((await openSource(write('twice.zip', zip({ 'table.csv.gz': gzipSync(table) })))).rows).toBe(2);
    expect((await openSource(write('zip-in-zip.zip', zip({ 'inner.csv': zip({ 'table.csv': table }) })))).rows).toBe(2);
  });

  test('a ZIP that is called a table is one still', async () => {
    expect((await openSource(write('download.csv', zip({ 'table.csv': table })))).rows).toBe(2);
  });

  test('several tables are listed, and the option entry chooses', async () => {
    const path = write('wine.zip', zip({ 'winequality-red.csv': table, 'winequality-white.csv': 'a,b\n3,z\n4,z\n', 'wine.names': '?' }));
    await expectRefusal(
      openSource(path),
      `${path} holds several tables: winequality-red.csv, winequality-white.csv. Name the one that is meant in the option entry, or give it by itself.`,
    );
    expect(plain(await openSource(path, { options: { entry: 'winequality-white.csv' } }))).toEqual({ a: [3, 4], b: ['z', 'z'] });
    await expectRefusal(
      openSource(path, { options: { entry: 'winequality-rot.csv' } }),
      `${path} has no entry "winequality-rot.csv". Did you mean winequality-red.csv, winequality-white.csv?`,
    );
  });

  test('train and test become one data set', async () => {
    const path = write('parts.zip', zip({ 'd/train.csv': table, 'd/test.csv': 'b,a\nx,3\n', 'd/sample_submission.csv': 'id\n1\n' }));
    const read = await openSource(path);
    expect(plain(read)).toEqual({ split: ['train', 'train', 'test'], a: [1, 2, 3], b: ['x', 'y', 'x'] });
    expect(read.notes).toContain('Not read: d/sample_submission.csv.');
  });

  test("a competition's test file without the label is left out with a note", async () => {
    const path = write('titanic.zip', zip({ 'train.csv': table, 'test.csv': 'a\n5\n', 'gender_submission.csv': 'a,b\n5,x\n' }));
    const read = await openSource(path);
    expect(read.rows).toBe(2);
    expect(read.notes).toContain('test.csv is not read: it lacks columns that train.csv has.');
  });

  test('of the same data in several forms one is read', async () => {
    const path = write('forms.zip', zip({ 'iris.csv': table, 'iris.txt': table, 'iris.json': '[]' }));
    expect((await openSource(path)).notes).toContain('Read from it: iris.csv.');
  });

  test('the series of a problem are joined, whatever lies beside them', async () => {
    const path = write(
      'Toy.zip',
      zip({ 'Toy_TRAIN.ts': ts('1,2,3:a'), 'Toy_TEST.ts': ts('4,5,6:b'), 'Toy_TRAIN.txt': '1 1 2 3', 'Toy_TEST.txt': '2 4 5 6', 'Toy.txt': 'About it' }),
    );
    const read = await openSource(path);
    expect(plain(read)).toEqual({ split: ['train', 'test'], class: ['a', 'b'] });
    expect([...arrayOf(read, 'sequence').values]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('pictures stay pictures', async () => {
    const png = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#f00' } })
      .png()
      .toBuffer();
    const path = write('pictures.zip', zip({ 'cat/1.png': png, 'dog/1.png': png, 'labels.csv': 'file,age\ncat/1.png,3\ndog/1.png,4\n' }));
    expect((await openSource(path, { options: { width: 8, height: 8 } })).format).toBe('image-folder');
  });

  test('an entry that states a false size, and one that unpacks to too much, are refused', async () => {
    const honest = Buffer.from(zip({ 'table.csv': table }));
    const directory = honest.indexOf('PK\x01\x02', 0, 'latin1');
    const stating = (bytes: number): Buffer => {
      const file = Buffer.from(honest);
      file.writeUInt32LE(bytes, directory + 24); // the unpacked size in the directory (APPNOTE 4.3.12)
      return file;
    };
    const path = write('lying.zip', stating(7));
    await expectRefusal(openSource(path), expect.stringMatching(/lying\.zip, entry table\.csv: 7 bytes expected, more found/) as string); // matched as a text
    const bomb = write('bomb.zip', stating(300 * 1024 * 1024));
    await expectRefusal(openSource(bomb), `${bomb} unpacks from ${honest.length} bytes to more than 256 MB and is refused.`);
  });

  test('messages name archive and entry', async () => {
    const path = write('ragged.zip', zip({ 'in/ragged.csv': 'a,b\n1,2\n3\n4,5\n' }));
    await expectRefusal(openSource(path), expect.stringContaining(`${path}, entry in/ragged.csv, row 3: `) as string); // matched as a text
  });

  test('endless packing is refused', async () => {
    let content = zip({ 'table.csv': table });
    for (let i = 0; i < 4; i++) content = zip({ 'table.csv': content });
    // Matched as a text
    await expectRefusal(openSource(write('endless.zip', content)), expect.stringMatching(/is packed more than 3 times\. Unpack it first\./) as string);
  });
});

describe('a folder of tables', () => {
  test('is read as a ZIP of them would be', async () => {
    write('folder/data.csv', table);
    write('folder/README.md', 'Hello');
    expect((await openSource(join(root, 'folder'))).rows).toBe(2);
    write('two/train.csv', table);
    write('two/test.csv', table);
    expect((await openSource(join(root, 'two'))).columns[0]?.name).toBe('split');
    write('several/x.csv', table);
    write('several/y.csv', table);
    // Matched as a text
    await expectRefusal(openSource(join(root, 'several')), expect.stringMatching(/several holds several tables: x\.csv, y\.csv\./) as string);
  });
});

describe('room', () => {
  test('unpacked files lie in the room, and without one nothing is left behind', async () => {
    const path = write('table.csv.zst2', zstdCompressSync(Buffer.from(table)));
    const folder = join(root, 'room');
    mkdirSync(folder);
    const told: number[] = [];
    const room = { folder, signal: null, onProgress: ({ bytes = 0 }: { bytes?: number }) => void told.push(bytes) };
    await openSource(path, { room, format: 'csv' });
    expect(readdirSync(folder)).toHaveLength(1);
    expect(told.length).toBeGreaterThan(0);
    const read = await openSource(path, { format: 'csv' });
    const files = read.columns.flatMap((column) => (column.kind === 'number' && column.values instanceof FileNumbers ? [column.values.path] : []));
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  test('a stop ends the unpacking', async () => {
    const path = write('stopped.csv.zst', zstdCompressSync(Buffer.from(table.repeat(1000))));
    await expect(openSource(path, { room: { ...noRoom, signal: AbortSignal.abort() } })).rejects.toThrow(/abort/i);
  });
});
