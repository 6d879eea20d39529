/** The Chromium that comes as an npm package, so that a browser is there after `npm ci`; unpacked once into a folder of its own. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import packaged from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright';
import { utf8Names } from '../shell/electronApp.ts';

export type Chromium = { readonly file: string; readonly env: Readonly<Record<string, string>> } | { readonly missing: string };

const run = promisify(execFile);
const packageFile = createRequire(import.meta.url).resolve('@sparticuz/chromium');

/** @returns the browser and what its environment needs, or a sentence that says why there is none */
export async function findChromium(env: NodeJS.ProcessEnv = process.env): Promise<Chromium> {
  const named = env['AUXLAB_BROWSER'] ?? '';
  if (named !== '')
    return existsSync(named) ? { file: named, env: {} } : { missing: `AUXLAB_BROWSER names ${named}, which is not there, so no browser is started.` };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { missing: `The packaged Chromium is for Linux on x64. This is ${process.platform}-${process.arch}; name a browser in AUXLAB_BROWSER.` };
  const folder = join(tmpdir(), 'auxlab-suite-chromium');
  for (let attempt = 0; attempt < 2; attempt++) {
    const file = await unpack(folder);
    for (const libraries of [null, join(folder, 'al2023', 'lib')]) {
      if (libraries !== null) await unpackLibraries(folder);
      const own: Record<string, string> = libraries === null ? {} : { LD_LIBRARY_PATH: libraries };
      const answer = await run(file, ['--version'], { env: { ...env, ...own } }).catch(() => null); // it lacks libraries, or is cut off
      if (answer !== null) return { file, env: own };
    }
    rmSync(folder, { recursive: true, force: true }); // perhaps another process had only begun to unpack it
  }
  return { missing: 'The packaged Chromium does not start on this system, so no browser is driven.' };
}

/** The package unpacks into the system's folder for temporary files, whatever that is at the time. */
async function unpack(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    return await packaged.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

/** NSS and its like, for systems that have no browser's libraries. */
async function unpackLibraries(folder: string): Promise<void> {
  const target = join(folder, 'al2023');
  if (existsSync(target)) return;
  mkdirSync(target);
  const archive = join(dirname(packageFile), '..', 'bin', 'al2023.tar.br');
  const tar = await promisify(brotliDecompress)(await readFile(archive));
  const child = run('tar', ['-x', '-C', target]);
  child.child.stdin?.end(tar);
  await child;
}

/** Opens it without a window. As root it has no sandbox; containers have little shared memory. */
export function openChromium(found: Extract<Chromium, { file: string }>): Promise<Browser> {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return chromium.launch({
    executablePath: found.file,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    env: { ...Object.fromEntries(own), ...utf8Names, ...found.env },
  });
}
