/** The built interface: whether it is there and as new as its sources, and building it. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LabError } from '../contract/errors.ts';
import { takeLock } from '../runtime/lock.ts';

const bundles = ['out/main/main.cjs', 'out/preload/preload.cjs', 'out/renderer/index.html'];
/** Of all layers: one that no bundle holds costs a build too many, never an old page. */
const sources = ['src-main', 'src-renderer', 'electron.vite.config.ts', 'package.json'];

/** Where the page's files lie once it is built. */
export function pageFolder(packageFolder: string): string {
  return join(packageFolder, 'out', 'renderer');
}

/** Whether a bundle is missing or older than what it was made from. */
export function needsBuild(packageFolder: string): boolean {
  const built = bundles.map((file) => changedMs(join(packageFolder, file)));
  const newest = Math.max(...sources.map((place) => newestMs(join(packageFolder, place))));
  return built.some((ms) => ms === null || ms < newest);
}

/** Builds the interface when that is needed. One process at a time builds; others that start meanwhile wait for what it makes.
 *  @param say told what happens, a sentence   @throws LabError bad-input when it cannot be built */
export async function ensureBuilt(packageFolder: string, say: (sentence: string) => void): Promise<void> {
  const lock = join(packageFolder, 'out', 'build.lock');
  if (!needsBuild(packageFolder) && !existsSync(lock)) return; // with a lock, the last bundle may be there in part
  const script = join('electron-vite', 'bin', 'electron-vite.js');
  if (!existsSync(join(packageFolder, 'node_modules', script))) {
    if (existsSync(join(pageFolder(packageFolder), 'index.html'))) return; // an installed package brings the built page and no tools
    throw new LabError('bad-input', 'The interface is not built and the tools to build it are missing. Run "npm ci" in the package first.');
  }
  const onWait = (pid: number): void => say(`Waiting for the interface, which process ${pid} is building.`);
  const unlock = await takeLock(lock, { pollMs: 100, onWait }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LabError('bad-input', `The interface must be built, and nothing can be written into ${dirname(lock)}: ${reason}`, { cause: error });
  });
  try {
    if (!needsBuild(packageFolder)) return;
    say('Building the interface, once; this takes a few seconds.');
    const { code, text } = await runNode(packageFolder, script, ['build', '--logLevel', 'warn']);
    if (code !== 0) throw new LabError('bad-input', `The interface could not be built; "npm run build" shows why.\n${text.trim()}`);
  } finally {
    await unlock();
  }
}

/** @param script below node_modules   @returns exit code and everything that was written */
export function runNode(packageFolder: string, script: string, words: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
  const env = { ...process.env };
  delete env['NODE_ENV']; // a test's own would be built in
  const child = spawn(process.execPath, [join(packageFolder, 'node_modules', script), ...words], {
    cwd: packageFolder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, text }));
  });
}

function changedMs(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

function newestMs(place: string): number {
  const status = statSync(place, { throwIfNoEntry: false });
  if (status === undefined) return 0; // a packaged app has no sources
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(place).map((name) => newestMs(join(place, name))));
}
