import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { contentOf, openZip } from '../../src-main/formats/archives/zip.ts';
import type { Zip, ZipEntry } from '../../src-main/formats/archives/zip.ts';
import { temporaryFolder, zipOf } from '../runtime/support.ts';

const large = randomBytes(3_000_000); // three pieces of 1 MiB
const parts = [
  { path: 'a/large.bin', content: large },
  { path: 'stored.txt', content: Buffer.from('as it is'), stored: true },
  { path: 'bin/tool', content: Buffer.from('#!'), mode: 0o100755 },
  { path: 'größe.txt', content: Buffer.from('') },
  { path: 'a/', content: Buffer.from(''), stored: true },
];
const packed = zipOf(parts);
const centralHeader = Buffer.from([0x50, 0x4b, 0x01, 0x02]);

async function listed(zip: Zip): Promise<Map<string, ZipEntry>> {
  const entries = new Map<string, ZipEntry>();
  for await (const entry of zip.entries()) entries.set(entry.name, entry);
  return entries;
}

/** What is read of one entry. */
async function textOf(zip: Zip, entry: ZipEntry | undefined): Promise<string> {
  if (entry === undefined) throw new Error('There is no such entry.');
  return Buffer.from(await contentOf(zip, entry)).toString('latin1');
}

async function write(content: Buffer): Promise<string> {
  const path = join(await temporaryFolder(), 'test.zip');
  await writeFile(path, content);
  return path;
}

test.each([
  ['deflated or stored', false, true],
  ['with ZIP64', true, true],
  ['out of memory', false, false],
])('entries come back as they went in, %s', async (_, wide, isFile) => {
  const bytes = wide ? zipOf(parts, wide) : packed;
  const zip = isFile ? await openZip(await write(bytes)) : await openZip('test.zip', bytes);
  expect(zip.size).toBe(bytes.length);
  const entries = await listed(zip);
  expect([...entries.keys()]).toEqual(['a/large.bin', 'stored.txt', 'bin/tool', 'größe.txt']); // folders are no entries
  expect((await textOf(zip, entries.get('a/large.bin'))) === large.toString('latin1')).toBe(true);
  expect(await textOf(zip, entries.get('stored.txt'))).toBe('as it is');
  expect(await textOf(zip, entries.get('größe.txt'))).toBe('');
  expect(entries.get('bin/tool')?.isExecutable).toBe(true);
  expect(entries.get('stored.txt')?.isExecutable).toBe(false);
  await zip.close();
});

test('a name that is no UTF-8 is one of code page 437', async () => {
  const bytes = zipOf([{ path: 'gr__e', content: Buffer.from('x') }]);
  const at = bytes.indexOf(centralHeader) + 46;
  bytes.set([0x94, 0xe1], at + 2); // APPNOTE, appendix D: IBM Code Page 437, where 0x94 is ö and 0xe1 is ß
  const zip = await openZip('test.zip', bytes);
  expect([...(await listed(zip)).keys()]).toEqual(['größe']);
});

test('a thousand small entries are each read where they lie, in any order', async () => {
  const many = Array.from({ length: 1000 }, (_, i) => ({ path: `${i}`, content: Buffer.from(`content ${i * i}`), stored: i % 3 === 0 }));
  const zip = await openZip(await write(zipOf(many)));
  const entries = [...(await listed(zip)).values()].reverse();
  const read = await Promise.all(entries.map(async (entry) => [entry.name, await textOf(zip, entry)]));
  expect(read).toEqual(many.map(({ path, content }) => [path, content.toString()]).reverse());
  await zip.close();
});

test('two entries are read at the same time', async () => {
  const zip = await openZip(await write(zipOf([parts[0]!, { path: 'b', content: large }])));
  const entries = await listed(zip);
  const [a, b] = await Promise.all([textOf(zip, entries.get('a/large.bin')), textOf(zip, entries.get('b'))]);
  expect(a === b && a === large.toString('latin1')).toBe(true);
  await zip.close();
});

test('a file that was cut off is refused with its size', async () => {
  const path = await write(packed.subarray(0, 2_000_000));
  await expect(openZip(path)).rejects.toThrow(
    `${path} is not a complete ZIP file: its directory is missing (2000000 bytes). It was probably cut off; get it again.`,
  );
});

test('a directory that breaks off is refused', async () => {
  const bytes = Buffer.from(packed);
  bytes[bytes.lastIndexOf(centralHeader)] = 0;
  const path = await write(bytes);
  const zip = await openZip(path);
  await expect(listed(zip)).rejects.toThrow(`${path} is damaged or cut off: its directory breaks off after 4 of 5 entries. Get the file again.`);
  await zip.close();
});

test('a changed byte is found, in deflated and in stored content', async () => {
  const content = Buffer.from(packed);
  content[200_000] = (content[200_000] ?? 0) ^ 0xff;
  const at = content.indexOf('as it is');
  content[at] = 'A'.charCodeAt(0);
  const path = await write(content);
  const zip = await openZip(path);
  const entries = await listed(zip);
  await expect(textOf(zip, entries.get('a/large.bin'))).rejects.toMatchObject({ code: 'bad-input' });
  await expect(textOf(zip, entries.get('stored.txt'))).rejects.toThrow(
    `${path} is damaged or cut off: stored.txt has another CRC-32 than the directory says. Get the file again.`,
  );
  await zip.close();
});

test('content that is longer or shorter than its entry says is refused, and an entry that lies elsewhere', async () => {
  for (const [claim, refusal] of [
    [7, 'test.zip, entry x: 7 bytes expected, more found. The archive is damaged.'],
    [9, 'test.zip, entry x: 9 bytes expected, 8 bytes found. The archive is damaged.'],
  ] as const) {
    const bytes = zipOf([{ path: 'x', content: Buffer.from('as it is') }]);
    bytes.writeUInt32LE(claim, bytes.indexOf(centralHeader) + 24);
    const zip = await openZip('test.zip', bytes);
    await expect(textOf(zip, (await listed(zip)).get('x'))).rejects.toThrow(refusal);
  }
  const bytes = zipOf([{ path: 'x', content: Buffer.from('as it is') }]);
  bytes.writeUInt32LE(1, bytes.indexOf(centralHeader) + 42);
  const zip = await openZip('test.zip', bytes);
  await expect(textOf(zip, (await listed(zip)).get('x'))).rejects.toThrow(
    'test.zip is damaged or cut off: x does not start or end where the directory says. Get the file again.',
  );
});

test('an encrypted entry and an unknown compression are refused by name', async () => {
  const encrypted = zipOf([{ path: 'secret', content: Buffer.from('x') }]);
  encrypted.writeUInt16LE(1, encrypted.indexOf(centralHeader) + 8);
  const first = await openZip('first.zip', encrypted);
  await expect(textOf(first, (await listed(first)).get('secret'))).rejects.toThrow('first.zip: secret is encrypted. Encrypted ZIP files are not read.');
  const unknown = zipOf([{ path: 'new', content: Buffer.from('x') }]);
  unknown.writeUInt16LE(93, unknown.indexOf(centralHeader) + 10);
  const second = await openZip('second.zip', unknown);
  await expect(textOf(second, (await listed(second)).get('new'))).rejects.toThrow(
    'second.zip: new is compressed with method 93. Read are 0 (stored) and 8 (deflated).',
  );
});

test('reading stops when the signal aborts', async () => {
  const zip = await openZip(await write(packed));
  const stop = new AbortController();
  const entry = (await listed(zip)).get('a/large.bin');
  const read = async (): Promise<void> => {
    for await (const piece of zip.read(entry!, stop.signal)) if (piece.length > 0) stop.abort(new Error('enough'));
  };
  await expect(read()).rejects.toThrow('enough');
  await zip.close();
});
