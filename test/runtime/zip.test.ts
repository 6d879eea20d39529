import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ZipFile } from '../../src-main/runtime/zip.ts';
import { openZip } from '../../src-main/runtime/zip.ts';
import { temporaryFolder, zipOf } from './support.ts';

const large = randomBytes(3_000_000); // three pieces of 1 MiB
const parts = [
  { path: 'a/large.bin', content: large },
  { path: 'stored.txt', content: Buffer.from('as it is'), stored: true },
  { path: 'bin/tool', content: Buffer.from('#!'), mode: 0o100755 },
  { path: 'größe.txt', content: Buffer.from('') },
  { path: 'a/', content: Buffer.from(''), stored: true },
];

async function contentOf(zip: ZipFile, path: string): Promise<Buffer> {
  const entry = zip.entries.get(path);
  if (entry === undefined) throw new Error(`no ${path}`);
  const pieces: Buffer[] = [];
  for await (const piece of zip.read(entry)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function write(content: Buffer): Promise<string> {
  const path = join(await temporaryFolder(), 'test.zip');
  await writeFile(path, content);
  return path;
}

test.each([false, true])('entries come back as they went in, deflated or stored, ZIP64: %s', async (wide) => {
  const zip = await openZip(await write(zipOf(parts, wide)));
  expect([...zip.entries.keys()]).toEqual(['a/large.bin', 'stored.txt', 'bin/tool', 'größe.txt']); // folders are no entries
  expect((await contentOf(zip, 'a/large.bin')).equals(large)).toBe(true);
  expect((await contentOf(zip, 'stored.txt')).toString()).toBe('as it is');
  expect(await contentOf(zip, 'größe.txt')).toHaveLength(0);
  expect(zip.entries.get('bin/tool')?.isExecutable).toBe(true);
  expect(zip.entries.get('stored.txt')?.isExecutable).toBe(false);
  await zip.close();
});

test('two entries are read at the same time', async () => {
  const zip = await openZip(await write(zipOf([parts[0]!, { path: 'b', content: large }])));
  const [a, b] = await Promise.all([contentOf(zip, 'a/large.bin'), contentOf(zip, 'b')]);
  expect(a.equals(large) && b.equals(large)).toBe(true);
  await zip.close();
});

test('a file that was cut off is refused with its size', async () => {
  const path = await write(zipOf(parts).subarray(0, 2_000_000));
  await expect(openZip(path)).rejects.toThrow(
    `${path} is not a complete ZIP file: its directory is missing (2000000 bytes). It was probably cut off; get it again.`,
  );
});

test('a changed byte is found, in deflated and in stored content', async () => {
  const content = zipOf(parts);
  content[200_000] = (content[200_000] ?? 0) ^ 0xff;
  const at = content.indexOf('as it is');
  content[at] = 'A'.charCodeAt(0);
  const zip = await openZip(await write(content));
  await expect(contentOf(zip, 'a/large.bin')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(contentOf(zip, 'stored.txt')).rejects.toThrow('stored.txt has another length or CRC-32 than the directory says');
  await zip.close();
});

test('an encrypted entry and an unknown compression are refused by name', async () => {
  const encrypted = zipOf([{ path: 'secret', content: Buffer.from('x') }]);
  const central = encrypted.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  encrypted.writeUInt16LE(1, central + 8);
  const first = await write(encrypted);
  await expect(openZip(first)).rejects.toThrow(`${first}: secret is encrypted. Encrypted ZIP files are not read.`);
  const packed = zipOf([{ path: 'new', content: Buffer.from('x') }]);
  packed.writeUInt16LE(93, packed.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 10);
  const second = await write(packed);
  await expect(openZip(second)).rejects.toThrow('is compressed with method 93. Read are 0 (stored) and 8 (deflated).');
});

test('reading stops when the signal aborts', async () => {
  const zip = await openZip(await write(zipOf(parts)));
  const stop = new AbortController();
  const entry = zip.entries.get('a/large.bin');
  const read = async (): Promise<void> => {
    for await (const piece of zip.read(entry!, stop.signal)) if (piece.length > 0) stop.abort(new Error('enough'));
  };
  await expect(read()).rejects.toThrow('enough');
  await zip.close();
});
