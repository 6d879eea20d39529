import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { openArchive } from '../../src-main/formats/archives/zipArchive.ts';
import { zipOf } from '../runtime/support.ts';
import { expectRefusal, temporaryFolder } from './support.ts';

const { write } = temporaryFolder();
const centralHeader = Buffer.from([0x50, 0x4b, 0x01, 0x02]);
const part = (path: string): { path: string; content: Buffer } => ({ path, content: Buffer.from('as it is') });

test('only what is asked for is read: damage elsewhere in the file goes unseen', async () => {
  const bytes = Buffer.from(zipSync({ 'a.txt': strToU8('first'), 'b.txt': strToU8('second'), 'c.bin': strToU8('third') }, { level: 0 }));
  bytes[bytes.indexOf('first')] = 0;
  const path = write('one.zip', bytes);
  const archive = await openArchive(path, (name) => name.endsWith('.txt'));
  const { entries } = archive;
  expect([...entries.keys()]).toEqual(['a.txt', 'b.txt']);
  expect(Buffer.from(await archive.read(entries.get('b.txt')!)).toString()).toBe('second');
  await expectRefusal(
    archive.read(entries.get('a.txt')!),
    `${path} is damaged or cut off: a.txt has another CRC-32 than the directory says. Get the file again.`,
  );
  await archive.close();
});

test('an entry that is there twice is refused', async () => {
  const path = write('twice.zip', zipOf([part('x'), part('y'), part('x')]));
  await expectRefusal(
    openArchive(path, () => true),
    `${path} holds the entry x twice.`,
  );
});

test('backslashes divide folders as slashes do, and two names that then are one are refused', async () => {
  const path = write('windows.zip', zipOf([part('a\\b\\x'), part('c/y')]));
  const archive = await openArchive(path, () => true);
  expect([...archive.entries.keys()]).toEqual(['a/b/x', 'c/y']);
  await archive.close();
  const twice = write('both.zip', zipOf([part('a\\x'), part('a/x')]));
  await expectRefusal(
    openArchive(twice, () => true),
    `${twice} holds the entry a/x twice.`,
  );
});

test('names are judged, those of entries that are not asked for too', async () => {
  for (const name of ['\\x', 'C:\\x', 'a\\..\\x', '/x', 'C:x', 'a/../x', 'x\0y']) {
    const path = write('outward.zip', zipOf([part('x'), part(name)]));
    await expectRefusal(
      openArchive(path, (each) => each === 'x'),
      `${path} holds an entry that points outside the archive (${JSON.stringify(name)}) and is refused.`,
    );
  }
});

test('an entry that cannot be read is refused at once when it is asked for, and no matter else', async () => {
  const bytes = zipOf([part('x'), part('y')]);
  bytes.writeUInt16LE(1, bytes.indexOf(centralHeader) + 8); // x is encrypted
  bytes.writeUInt16LE(12, bytes.lastIndexOf(centralHeader) + 10); // y is compressed with bzip2
  const path = write('odd.zip', bytes);
  await expectRefusal(
    openArchive(path, (name) => name === 'x'),
    `${path}: x is encrypted. Encrypted ZIP files are not read.`,
  );
  await expectRefusal(
    openArchive(path, (name) => name === 'y'),
    `${path}: y is compressed with method 12. Read are 0 (stored) and 8 (deflated).`,
  );
  const none = await openArchive(path, () => false);
  expect(none.entries.size).toBe(0);
  await none.close();
});
