import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { needsBuild } from '../../src-main/serve/builtPage.ts';
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
