/** Packs files that this program made into one ZIP archive. */
import { zipSync, strToU8 } from 'fflate';

/** The time of every entry: the same files give the same archive. */
const entryTime = new Date('2020-01-01T00:00:00Z');

/** @param level of compression; 0 stores the files as they are */
export function packZip(files: Readonly<Record<string, string | Uint8Array>>, level: 0 | 6 = 6): Uint8Array {
  const entries = Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? strToU8(content) : content] as const);
  return zipSync(Object.fromEntries(entries), { level, mtime: entryTime });
}
