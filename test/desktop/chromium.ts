/** The Chromium that comes as an npm package, so that a browser is there after `npm ci`; unpacked once into a folder of its own. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import packaged from '@sparticuz/chromium';
import { chromium, type Browser } from 'playwright';
import { utf8Names } from '../shell/electronApp.ts';
import { patienceMs } from '../support/patience.ts';

type Ready = { readonly file: string; readonly env: Readonly<Record<string, string>> };
export type Chromium = Ready | { readonly missing: string };

const run = promisify(execFile);
const packageRoot = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..');
const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }; // every package has one
const unpackedFolder = join(tmpdir(), `auxlab-suite-chromium-${version}-${process.getuid?.() ?? 0}`);

/** @returns the browser and what its environment needs, or a sentence that says why there is none */
export async function findChromium(env: NodeJS.ProcessEnv = process.env): Promise<Chromium> {
  const named = env['AUXLAB_BROWSER'] ?? '';
  if (named !== '')
    return existsSync(named) ? { file: named, env: {} } : { missing: `AUXLAB_BROWSER names ${named}, which is not there, so no browser is started.` };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { missing: `The packaged Chromium is for Linux on x64. This is ${process.platform}-${process.arch}; name a browser in AUXLAB_BROWSER.` };
  const ready = (await startsFrom(unpackedFolder)) ?? (await unpackAnew());
  return ready ?? { missing: 'The packaged Chromium does not start on this system, so no browser is driven.' };
}

/** @returns null when it is not there, lacks libraries of the system, or is cut off */
async function startsFrom(folder: string): Promise<Ready | null> {
  const [file, libraries] = [join(folder, 'chromium'), join(folder, 'al2023', 'lib')];
  const env: Record<string, string> = existsSync(libraries) ? { LD_LIBRARY_PATH: libraries } : {};
  const answer = await run(file, ['--version'], { env: { ...process.env, ...env } }).catch(() => null);
  return answer === null ? null : { file, env };
}

/** In a folder of its own, which takes its name only when it is whole: other suites may look for it or run from it at the same time. */
async function unpackAnew(): Promise<Ready | null> {
  const made = mkdtempSync(`${unpackedFolder}-`);
  const takeName = (): void => {
    try {
      renameSync(made, unpackedFolder);
    } catch {
      // There is one already: another suite was first, or it is damaged.
    }
  };
  try {
    await unpack(made);
    if ((await startsFrom(made)) === null) await unpackLibraries(made);
    if ((await startsFrom(made)) === null) return null;
    takeName();
    const ready = await startsFrom(unpackedFolder);
    if (ready !== null) return ready;
    rmSync(unpackedFolder, { recursive: true });
    takeName();
    return await startsFrom(unpackedFolder);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** The package unpacks into the system's folder for temporary files, whatever that is at the time. */
async function unpack(folder: string): Promise<void> {
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  try {
    await packaged.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

/** NSS and its like, for systems that have no browser's libraries. */
async function unpackLibraries(folder: string): Promise<void> {
  const target = join(folder, 'al2023');
  mkdirSync(target);
  const archive = join(packageRoot, 'bin', 'al2023.tar.br');
  const tar = await promisify(brotliDecompress)(await readFile(archive));
  const child = run('tar', ['-x', '-C', target]);
  child.child.stdin?.end(tar);
  await child;
}

/** Opens it without a window; its pages are waited for with patience. As root it has no sandbox; containers have little shared memory. */
export async function openChromium(found: Extract<Chromium, { file: string }>): Promise<Browser> {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const browser = await chromium.launch({
    executablePath: found.file,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    env: { ...Object.fromEntries(own), ...utf8Names, ...found.env },
    timeout: patienceMs,
  });
  const newPage = browser.newPage.bind(browser);
  browser.newPage = async (options) => {
    const page = await newPage(options);
    page.setDefaultTimeout(patienceMs);
    return page;
  };
  return browser;
}
