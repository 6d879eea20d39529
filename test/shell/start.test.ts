/** `npm start` where no window can appear. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeAll, expect, test } from 'vitest';
import { builtApp } from '../support/builtApp.ts';
import { leftOut } from '../support/leftOut.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { packageFolder } from './electronApp.ts';

const folder = temporaryFolders();
beforeAll(builtApp);

const noDisplay = process.platform === 'linux' ? null : 'Only on Linux the display can be taken away.';

test('without a display it says so in a sentence, serves the interface, and Ctrl+C ends it', leftOut(noDisplay), async () => {
  const env = { ...process.env, AUXLAB_HOME: folder(), DISPLAY: '', WAYLAND_DISPLAY: '' };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(packageFolder, 'src-main', 'shell', 'start.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
  const [address] = (await once(createInterface(child.stdout), 'line')) as [string];
  expect(told).toContain('There is no display: neither DISPLAY nor WAYLAND_DISPLAY is set. So the interface is served to a browser instead.');
  const page = await fetch(address);
  expect(page.status).toBe(200);
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const index = await fetch(new URL('/', address), { headers: { cookie } });
  expect(await index.text()).toContain('<div id="app">');
  const ended = once(child, 'exit');
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
});
