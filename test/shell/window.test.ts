/** The walk through the real app: bundles always, the window itself where an Electron and a display can be had. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ElectronApplication, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flowersPlan, openFakeLab, writeFlowers } from '../support/labHome.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { findElectron, launch, openScreen, packageFolder, type Screen } from './electronApp.ts';

const folder = temporaryFolders();
const electron = findElectron();
const bundle = (file: string): string => join(packageFolder, 'out', file);

beforeAll(async () => {
  const cli = createRequire(import.meta.url)
    .resolve('electron-vite/package.json')
    .replace('package.json', join('bin', 'electron-vite.js'));
  const env = { ...process.env };
  delete env['NODE_ENV']; // vitest's 'test' would be built in
  await promisify(execFile)(process.execPath, [cli, 'build', '--logLevel', 'warn'], { cwd: packageFolder, env });
});

describe('the build', () => {
  test.each(['main/main.cjs', 'preload/preload.cjs'])('%s is CommonJS and needs nothing but Node and Electron', (file) => {
    const text = readFileSync(bundle(file), 'utf8');
    expect(text).not.toMatch(/^(import|export) /m);
    const required = [...text.matchAll(/\brequire\("([^"]+)"\)/g)].map((found) => found[1] ?? '');
    expect(required).toContain('electron');
    expect(required.filter((name) => name !== 'electron' && !isBuiltin(name))).toEqual([]);
  });

  test('the preload script runs in the sandbox: it requires Electron alone', () => {
    expect(readFileSync(bundle('preload/preload.cjs'), 'utf8').match(/\brequire\(/g)).toHaveLength(1);
  });

  test('the window is made with every isolation switched on', () => {
    const text = readFileSync(bundle('main/main.cjs'), 'utf8');
    for (const setting of [
      'contextIsolation: true',
      'sandbox: true',
      'webSecurity: true',
      'nodeIntegration: false',
      'nodeIntegrationInSubFrames: false',
      'webviewTag: false',
    ])
      expect(text).toContain(setting);
  });

  test('the page has no inline script or style, which its policy would refuse', () => {
    const page = readFileSync(bundle('renderer/index.html'), 'utf8');
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/);
    expect(page.match(/<script[^>]*>/g)).toEqual([expect.stringContaining('src="./assets/')]);
  });
});

describe('the window in a real Electron', () => {
  let screen: Screen | null = null;
  let app: ElectronApplication | null = null;

  afterAll(async () => {
    await app?.close();
    screen?.stop();
  });

  test('shows what the store has, live, and lets nothing else happen', { timeout: 90_000 }, async () => {
    if ('missing' in electron) {
      console.log(`${electron.missing} Only the bundles are checked.`);
      expect(['main/main.cjs', 'preload/preload.cjs', 'renderer/index.html'].filter((file) => !existsSync(bundle(file)))).toEqual([]);
      return;
    }
    const home = join(folder(), 'home');
    mkdirSync(home);
    screen = await openScreen();
    app = await launch(electron.file, home, screen.display);
    const page = await app.firstWindow();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));

    await page.getByRole('heading', { name: 'No experiments yet' }).waitFor();
    expect(await page.getByText('npm run example').isVisible()).toBe(true);

    await followExperiment(page, home);
    expect(complaints).toEqual([]);
    await checkKeyboard(page);
    await checkRefusals(app, page);
  });
});

/** Two experiments run beside the window; it must show them without being asked to. */
async function followExperiment(page: Page, home: string): Promise<void> {
  const lab = openFakeLab(home, '', { stepMs: 40 });
  const source = writeFlowers(home);
  const running = lab.runPlan(flowersPlan(source, { repeats: 5, name: 'Flowers' }));
  const item = page.getByRole('button', { name: /Flowers/ });
  await item.filter({ hasText: 'Running' }).waitFor();
  await page.getByText('Does adding region make', { exact: false }).first().waitFor();
  const { experimentId } = await running;
  await item.filter({ hasText: 'Finished' }).filter({ hasText: 'Helps' }).filter({ hasText: '10 of 10 runs' }).waitFor();
  await page.frameLocator('iframe').locator('.card .word', { hasText: 'Helps' }).waitFor(); // reloaded by itself: it said "Too early to tell"
  expect(await page.locator('iframe').getAttribute('src')).toBe(`app://report/${experimentId}`);
  expect(await page.locator('iframe').getAttribute('sandbox')).toBe('');
  await lab.runPlan(flowersPlan(source, { name: 'Later', repeats: 1 }));
  lab.close();
  await page.getByRole('button', { name: /Later/ }).waitFor();
  expect(await item.getAttribute('aria-current')).toBe('true'); // a new experiment does not take the reader's place
}

async function checkKeyboard(page: Page): Promise<void> {
  const focused = (what: string): Promise<unknown> => page.evaluate(`document.activeElement.${what}`);
  await page.keyboard.press('Tab');
  expect(await focused('textContent')).toBe('Skip to the report');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Home');
  expect(await focused("getAttribute('aria-current')")).toBe('true');
  expect(await focused('textContent')).toContain('Later');
  await page.waitForFunction("document.title === 'Later - Auxlab'");
}

/** Points of Electron's security checklist that can be seen from outside. What runs in the page is text: its globals are not the test's. */
async function checkRefusals(app: ElectronApplication, page: Page): Promise<void> {
  expect(await page.evaluate('Object.keys(window.auxlab)')).toEqual(['call', 'on']);
  expect(await page.evaluate("['require', 'process', 'module', 'Buffer'].filter((name) => name in window)")).toEqual([]);
  expect(await page.evaluate("window.open('https://example.com')")).toBeNull();
  expect(await page.evaluate('Notification.permission')).toBe('denied');
  for (const address of ['https://example.com/', 'file:///etc/hostname', 'app://lab/../main/main.cjs'])
    expect(await page.evaluate(`fetch('${address}').then(() => 'fetched', () => 'refused')`)).toBe('refused');
  await expect(page.evaluate("void (document.body.innerHTML = '<b>x</b>')")).rejects.toThrow("This document requires 'TrustedHTML' assignment");
  expect(await page.evaluate("window.auxlab.call('query', {})")).toEqual({ ok: false, error: { code: 'bad-input', message: 'There is no call "query".' } });
  expect(await page.frames()[1]?.evaluate("[window.origin, 'auxlab' in window]")).toEqual(['null', false]);

  await page.evaluate("void (location.href = 'https://example.com/')");
  await page.waitForTimeout(300);
  expect(page.url()).toBe('app://lab/index.html');
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
}
