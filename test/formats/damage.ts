/** What damaged files are held to, whatever their format. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { LabError } from '../../src-main/contract/errors.ts';
import { lengthOf } from '../../src-main/formats/rawColumns.ts';
import { openSource } from '../../src-main/formats/index.ts';

/** A file damaged anywhere is read or refused with a sentence that names it, and nothing else happens.
 *  @param bytes of a good file
 *  @param write puts a file into a temporary folder and gives its path */
export async function expectDamageIsTold(format: string, name: string, bytes: Uint8Array, write: (name: string, content: Uint8Array) => string): Promise<void> {
  const change = fc.record({ at: fc.nat(bytes.length - 1), value: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 4 }), fc.nat(bytes.length), fc.boolean(), async (changes, end, isCut) => {
      const damaged = Buffer.from(bytes);
      for (const { at, value } of changes) damaged[at] = value;
      const path = write(name, isCut ? damaged.subarray(0, end) : damaged);
      try {
        const { rows, columns } = await openSource(path, { format });
        for (const column of columns) expect(lengthOf(column)).toBe(rows);
      } catch (error) {
        expect(error).toBeInstanceOf(LabError);
        expect((error as LabError).message).toMatch(new RegExp(`${name}.*\\.$`, 's')); // asserted to be one in the line above
      }
    }),
    { numRuns: 150 },
  );
}
