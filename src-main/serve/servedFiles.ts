/** The files of the built window, read once at the start: a request names one of them or gets nothing, and a build in the meantime changes none under a page
 *  that is open. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

export interface ServedFile {
  readonly content: Buffer;
  readonly type: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** @returns address path ('/assets/index.js') -> file; links and files of other kinds are left out */
export async function readServedFiles(folder: string, below = '/'): Promise<ReadonlyMap<string, ServedFile>> {
  const files = new Map<string, ServedFile>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name);
    const type = types[extname(entry.name)];
    if (entry.isDirectory()) for (const [path, served] of await readServedFiles(file, `${below}${entry.name}/`)) files.set(path, served);
    else if (entry.isFile() && type !== undefined) files.set(below + entry.name, { content: await readFile(file), type });
  }
  return files;
}
