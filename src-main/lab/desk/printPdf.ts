/** Prints a page to PDF with what this computer has: Chromium or one of its kin, else Electron where there is a display. Fetches nothing and asks no server.
 *  The desktop window is such a program itself and prints the same page in the same form (shell/hostCalls.ts). */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LabError } from '../../contract/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Machine {
  readonly env: Environment;
  readonly platform: NodeJS.Platform;
  readonly isRoot: boolean; // browsers do not run as root in their sandbox
}

/** By what a person asked, for the sentences about what is missing. */
export interface Asked {
  readonly option: string | null; // of the command line
  readonly write: (what: string) => string; // how the page is had instead: 'write it with --html FILE'
}

interface Printer {
  readonly program: string;
  readonly kind: 'browser' | 'electron';
}

const browserVariable = 'AUXLAB_BROWSER';
const limitMs = 60_000;
const electronScript = fileURLToPath(new URL('../../shell/printPage.cjs', import.meta.url));
const electronFolder = fileURLToPath(new URL('../../../node_modules/electron/dist', import.meta.url));

export function thisMachine(env: Environment): Machine {
  return { env, platform: process.platform, isRoot: process.getuid?.() === 0 };
}

/** @param html a page that is complete in itself
 *  @returns the PDF's bytes    @throws LabError bad-input when nothing here prints pages, or the program that should does not; interrupted by the signal */
export async function printPdf(html: string, machine: Machine, asked: Asked, signal?: AbortSignal): Promise<Buffer> {
  const printer = findPrinter(machine, asked);
  const folder = await mkdtemp(join(tmpdir(), 'auxlab-pdf-'));
  try {
    const page = join(folder, 'report.html');
    const pdf = join(folder, 'report.pdf');
    await writeFile(page, html);
    const said = await run(printer.program, wordsFor(printer, page, pdf, join(folder, 'profile'), machine), signal);
    if (signal?.aborted === true) throw new LabError('interrupted', 'Printing was cancelled.');
    const bytes = await readFile(pdf).catch(() => null);
    if (bytes !== null && bytes.subarray(0, 5).toString('latin1') === '%PDF-') return bytes;
    const why = said === '' ? '' : ` (${said})`;
    throw refusal(asked, `${printer.program} did not print the page${why}. ${capitalised(asked.write('it'))} and print it in a browser.`);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** @throws LabError bad-input with what to do when there is none */
export function findPrinter({ env, platform }: Machine, asked: Asked): Printer {
  const told = env[browserVariable] ?? '';
  if (told !== '') {
    if (existsSync(told)) return { program: told, kind: 'browser' };
    throw refusal(asked, `${browserVariable} names ${told}, which does not exist.`);
  }
  const browser = browserPlaces(env, platform).find((place) => existsSync(place));
  if (browser !== undefined) return { program: browser, kind: 'browser' };
  const electron = join(env['ELECTRON_OVERRIDE_DIST_PATH'] ?? electronFolder, electronName(platform));
  const hasDisplay = platform !== 'linux' || (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
  if (hasDisplay && existsSync(electron)) return { program: electron, kind: 'electron' };
  const instead = `Install one, name one in ${browserVariable}, or ${asked.write('the page')} and print it in any browser.`;
  throw refusal(asked, `a page is printed by Chromium, Chrome, Edge or Electron, and none was found here. ${instead}`);
}

function refusal({ option }: Asked, text: string): LabError {
  return new LabError('bad-input', option === null ? capitalised(text) : `Option ${option}: ${text}`);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function browserPlaces(env: Environment, platform: NodeJS.Platform): string[] {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable', 'brave-browser'];
  if (platform === 'darwin') return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  if (platform === 'win32') {
    const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((name) => env[name] ?? []);
    const programs = [join('Google', 'Chrome', 'Application', 'chrome.exe'), join('Microsoft', 'Edge', 'Application', 'msedge.exe')];
    return programs.flatMap((program) => roots.map((root) => join(root, program)));
  }
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function electronName(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

function wordsFor(printer: Printer, page: string, pdf: string, profile: string, { isRoot }: Machine): string[] {
  const sandbox = isRoot ? ['--no-sandbox'] : [];
  switch (printer.kind) {
    case 'electron':
      return [...sandbox, electronScript, page, pdf, `--user-data-dir=${profile}`];
    case 'browser':
      return [
        ...['--headless', '--disable-gpu', '--no-first-run', '--disable-extensions', '--disable-sync', '--disable-background-networking', ...sandbox],
        ...['--host-resolver-rules=MAP * ~NOTFOUND', `--user-data-dir=${profile}`], // a profile of its own, and no server
        ...['--no-pdf-header-footer', '--print-to-pdf-no-header', `--print-to-pdf=${pdf}`, pathToFileURL(page).href], // the header's option has two names
      ];
    default:
      return printer.kind satisfies never;
  }
}

/** @returns what went wrong, in a few words; '' when the program ended well */
function run(program: string, words: readonly string[], signal?: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'], ...(signal === undefined ? {} : { signal, killSignal: 'SIGKILL' }) });
    let text = '';
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, limitMs);
    child.stderr.setEncoding('utf8').on('data', (part: string) => (text = (text + part).slice(-2000)));
    const end = (reason: string): void => {
      clearTimeout(timer);
      resolve(reason);
    };
    child.once('error', (error) => {
      if (child.pid === undefined) end(error.message); // it did not start; one that is being killed ends by its own event
    });
    child.once('close', (code, how) => {
      const last = text.trim().split('\n').at(-1) ?? '';
      if (isLate) end(`it took longer than ${limitMs / 1000} s`);
      else end(code === 0 ? '' : `${how ?? `exit code ${code ?? 'unknown'}`}${last === '' ? '' : `: ${last}`}`);
    });
  });
}
