/** Starts the built desktop app in a real Electron on a screen of its own, where both exist. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication } from 'playwright';
import { patienceMs } from '../support/patience.ts';

export const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

/** The binary that ELECTRON_OVERRIDE_DIST_PATH names, or a sentence that says why there is none. */
export function findElectron(env: NodeJS.ProcessEnv = process.env): { readonly file: string } | { readonly missing: string } {
  const folder = env['ELECTRON_OVERRIDE_DIST_PATH'] ?? '';
  if (folder === '') return { missing: 'ELECTRON_OVERRIDE_DIST_PATH is not set, so no Electron is started.' };
  const file = join(folder, 'electron');
  if (!existsSync(file)) return { missing: `ELECTRON_OVERRIDE_DIST_PATH names ${folder}, which has no electron.` };
  if ((env['DISPLAY'] ?? '') === '' && !isOnPath('Xvfb', env)) return { missing: 'There is no display and no Xvfb, so no Electron is started.' };
  return { file };
}

function isOnPath(name: string, env: NodeJS.ProcessEnv): boolean {
  return (env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)));
}

export interface Screen {
  readonly display: string;
  readonly stop: () => void;
}

/** The display that there is, or one without a screen. It must not reset itself whenever its last client has gone: a start that meets that moment hangs. */
export async function openScreen(env: NodeJS.ProcessEnv = process.env): Promise<Screen> {
  const own = env['DISPLAY'] ?? '';
  if (own !== '') return { display: own, stop: () => undefined };
  const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const number = await new Promise<string>((resolve, reject) => {
    server.stdout.once('data', (text: Buffer) => resolve(text.toString().trim()));
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`Xvfb ended with code ${code ?? 'none'} before it had a display.`)));
  });
  return { display: `:${number}`, stop: () => void server.kill() };
}

export interface Launched {
  readonly app: ElectronApplication;
  readonly startedAt: number; // performance.now() at the start of the process that runs
}

/** @param home the data directory of this window   @param words files that it is opened with */
export async function launch(file: string, home: string, display: string, words: readonly string[] = []): Promise<Launched> {
  const launched = await handshake({ executablePath: file, args: appArguments(words), env: appEnvironment(home, display) });
  launched.app.context().setDefaultTimeout(patienceMs);
  return launched;
}

const handshakeMs = patienceMs / 3;

/** Playwright keeps Electron's "ready" back until the two have found each other, so nothing of the app but its first lines has run before. On a busy machine
 *  that has failed once in some hundred starts, for reasons of theirs; it is tried again, aloud. What fails after it is the app's and is not. */
async function handshake(options: Parameters<typeof _electron.launch>[0], attempts = 3): Promise<Launched> {
  const startedAt = performance.now(); // what an earlier attempt waited for is not the app's
  try {
    return { app: await _electron.launch({ ...options, timeout: handshakeMs }), startedAt };
  } catch (error) {
    if (attempts === 1) throw error;
    console.warn(`Electron and Playwright did not find each other within ${handshakeMs / 1000} s; started again.`);
    return handshake(options, attempts - 1);
  }
}

/** The command line of the app from the checkout. */
export function appArguments(words: readonly string[] = []): string[] {
  const isRoot = process.getuid?.() === 0;
  return [...(isRoot ? ['--no-sandbox'] : []), '--disable-gpu', packageFolder, ...words];
}

/** In the locale C Chromium cannot read the name of a file with an umlaut, or of one in such a folder. */
export const utf8Names = { LC_ALL: 'C.UTF-8' };

export function appEnvironment(home: string, display: string): Record<string, string> {
  const environment = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('VITEST'));
  return { ...Object.fromEntries(environment), ...utf8Names, AUXLAB_HOME: home, DISPLAY: display };
}
