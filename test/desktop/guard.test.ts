/** An error in one part of a page stays there: the part says so and can be tried again, everything else works on. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Browser, Page } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leftOut } from '../support/leftOut.ts';
import { findChromium, openChromium } from './chromium.ts';

const found = await findChromium();
const sentence = '"Inner" cannot be shown because of an error in Auxlab. Nothing is lost, and everything else works on.';

/** The script of the page, built as the window is. */
async function builtScript(): Promise<string> {
  const entry = fileURLToPath(new URL('../renderer/guarded/entry.ts', import.meta.url));
  const made = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [svelte({ configFile: false, compilerOptions: { runes: true, dev: false } })],
    build: { write: false, lib: { entry, formats: ['es'], fileName: 'guarded' } },
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const [bundle] = Array.isArray(made) ? made : [made];
  const chunk = bundle !== undefined && 'output' in bundle ? bundle.output[0] : undefined;
  if (chunk === undefined) throw new Error('Nothing was built.');
  return chunk.code;
}

describe('a part that fails', leftOut('missing' in found ? found.missing : null), () => {
  let server: Server;
  let browser: Browser;
  let page: Page;
  const open = async (hash: string): Promise<void> => {
    const { port } = server.address() as AddressInfo; // it listens on a port
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/#${hash}`);
    await page.getByText('always').waitFor();
  };
  const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
  const alert = (): ReturnType<Page['getByRole']> => page.getByRole('alert').filter({ hasText: sentence });

  beforeAll(async () => {
    if ('missing' in found) return;
    const script = await builtScript();
    server = createServer((request, response) => {
      const isScript = request.url === '/page.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(isScript ? script : '<!doctype html><title>x</title><body></body><script type="module" src="/page.js"></script>');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    browser = await openChromium(found);
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });

  test('says so from the first on, and leaves the rest standing', async () => {
    await open('broken');
    await alert().waitFor();
    await page.getByRole('list', { name: 'outer' }).getByText('always').waitFor();
    expect(await page.getByRole('list', { name: 'inner' }).count()).toBe(0);
    expect(await page.evaluate<string>('faults.list.join()')).toMatch(/Not shown: Inner\. Error: A word is broken\./);
    await page.close();
  });

  for (const words of ['broken', 'same same'])
    test(`that fails later, at "${words}", can be tried again: in vain while the cause is there, and well once it is gone`, async () => {
      await open('');
      await press(words);
      await alert().waitFor();
      await press('Try again');
      await alert().waitFor();
      await press('good words');
      await press('Try again');
      await page.getByRole('list', { name: 'inner' }).getByText('words').waitFor();
      expect(await alert().count()).toBe(0);
      await page.close();
    });

  test('is tried by itself once it is about something else', async () => {
    await open('');
    await press('broken');
    await alert().waitFor();
    await press('good words');
    expect(await alert().count()).toBe(1);
    await press('another subject');
    await page.getByRole('list', { name: 'inner' }).getByText('words').waitFor();
    await page.close();
  });
});
