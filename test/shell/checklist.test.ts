/** The twenty points of Electron's security checklist (docs/tutorial/security.md), each with a check of its own. What can be seen in the bundles or in pure
 *  code is checked everywhere; what only a running window shows is checked where an Electron and a display can be had. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isTrusted } from '../../src-main/shell/messages.ts';
import { reportPolicy, windowPolicy } from '../../src-main/shell/contentPolicy.ts';
import { fuses, readFuses, wrongFuses } from '../../src-main/shell/fuses.ts';
import { builtApp, bundleText } from '../support/builtApp.ts';
import { leftOut } from '../support/leftOut.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { findElectron, launch, openScreen, packageFolder, type Screen } from './electronApp.ts';

const folder = temporaryFolders();
const electron = findElectron();
const main = (): string => bundleText('main/main.cjs');

interface Live {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly preferences: Readonly<Record<string, unknown>>;
}

interface Point {
  readonly number: number;
  readonly rule: string;
  readonly everywhere?: () => void;
  readonly live?: (window: Live) => Promise<void>;
}

const refused = (page: Page, address: string): Promise<unknown> => page.evaluate(`fetch(${JSON.stringify(address)}).then(() => 'fetched', () => 'refused')`);
const preference = (name: string, value: unknown) => ({
  everywhere: () => expect(main()).toContain(`${name}: ${String(value)}`),
  live: async ({ preferences }: Live) => expect(preferences[name]).toBe(value),
});

const points: readonly Point[] = [
  {
    number: 1,
    rule: 'only secure content is loaded: here none from outside at all',
    everywhere: () => expect(bundleText('renderer/index.html')).not.toMatch(/https?:/),
    async live({ page }) {
      for (const address of ['http://example.com/', 'https://example.com/', 'ws://127.0.0.1:1/']) expect(await refused(page, address)).toBe('refused');
    },
  },
  { number: 2, rule: 'no Node in pages', ...preference('nodeIntegration', false) },
  {
    number: 3,
    rule: 'context isolation',
    everywhere: () => expect(main()).toContain('contextIsolation: true'),
    async live({ page, preferences }) {
      expect(preferences['contextIsolation']).toBe(true);
      expect(await page.evaluate("['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in window)")).toEqual([]);
      await page.evaluate('void (Array.prototype.map = () => ["taken over"])'); // the bridge's own world is another one
      expect(await page.evaluate("window.auxlab.call('lab.about', {}).then((reply) => reply.ok)")).toBe(true);
      await page.reload();
    },
  },
  {
    number: 4,
    rule: 'every process is sandboxed',
    everywhere: () => expect(main()).toMatch(/sandbox: true[\s\S]*|enableSandbox\(\)/),
    live: async ({ preferences }) => expect(preferences['sandbox']).toBe(true),
  },
  {
    number: 5,
    rule: 'permission requests are answered, with no',
    everywhere: () =>
      expect(['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler'].filter((name) => !main().includes(name))).toEqual([]),
    async live({ page }) {
      expect(await page.evaluate('Notification.permission')).toBe('denied');
      for (const name of ['geolocation', 'camera', 'microphone', 'clipboard-read', 'midi'])
        expect(await page.evaluate(`navigator.permissions.query({ name: '${name}' }).then(({ state }) => state, () => 'denied')`), name).toBe('denied');
    },
  },
  { number: 6, rule: 'web security stays on', ...preference('webSecurity', true) },
  {
    number: 7,
    rule: 'a content security policy without any "unsafe" for the page, and without scripts for reports',
    everywhere() {
      expect(windowPolicy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(windowPolicy).not.toContain('unsafe');
      expect(reportPolicy).toContain('sandbox');
      expect(reportPolicy).not.toContain('script-src');
    },
    async live({ page }) {
      await expect(page.evaluate("void (document.body.innerHTML = '<b>x</b>')")).rejects.toThrow("This document requires 'TrustedHTML' assignment");
      const inline = "(() => { const script = document.createElement('script'); script.textContent = 'window.ran = 1'; document.body.append(script); })()";
      await expect(page.evaluate(inline)).rejects.toThrow("This document requires 'TrustedScript' assignment");
      expect(await page.evaluate("'ran' in window")).toBe(false);
    },
  },
  { number: 8, rule: 'no insecure content', ...preference('allowRunningInsecureContent', false) },
  { number: 9, rule: 'no experimental features', ...preference('experimentalFeatures', false) },
  {
    number: 10,
    rule: 'no extra Blink features',
    everywhere: () => expect(main()).not.toContain('enableBlinkFeatures'),
    live: async ({ preferences }) => expect([undefined, '']).toContain(preferences['enableBlinkFeatures']),
  },
  { number: 11, rule: 'no <webview>: its tag is off', ...preference('webviewTag', false) },
  {
    number: 12,
    rule: 'a <webview> that came all the same is stopped',
    everywhere: () => expect(main()).toMatch(/will-attach-webview"?, \(event\) => event\.preventDefault\(\)/),
    live: async ({ app }) =>
      expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().every((each) => each.listenerCount('will-attach-webview') > 0))).toBe(
        true,
      ),
  },
  {
    number: 13,
    rule: 'no navigation away',
    everywhere: () => expect(['will-navigate', 'will-frame-navigate', 'will-redirect'].filter((name) => !main().includes(name))).toEqual([]),
    async live({ page }) {
      for (const address of ['https://example.com/', 'file:///etc/hostname', 'app://report/x', 'data:text/html,x']) {
        await page.evaluate(`void (location.href = ${JSON.stringify(address)})`).catch(() => undefined); // Chromium itself refuses some of them with an error
        await page.waitForTimeout(100);
        expect(page.url()).toBe('app://lab/index.html');
      }
    },
  },
  {
    number: 14,
    rule: 'no new windows',
    everywhere: () => expect(main()).toMatch(/setWindowOpenHandler\(\(\) => \(\{ action: "deny" \}\)\)/),
    async live({ app, page }) {
      expect(await page.evaluate("window.open('https://example.com')")).toBeNull();
      expect(await page.evaluate("window.open('app://lab/index.html')")).toBeNull();
      expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    },
  },
  {
    number: 15,
    rule: 'nothing is opened in other programs but constants: no openExternal at all',
    everywhere: () => expect(main()).not.toContain('openExternal'),
  },
  {
    number: 16,
    rule: 'a current Electron: pinned, and one of the majors that are still maintained',
    everywhere() {
      const { devDependencies } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { devDependencies: Record<string, string> };
      expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/);
      expect(Number(devDependencies['electron']?.split('.')[0])).toBeGreaterThanOrEqual(43); // 45 is the newest of 2026-11, and the latest three are maintained
    },
  },
  {
    number: 17,
    rule: 'the sender of every message is checked',
    everywhere() {
      const own = { address: 'app://lab/index.html', isMainFrame: true, isOwnWindow: true };
      expect(isTrusted(own)).toBe(true);
      for (const other of [
        { isMainFrame: false },
        { isOwnWindow: false },
        ...['app://lab.evil/', 'app://report/x', 'https://lab/', 'file:///lab', ''].map((address) => ({ address })),
      ])
        expect(isTrusted({ ...own, ...other })).toBe(false);
      expect(main().match(/ipcMain\.(handle|on)\(/g)).toHaveLength(1); // the one channel that is checked
    },
    async live({ page }) {
      expect(await page.evaluate("window.auxlab.call('query', {})")).toEqual({ ok: false, error: { code: 'bad-input', message: 'There is no call "query".' } });
    },
  },
  {
    number: 18,
    rule: 'a scheme of its own instead of file:',
    everywhere: () => expect(main()).not.toMatch(/loadFile\(|file:\/\//),
    async live({ page }) {
      expect(page.url()).toBe('app://lab/index.html');
      for (const address of ['file:///etc/hostname', 'app://lab/../main/main.cjs', 'app://lab/%2e%2e/main/main.cjs', 'app://other/index.html'])
        expect(await refused(page, address)).toBe('refused');
    },
  },
  {
    number: 19,
    rule: 'the fuses of a release are set, and nothing here needs one that is off',
    everywhere() {
      const wire = (signs: string): Buffer =>
        Buffer.from(`....dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001${String.fromCharCode(signs.length)}${signs}....`, 'latin1');
      const good = fuses.map(({ wanted }) => (wanted ? '1' : '0')).join('');
      expect(wrongFuses(readFuses(wire(good)) ?? {})).toEqual([]);
      expect(wrongFuses(readFuses(wire(`1${good.slice(1)}`)) ?? {})).toEqual(['RunAsNode must be off.']);
      expect(readFuses(wire('r1'))).toEqual({ EnableCookieEncryption: true });
      expect(readFuses(Buffer.from('no wire'))).toBeNull();
      expect(main()).not.toMatch(/ELECTRON_RUN_AS_NODE|child_process"\)\.fork|\.fork\(/); // these need RunAsNode
      const release = process.env['AUXLAB_RELEASE_BINARY'] ?? '';
      if (release !== '') expect(wrongFuses(readFuses(readFileSync(release)) ?? expect.fail(`${release} has no fuse wire.`))).toEqual([]);
    },
  },
  {
    number: 20,
    rule: 'nothing of Electron is handed to the page',
    everywhere: () => expect(bundleText('preload/preload.cjs').match(/exposeInMainWorld\("(\w+)"/g)).toEqual(['exposeInMainWorld("auxlab"']),
    async live({ page }) {
      expect(await page.evaluate('Object.keys(window.auxlab)')).toEqual(['call', 'on', 'pathOf']);
      expect(await page.evaluate("window.auxlab.pathOf(new File(['x'], 'made.txt'))")).toBe('');
      expect(
        await page.evaluate('(() => { let told = null; const stop = window.auxlab.on((...all) => (told = all.length)); stop(); return told; })()'),
      ).toBeNull();
    },
  },
];

beforeAll(builtApp);

test('the list has all twenty points once', () => {
  expect(points.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  expect(points.filter(({ everywhere, live }) => everywhere === undefined && live === undefined)).toEqual([]);
});

describe('everywhere', () => {
  for (const { number, rule, everywhere } of points) if (everywhere !== undefined) test(`${number}: ${rule}`, everywhere);
});

describe('in a running window', () => {
  let screen: Screen | null = null;
  let window: Live | null = null;

  beforeAll(async () => {
    if ('missing' in electron) return;
    const home = join(folder(), 'home');
    mkdirSync(home);
    screen = await openScreen();
    const { app } = await launch(electron.file, home, screen.display);
    const page = await app.firstWindow();
    await page.getByRole('main').waitFor();
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      // Electron has it and does not document it
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      return { ...contents.getLastWebPreferences() };
    });
    window = { app, page, preferences };
  }, 90_000);

  afterAll(async () => {
    await window?.app.close();
    screen?.stop();
  });

  for (const { number, rule, live } of points)
    if (live !== undefined)
      test(`${number}: ${rule}`, leftOut('missing' in electron ? electron.missing : null), async () => {
        if (window === null) throw new Error('The window did not open.');
        await live(window);
      });
});
