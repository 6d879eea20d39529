/** Packs files that this program made into one ZIP archive. */
import { zipSync, strToU8 } from 'fflate';

/** The time of every entry: the same files give the same archive. */
const entryTime = new Date('2020-01-01T00:00:00Z');

export function packZip(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).map(([name, content]) => [name, typeof content === 'string' ? strToU8(content) : content] as const);
  return zipSync(Object.fromEntries(entries), { level: 6, mtime: entryTime });
}
