import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { LabError } from '../../src-main/contract/errors.ts';
import { openSource } from '../../src-main/formats/index.ts';
import { readBytes } from '../../src-main/formats/source.ts';
import { expectRefusal, fixture, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();

const image = await sharp({ create: { width: 9, height: 7, channels: 3, background: '#12a' } })
  .png()
  .toBuffer();
const good: readonly (readonly [format: string, name: string, bytes: Uint8Array])[] = [
  ['csv', 't.csv', Buffer.from('name;x;y\n"Ann; B.";1,5;2\nCy;2,5;NA\nDé;3,5;4\n')],
  ['idx', 't.idx', Buffer.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8])],
  ['npz', 't.npz', readFileSync(fixture('npz/images.npz'))],
  ['npz', 't.npy', readFileSync(fixture('npz/fortran.npy'))],
  ['ts', 't.ts', Buffer.from('@problemName T\n@dimensions 2\n@classLabel true a b\n@data\n1,2:3,?:a\n4:5:b\n')],
  ['image-folder', 't.zip', zipSync({ 'a/1.png': image, 'b/2.png': image })],
];

test.each(good)('a %s file damaged anywhere (%s) is read or refused with a sentence, and nothing else happens', async (format, name, bytes) => {
  const change = fc.record({ at: fc.nat(bytes.length - 1), value: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 4 }), fc.nat(bytes.length), fc.boolean(), async (changes, end, isCut) => {
      const damaged = Buffer.from(bytes);
      for (const { at, value } of changes) damaged[at] = value;
      const path = write(name, isCut ? damaged.subarray(0, end) : damaged);
      try {
        const { rows, columns } = await openSource(path, { format });
        for (const { values } of columns) expect(values.length).toBe(rows);
      } catch (error) {
        expect(error).toBeInstanceOf(LabError);
        expect((error as LabError).message).toMatch(new RegExp(`${name}.*\\.$`, 's')); // asserted to be one in the line above
      }
    }),
    { numRuns: 150 },
  );
});

test.skipIf(process.platform === 'win32')('a pipe in the place of a file is refused at once, and not waited for', async () => {
  execFileSync('mkfifo', [join(root, 'data.csv'), join(root, 'pictures.npz')]);
  for (const name of ['data.csv', 'pictures.npz']) {
    await expectRefusal(openSource(join(root, name)), `${join(root, name)} is neither a file nor a folder.`);
    await expectRefusal(readBytes(join(root, name)), `${join(root, name)} is neither a file nor a folder.`);
  }
});
