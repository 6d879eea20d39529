import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ensureBuilt, needsBuild } from '../../src-main/serve/builtPage.ts';
import { electronFile, windowObstacle } from '../../src-main/shell/readiness.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();

test('without a display, or as root with the sandbox, one sentence says what to do', () => {
  expect(windowObstacle({}, 'linux', 1000, [])).toContain('There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set.');
  expect(windowObstacle({ DISPLAY: '' }, 'linux', 1000, [])).toContain('There is no display');
  expect(windowObstacle({ DISPLAY: ':0' }, 'linux', 0, [])).toContain('npm start -- --no-sandbox');
  expect(windowObstacle({ DISPLAY: ':0' }, 'linux', 0, ['--no-sandbox'])).toBeNull();
  expect(windowObstacle({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', 1000, [])).toBeNull();
  expect(windowObstacle({}, 'darwin', 501, [])).toBeNull();
  expect(windowObstacle({}, 'win32', undefined, [])).toBeNull();
});

test('Electron is looked for where ELECTRON_OVERRIDE_DIST_PATH says, else in its package', () => {
  const home = folder();
  writeFileSync(join(home, 'electron'), '');
  expect(electronFile('/app', { ELECTRON_OVERRIDE_DIST_PATH: home }, 'linux')).toEqual({ file: join(home, 'electron'), isThere: true });
  expect(electronFile(home, {}, 'linux')).toEqual({ file: join(home, 'node_modules', 'electron', 'dist', 'electron'), isThere: false });
  expect(electronFile(home, {}, 'darwin').file).toContain(join('Electron.app', 'Contents', 'MacOS', 'Electron'));
});

test('a build is needed when a bundle is missing or older than a source', () => {
  const root = folder();
  const write = (file: string, second: number): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
    for (let place = join(root, file); place !== root; place = dirname(place)) utimesSync(place, second, second);
  };
  write('src-renderer/parts/a.svelte', 100);
  expect(needsBuild(root)).toBe(true);
  for (const bundle of ['out/main/main.cjs', 'out/preload/preload.cjs', 'out/renderer/index.html']) write(bundle, 200);
  expect(needsBuild(root)).toBe(false);
  for (const [at, source] of ['src-renderer/parts/a.svelte', 'src-main/vocabulary/metrics/mcc.ts', 'src-main/charts/axis.ts', 'package.json'].entries()) {
    write(source, 300 + at);
    expect(needsBuild(root), source).toBe(true);
    write('out/renderer/index.html', 300 + at);
    for (const bundle of ['out/main/main.cjs', 'out/preload/preload.cjs']) write(bundle, 300 + at);
    expect(needsBuild(root)).toBe(false);
  }
});

/** A package folder with what stands in the builder's place: a script. */
function packageWith(builder: string): { readonly root: string; readonly log: () => string } {
  const root = folder();
  const script = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  mkdirSync(dirname(script), { recursive: true });
  writeFileSync(script, builder);
  writeFileSync(join(root, 'package.json'), '{}');
  return { root, log: () => readFileSync(join(root, 'log'), 'utf8') };
}

/** Says that it begins, writes the page and the other bundles, what belongs to the page a while later, and says that it ends. */
const slowBuilder = `
  const fs = require('node:fs');
  fs.appendFileSync('log', 'begins ');
  const write = (name) => (fs.mkdirSync(require('node:path').dirname(name), { recursive: true }), fs.writeFileSync(name, ''));
  ['out/renderer/index.html', 'out/main/main.cjs', 'out/preload/preload.cjs'].forEach(write);
  setTimeout(() => (write('out/renderer/page.js'), fs.appendFileSync('log', 'ends ')), 700);`;

test('of several starts at once one builds, and the others wait until everything is there', async () => {
  const { root, log } = packageWith(slowBuilder);
  const said: string[] = [];
  const start = async (afterMs: number): Promise<string> => {
    await sleep(afterMs);
    await ensureBuilt(root, (sentence) => said.push(sentence));
    return log();
  };
  expect(await Promise.all([start(0), start(0), start(400)])).toEqual(['begins ends ', 'begins ends ', 'begins ends ']);
  expect(said.filter((sentence) => sentence.startsWith('Building the interface'))).toHaveLength(1);
  expect(said).toContain(`Waiting for the interface, which process ${process.pid} is building.`);
  await start(0);
  expect(log()).toBe('begins ends '); // and there is nothing left to build
});

test('a build that cannot be made is refused with a sentence, and the next start may try again', async () => {
  const nothing = (): void => undefined;
  const broken = packageWith("console.error('Unexpected token'); process.exit(1);").root;
  for (let time = 0; time < 2; time++)
    await expect(ensureBuilt(broken, nothing)).rejects.toThrow('The interface could not be built; "npm run build" shows why.\nUnexpected token');
  const { root } = packageWith(slowBuilder);
  writeFileSync(join(root, 'out'), ''); // a file has the folder's name
  await expect(ensureBuilt(root, nothing)).rejects.toThrow(`The interface must be built, and nothing can be written into ${join(root, 'out')}: E`);
});
