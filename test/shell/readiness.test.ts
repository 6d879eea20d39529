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

test('of several starts at once one builds, and the others wait until everything is there', async () => {
  const root = folder();
  const file = (name: string, text: string): void => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  file('package.json', '{}');
  // In the place of the builder: it says that it begins, writes the page first, then the other bundles a while later, and says that it ends.
  file(
    'node_modules/electron-vite/bin/electron-vite.js',
    `const fs = require('node:fs');
     fs.appendFileSync('log', 'begins ');
     const write = (name) => (fs.mkdirSync(require('node:path').dirname(name), { recursive: true }), fs.writeFileSync(name, ''));
     ['out/renderer/index.html', 'out/main/main.cjs', 'out/preload/preload.cjs'].forEach(write);
     setTimeout(() => (write('out/renderer/page.js'), fs.appendFileSync('log', 'ends ')), 700);`,
  );
  const said: string[] = [];
  const log = (): string => readFileSync(join(root, 'log'), 'utf8');
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
