/** What electron-vite makes of the shell and the page. */
import { isBuiltin } from 'node:module';
import { beforeAll, expect, test } from 'vitest';
import { builtApp, bundleText } from '../support/builtApp.ts';

beforeAll(builtApp);

test.each(['main/main.cjs', 'preload/preload.cjs'])('%s is CommonJS and needs nothing but Node and Electron', (file) => {
  const text = bundleText(file);
  expect(text).not.toMatch(/^(import|export) /m);
  const required = [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map((found) => found[1] ?? '');
  expect(required).toContain('electron');
  expect(required.filter((name) => name !== 'electron' && !isBuiltin(name))).toEqual([]);
});

test('the preload script runs in the sandbox: it requires Electron alone', () => {
  expect(bundleText('preload/preload.cjs').match(/\brequire\(/g)).toHaveLength(1);
});

test('the page has no inline script or style, which its policy would refuse', () => {
  const page = bundleText('renderer/index.html');
  expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/);
  expect(page.match(/<script[^>]*>/g)).toEqual([expect.stringContaining('src="./assets/')]);
});
