/** Prints a page as PDF with a browser that this computer has. The desktop window prints by itself and does not come here. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LabError } from '../../contract/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'msedge', 'chrome'];
const places: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge'],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
};
const patienceMs = 60_000;

/** The browser that AUXLAB_BROWSER names, else one in the usual places; null when there is none. */
export function findBrowser(env: Environment, platform: NodeJS.Platform): string | null {
  const named = env['AUXLAB_BROWSER'] ?? '';
  if (named !== '') return existsSync(named) ? named : null;
  const onPath = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...onPath.flatMap((folder) => names.map((name) => join(folder, platform === 'win32' ? `${name}.exe` : name))),
    ...(places[platform] ?? []),
  ];
  return candidates.find((file) => existsSync(file)) ?? null;
}

/** @param html a page that is complete in itself   @throws LabError bad-input when there is no browser, or it does not print */
export async function printPdf(html: string, env: Environment, signal: AbortSignal): Promise<Buffer> {
  const browser = findBrowser(env, process.platform);
  if (browser === null)
    throw new LabError(
      'bad-input',
      'A PDF is the report printed, and this computer has no Chrome, Chromium or Edge to print it with. Open the report in a tab of its own and print it to a file, or use the desktop app.',
    );
  const folder = await mkdtemp(join(tmpdir(), 'auxlab-pdf-'));
  try {
    const page = join(folder, 'report.html');
    const file = join(folder, 'report.pdf');
    await writeFile(page, html);
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []; // Chromium refuses to run as root otherwise; the page has no scripts
    const words = ['--headless', '--disable-gpu', '--no-first-run', `--user-data-dir=${join(folder, 'profile')}`, ...asRoot];
    const child = spawn(browser, [...words, '--no-pdf-header-footer', `--print-to-pdf=${file}`, pathToFileURL(page).href], {
      stdio: 'ignore',
      signal,
      timeout: patienceMs,
    });
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () => resolve());
    });
    return await readFile(file);
  } catch (error) {
    if (signal.aborted) throw new LabError('interrupted', 'Printing was cancelled.', { cause: error });
    throw new LabError('bad-input', `${browser} did not print the report. Export it as HTML and print it in a browser.`, { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
