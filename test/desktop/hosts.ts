/** The two hosts of the one interface, opened for the same walk: a browser on `auxlab serve`, and the desktop window. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, ElectronApplication, Page } from 'playwright';
import { findPrinter, thisMachine } from '../../src-main/lab/desk/printPdf.ts';
import { findElectron, launch, openScreen, packageFolder } from '../shell/electronApp.ts';
import { findChromium, openChromium } from './chromium.ts';

export interface OpenHost {
  readonly page: Page;
  readonly pid: number; // of the process below which engine workers run
  readonly startMs: number; // from the start of the window or the request of the page until it can be used
  readonly complaints: string[]; // what the console said
  readonly canPrint: boolean; // a PDF can be had
  /** What a click saves. */
  saved(click: () => Promise<void>): Promise<string>;
  close(): Promise<void>;
}

export interface Host {
  readonly name: string;
  readonly missing: string | null; // a sentence when it cannot be opened here
  readonly startLimitMs: number;
  /** @param home an empty folder */
  open(home: string): Promise<OpenHost>;
}

function canPrint(): boolean {
  try {
    findPrinter(thisMachine(process.env), { option: null, write: (what) => `export ${what}` });
    return true;
  } catch {
    return false; // it says what is missing
  }
}

/** The first thing that a person can do. */
export async function usable(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
}

const browser = await findChromium();
const electron = findElectron();

export const served: Host = {
  name: 'a browser on auxlab serve',
  missing: 'missing' in browser ? browser.missing : null,
  startLimitMs: 1000,
  async open(home) {
    if ('missing' in browser) throw new Error(browser.missing);
    const server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(packageFolder, 'src-main', 'cli', 'main.ts'), 'serve'], {
      env: { ...process.env, AUXLAB_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const address = await firstLine(server);
    let window: Browser | null = null;
    try {
      window = await openChromium(browser);
      const page = await window.newPage({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
      const complaints = listen(page);
      await page.addInitScript(keepSaved);
      const start = performance.now();
      await page.goto(address);
      await usable(page);
      const opened = window;
      return {
        page,
        pid: server.pid ?? 0,
        startMs: performance.now() - start,
        complaints,
        canPrint: canPrint(), // with another one: the packaged one does not print
        async saved(click) {
          await page.evaluate('void (window.savedFiles.length = 0)');
          await click();
          for (;;) {
            const [file] = await page.evaluate<{ name: string; content: string }[]>('window.savedFiles');
            if (file !== undefined) {
              const path = join(home, file.name);
              writeFileSync(path, Buffer.from(file.content, 'base64'));
              return path;
            }
            await page.waitForTimeout(50);
          }
        },
        async close() {
          await opened.close();
          await end(server);
        },
      };
    } catch (error) {
      await window?.close();
      await end(server);
      throw error;
    }
  },
};

export const desktop: Host = {
  name: 'the desktop window',
  missing: 'missing' in electron ? electron.missing : null,
  startLimitMs: 2000,
  async open(home) {
    if ('missing' in electron) throw new Error(electron.missing);
    const screen = await openScreen();
    const { app, startedAt } = await launch(electron.file, home, screen.display);
    const page = await app.firstWindow();
    const complaints = listen(page);
    await usable(page);
    const startMs = performance.now() - startedAt;
    mkdirSync(join(home, 'saved'), { recursive: true });
    return {
      page,
      pid: app.process().pid ?? 0,
      startMs,
      complaints,
      canPrint: true,
      async saved(click) {
        const waiting = nextSaved(app, join(home, 'saved'));
        await click();
        return waiting;
      },
      async close() {
        // "Pause and quit", should anything train
        await app.evaluate(({ dialog }) => (dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false })));
        await app.close();
        screen.stop();
      },
    };
  },
};

export const hosts: readonly Host[] = [served, desktop];

/** Saves without asking where, as a person would who presses Enter in the dialog. */
async function nextSaved(app: ElectronApplication, folder: string): Promise<string> {
  return app.evaluate(
    ({ session }, target) =>
      new Promise<string>((resolve) =>
        session.defaultSession.once('will-download', (_event, item) => {
          const file = `${target}/${item.getFilename()}`;
          item.setSavePath(file);
          item.once('done', () => resolve(file));
        }),
      ),
    folder,
  );
}

/** Drops files as the system does: with paths, not with contents.  @param paths files or folders on this computer */
export async function dropFiles(page: Page, paths: readonly string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await devtools.send('Input.dispatchDragEvent', { type, x: 600, y: 300, data });
  await devtools.detach();
}

function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null || child.stderr === null) throw new Error('The server has no output to read.');
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
  const lines = createInterface(child.stdout);
  const line = await Promise.race([once(lines, 'line').then(([text]) => String(text)), once(child, 'exit').then(() => null)]);
  if (line === null) throw new Error(`auxlab serve ended before it printed its address: ${told}`);
  return line;
}

/** The packaged Chromium is built without downloads, so a test takes what would be saved at the click on its link. */
const keepSaved = `
  window.savedFiles = [];
  const blobs = new Map();
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => {
    const address = make(blob);
    blobs.set(address, blob);
    return address;
  };
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    const blob = blobs.get(this.href);
    if (this.download === '' || blob === undefined) return click.call(this);
    const reader = new FileReader();
    reader.onload = () => window.savedFiles.push({ name: this.download, content: String(reader.result).split(',')[1] ?? '' });
    reader.readAsDataURL(blob);
  };`;

/** Ctrl+C, and what comes of it. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGINT');
  await ended;
}
