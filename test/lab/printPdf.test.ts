import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { findPrinter, printPdf, type Asked } from '../../src-main/lab/desk/printPdf.ts';
import { patienceMs } from '../support/patience.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const option: Asked = { option: '--pdf', write: (what) => `write ${what} with --html FILE` };
const button: Asked = { option: null, write: (what) => `export ${what} as HTML` };

/** Started by a shell, because the first line of a script cannot name a program in a folder with spaces. */
async function program(file: string, script: string): Promise<string> {
  await writeFile(`${file}.js`, script);
  await writeFile(file, `#!/bin/sh\nexec '${process.execPath.replaceAll("'", "'\\''")}' "$0.js" "$@"\n`);
  await chmod(file, 0o755);
  return file;
}

/** A browser that puts the page's own text and its options into the file it was told to print to. */
const honest = `const fs = require('node:fs');
const words = process.argv.slice(2);
const told = (name) => words.find((word) => word.startsWith(name + '=')).slice(name.length + 1);
const page = fs.readFileSync(require('node:url').fileURLToPath(words.at(-1)), 'utf8');
fs.writeFileSync(told('--print-to-pdf'), '%PDF-1.7 ' + page + ' ' + words.join(' '));`;

test('the browser that is named prints, with a profile of its own and without a server', async () => {
  const home = folder();
  const browser = await program(join(home, 'browser'), honest);
  const machine = { env: { AUXLAB_BROWSER: browser }, platform: 'linux', isRoot: false } as const;
  const pdf = Buffer.from(await printPdf('<p>Größe</p>', machine, option)).toString();
  expect(pdf).toMatch(/^%PDF-1\.7 <p>Größe<\/p> --headless .*--host-resolver-rules=MAP \* ~NOTFOUND --user-data-dir=.*auxlab-pdf-/);
  expect(pdf).not.toContain('--no-sandbox');
  expect(Buffer.from(await printPdf('x', { ...machine, isRoot: true }, option)).toString()).toContain('--no-sandbox');
});

test('a browser that ends badly, or prints nothing, is named with its last words', async () => {
  const home = folder();
  const failing = await program(join(home, 'failing'), "process.stderr.write('one\\nno display\\n'); process.exit(3);");
  const idle = await program(join(home, 'idle'), '');
  const print = (browser: string, asked = option): Promise<Uint8Array> =>
    printPdf('x', { env: { AUXLAB_BROWSER: browser }, platform: 'linux', isRoot: false }, asked);
  await expect(print(failing)).rejects.toThrow(
    `Option --pdf: ${failing} did not print the page (exit code 3: no display). Write it with --html FILE and print it in a browser.`,
  );
  await expect(print(idle)).rejects.toThrow(`Option --pdf: ${idle} did not print the page. Write it with --html FILE and print it in a browser.`);
  await expect(print(idle, button)).rejects.toThrow(`${idle} did not print the page. Export it as HTML and print it in a browser.`);
});

test('a print that is cancelled ends its browser', async () => {
  const home = folder();
  const slow = await program(join(home, 'slow'), "require('node:fs').writeFileSync(__filename + '.started', ''); setTimeout(() => undefined, 60000);");
  const stop = new AbortController();
  const printed = printPdf('x', { env: { AUXLAB_BROWSER: slow }, platform: 'linux', isRoot: false }, button, stop.signal);
  const refused = expect(printed).rejects.toMatchObject({ code: 'interrupted', message: 'Printing was cancelled.' });
  await vi.waitFor(() => readFile(`${slow}.js.started`), patienceMs);
  stop.abort();
  await refused; // well before the browser would have ended
});

test('a browser on the PATH goes before Electron, which needs a display on Linux', async () => {
  const home = folder();
  const electron = await program(join(home, 'electron'), '');
  const env = { PATH: join(home, 'bin'), ELECTRON_OVERRIDE_DIST_PATH: home, DISPLAY: ':0' };
  const find = (given: Readonly<Record<string, string>>) => findPrinter({ env: given, platform: 'linux', isRoot: false }, option);
  expect(find(env)).toEqual({ program: electron, kind: 'electron' });
  await mkdir(join(home, 'bin'));
  const chrome = await program(join(home, 'bin', 'google-chrome'), '');
  expect(find(env)).toEqual({ program: chrome, kind: 'browser' });
  const none = { PATH: home, ELECTRON_OVERRIDE_DIST_PATH: home };
  expect(() => find(none)).toThrow('Option --pdf: a page is printed by Chromium, Chrome, Edge or Electron, and none was found here.');
  expect(() => findPrinter({ env: none, platform: 'linux', isRoot: false }, button)).toThrow(
    'A page is printed by Chromium, Chrome, Edge or Electron, and none was found here. ' +
      'Install one, name one in AUXLAB_BROWSER, or export the page as HTML and print it in any browser.',
  );
  expect(() => find({ ...none, AUXLAB_BROWSER: join(home, 'gone') })).toThrow(
    `Option --pdf: AUXLAB_BROWSER names ${join(home, 'gone')}, which does not exist.`,
  );
});

test('the script that Electron gets lies where it is looked for', async () => {
  expect(await readFile(new URL('../../src-main/shell/printPage.cjs', import.meta.url), 'utf8')).toContain('printToPDF');
});
