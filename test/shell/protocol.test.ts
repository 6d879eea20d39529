import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Client } from '../../src-main/contract/client.ts';
import { LabError } from '../../src-main/contract/errors.ts';
import { readAddress } from '../../src-main/shell/address.ts';
import { reportPolicy, windowPolicy } from '../../src-main/shell/contentPolicy.ts';
import { answerRequests } from '../../src-main/shell/protocol.ts';
import { readServedFiles } from '../../src-main/serve/servedFiles.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();

/** A built window beside a file that must never be served. */
async function serve(
  report: () => Promise<string> = () => Promise.resolve('<!doctype html><p>report'),
): Promise<(url: string, method?: string) => Promise<Response>> {
  const root = folder();
  const renderer = join(root, 'renderer');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(join(renderer, 'index.html'), '<p>window');
  writeFileSync(join(renderer, 'assets', 'index.js'), 'void 0');
  writeFileSync(join(renderer, 'assets', 'index.js.map'), '{}');
  writeFileSync(join(root, 'secret.js'), 'secret');
  symlinkSync(join(root, 'secret.js'), join(renderer, 'link.js'));
  const lab = { call: report } as unknown as Client; // only reports are asked for
  const answer = answerRequests(await readServedFiles(renderer), lab);
  return (url, method = 'GET') => answer({ url, method });
}

describe('addresses', () => {
  test('name a file of the window or a report', () => {
    expect(readAddress('app://lab/index.html')).toEqual({ kind: 'window', path: '/index.html' });
    expect(readAddress('app://lab/')).toEqual({ kind: 'window', path: '/index.html' });
    expect(readAddress('app://lab/assets/a.js?x=1#y')).toEqual({ kind: 'window', path: '/assets/a.js' });
    expect(readAddress('app://report/261124-004106-85hj#cost')).toEqual({ kind: 'report', id: '261124-004106-85hj' });
  });

  test.each([
    'app://lab/..%2fsecret.js',
    'app://lab/%2e%2e%2fsecret.js',
    'app://lab/assets/..%2f..%2fsecret.js',
    'app://lab/assets%5c..%5c..%5csecret.js',
    'app://lab/%252e%252e/secret.js',
    'app://lab/index.html%00.js',
    'app://lab//etc/passwd',
    'app://lab/C:/Windows/win.ini',
    'app://lab/%E0%A4%A',
    'app://lab.evil/index.html',
    'app://labx/index.html',
    'app://user@lab/index.html',
    'app://lab:80/index.html',
    'app://report/',
    'app://report/..%2flab',
    'app://report/UPPER',
    'app:/index.html',
    'file:///etc/passwd',
    'https://lab/index.html',
    'nonsense',
  ])('%s names nothing', (address) => {
    expect(readAddress(address)).toBeNull();
  });
});

describe('the app:// protocol', () => {
  test('serves built files with their type and a policy without any unsafe word', async () => {
    const get = await serve();
    const page = await get('app://lab/index.html');
    expect([page.status, await page.text(), page.headers.get('content-type')]).toEqual([200, '<p>window', 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toBe(windowPolicy);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await get('app://lab/assets/index.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(windowPolicy).toContain("default-src 'none'");
    expect(windowPolicy).not.toContain('unsafe');
  });

  test.each([
    'app://lab/../secret.js',
    'app://lab/secret.js',
    'app://lab/link.js',
    'app://lab/assets/index.js.map',
    'app://lab/assets',
    'app://lab/%2e%2e/secret.js',
  ])('%s is not served', async (address) => {
    const answer = await (await serve())(address);
    expect([answer.status, await answer.text()]).toEqual([404, 'There is nothing at this address.']);
  });

  test('only GET is served', async () => {
    const get = await serve();
    expect((await get('app://lab/index.html', 'POST')).status).toBe(405);
  });

  test('a report comes in a sandbox that runs nothing and loads nothing', async () => {
    const answer = await (await serve())('app://report/261124-004106-85hj');
    expect([answer.status, await answer.text()]).toEqual([200, '<!doctype html><p>report']);
    expect(answer.headers.get('content-security-policy')).toBe(reportPolicy);
    const rules = reportPolicy.split('; ');
    expect(rules).toEqual(expect.arrayContaining(["default-src 'none'", 'sandbox', 'frame-ancestors app://lab']));
    expect(reportPolicy).not.toContain('script');
  });

  test('a report that cannot be made is a page that says why, with the sentence as text', async () => {
    const get = await serve(() => Promise.reject(new LabError('not-found', 'No experiment begins with "<img>".')));
    const answer = await get('app://report/261124-004106-85hj');
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('No experiment begins with &#34;&#60;img&#62;&#34;.');
    const broken = await serve(() => Promise.reject(new LabError('store', 'The disk is full.')));
    expect((await broken('app://report/261124-004106-85hj')).status).toBe(500);
  });
});
