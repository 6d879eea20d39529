/** One source through its reader, in a process of its own. Prints the seconds from the call to the answer as JSON; starting and loading do not count.
 *  Arguments: the source, an empty folder for what the reader keeps outside of memory, the reading options as JSON. */
import type { ReadOptions } from '../../../src-main/formats/format.ts';
import { openSource } from '../../../src-main/formats/index.ts';

const [path = '', folder = '', options = '{}'] = process.argv.slice(2);
const startedAt = performance.now();
await openSource(path, {
  options: JSON.parse(options) as ReadOptions, // the benchmark's own
  room: { folder, signal: null, onProgress: () => undefined },
});
process.stdout.write(`${JSON.stringify({ seconds: (performance.now() - startedAt) / 1000 })}\n`);
process.exit(0);
