/** Who gets in: every refusal of the served lab, tried over real connections. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import type { ServedLab } from '../../src-main/serve/serveLab.ts';
import { serveLab } from '../../src-main/serve/serveLab.ts';
import { callSizeLimit } from '../../src-main/contract/wire.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { cookie, knock, openSocket, ownPage, serveFakeLab } from './served.ts';

const folder = temporaryFolders();
let lab: ServedLab;
beforeAll(async () => {
  lab = await serveFakeLab(folder());
});
afterAll(() => lab.close());

const opened = async (headers: Record<string, string>, path?: string): Promise<WebSocket> => {
  const socket = await openSocket(lab, headers, path);
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  return socket;
};

describe('the token', () => {
  test('the printed address sets a cookie that no script and no other site gets, and the token leaves the address', async () => {
    expect(lab.address).toBe(`http://127.0.0.1:${lab.port}/?token=${lab.token}`);
    expect(Buffer.from(lab.token, 'base64url')).toHaveLength(32);
    const first = await knock(lab, `/?token=${lab.token}`, {
      headers: { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
    });
    expect(first.headers['set-cookie']).toEqual([`auxlab_${lab.port}=${lab.token}; Path=/; HttpOnly; SameSite=Strict`]);
    expect(first.body).toContain('url=/"');
    expect(first.body).not.toContain(lab.token);
    expect(first.headers['referrer-policy']).toBe('no-referrer');
    const page = await knock(lab, '/', { headers: cookie(lab) });
    expect([page.status, page.body]).toEqual([200, '<!doctype html><title>Auxlab</title>']);
  });

  test.each([
    ['none', {}],
    ['a wrong one in the address', { path: '/?token=wrong' }],
    ['a longer one', { path: '/?token=x' }],
    ['a wrong cookie', { cookie: 'auxlab_1=x' }],
  ])('%s is refused on every path, with what to do', async (_, { path = '/', cookie: given }: { path?: string; cookie?: string }) => {
    const headers: Record<string, string> = given === undefined ? {} : { cookie: given.replace('auxlab_1', `auxlab_${lab.port}`) };
    for (const address of [path, '/assets/index.js', '/report/abc', '/upload']) {
      const heard = await knock(lab, address, { headers });
      expect(heard.status, address).toBe(401);
      expect(heard.body).toContain('Open the complete address that &#34;auxlab serve&#34; printed.');
    }
    expect(await openSocket(lab, { ...headers, origin: `http://127.0.0.1:${lab.port}` })).toBe(401);
  });
});

describe('other pages', () => {
  test.each(['http://evil.example', 'null', `http://127.0.0.1:1`, 'http://127.0.0.1.evil.example'])(
    'the origin %s is refused even with the cookie',
    async (origin) => {
      expect((await knock(lab, '/', { headers: { ...cookie(lab), origin } })).status).toBe(403);
      expect((await knock(lab, '/upload', { method: 'POST', headers: { ...cookie(lab), origin }, body: '{}' })).status).toBe(403);
      expect(await openSocket(lab, { ...cookie(lab), origin })).toBe(403);
    },
  );

  test('a socket or an upload without an origin is refused: every browser sends one', async () => {
    expect(await openSocket(lab, cookie(lab))).toBe(403);
    expect((await knock(lab, '/upload', { method: 'POST', headers: cookie(lab), body: '{}' })).status).toBe(403);
  });

  test('another port of this computer cannot take a file in as its own image or script', async () => {
    expect(
      (
        await knock(lab, '/assets/index.js', {
          headers: { ...cookie(lab), 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
        })
      ).status,
    ).toBe(403);
    const own = await knock(lab, '/assets/index.js', {
      headers: { ...cookie(lab), 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
    });
    expect([own.status, own.headers['cross-origin-resource-policy']]).toEqual([200, 'same-origin']);
  });

  test.each(['evil.example', `evil.example:80`, '127.0.0.1.evil.example', '192.168.0.1', '127.0.0.1@evil.example'])(
    'the host "%s" is refused: a foreign name was bent to this computer',
    async (host) => {
      expect((await knock(lab, '/', { headers: { ...cookie(lab), host } })).status).toBe(421);
    },
  );

  test('localhost, and the port of a tunnel, are names of this computer', async () => {
    for (const host of [`localhost:${lab.port}`, 'localhost:9000', '[::1]:9000'])
      expect((await knock(lab, '/', { headers: { ...cookie(lab), host } })).status).toBe(200);
    const socket = await opened({ ...cookie(lab), host: 'localhost:9000', origin: 'http://localhost:9000' });
    socket.close();
  });
});

describe('what is served', () => {
  test('the page has a policy without any "unsafe", and may connect to its own socket alone', async () => {
    const { headers } = await knock(lab, '/', { headers: cookie(lab) });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${lab.port}/socket`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect([headers['x-content-type-options'], headers['cache-control'], headers['cross-origin-opener-policy']]).toEqual([
      'nosniff',
      'no-store',
      'same-origin',
    ]);
  });

  test.each([
    '/secret.txt',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets',
    '/index.html%00',
    '//etc/passwd',
  ])('%s is not there', async (path) => {
    const heard = await knock(lab, path, { headers: cookie(lab) });
    expect(heard.status).toBe(404);
    expect(heard.body).not.toContain('secret');
  });

  test('a report that does not exist is a page that says so, without scripts', async () => {
    const heard = await knock(lab, '/report/nothing-here', { headers: cookie(lab) });
    expect(heard.status).toBe(404);
    expect(heard.body).toContain('No experiment begins with &#34;nothing-here&#34;.');
    expect(String(heard.headers['content-security-policy'])).toContain('sandbox');
    expect((await knock(lab, '/report/..%2f..', { headers: cookie(lab) })).status).toBe(404);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s changes nothing here', async (method) => {
    expect((await knock(lab, '/', { method, headers: ownPage(lab) })).status).toBe(405);
  });
});

describe('the socket', () => {
  const closed = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve));

  test('answers calls with the number they came with', async () => {
    const socket = await opened(ownPage(lab));
    const answer = new Promise<unknown>((resolve) => socket.once('message', (data: Buffer) => resolve(JSON.parse(data.toString('utf8')))));
    socket.send(JSON.stringify({ id: 7, call: { name: 'lab.about', input: {} } }));
    expect(await answer).toMatchObject({ id: 7, reply: { ok: true, value: { host: 'served' } } });
    socket.close();
  });

  test('a call that is not in the contract is refused with a sentence, and the socket stays', async () => {
    const socket = await opened(ownPage(lab));
    const answers: unknown[] = [];
    const all = new Promise<void>((resolve) => socket.on('message', (data: Buffer) => answers.push(JSON.parse(data.toString('utf8'))) === 3 && resolve()));
    socket.send(JSON.stringify({ id: 1, call: { name: 'query', input: {} } }));
    socket.send(JSON.stringify({ id: 2, call: { name: 'experiments.open', input: { id: '../../x' } } }));
    socket.send(JSON.stringify({ id: 3, call: { name: 'experiments.find', input: { search: 'x'.repeat(callSizeLimit) } } }));
    await all;
    expect(answers).toEqual(
      expect.arrayContaining([
        { id: 1, reply: { ok: false, error: { code: 'bad-input', message: 'There is no call "query".' } } },
        expect.objectContaining({ id: 2, reply: { ok: false, error: expect.objectContaining({ code: 'bad-input' }) } }),
        expect.objectContaining({
          id: 3,
          reply: { ok: false, error: expect.objectContaining({ message: expect.stringContaining('A call must have at most 524288 characters.') }) },
        }),
      ]),
    );
    socket.close();
  });

  test.each(['no JSON', '{"call":1}', '[]', '{"id":"1","call":{}}'])('the message %s ends the connection', async (text) => {
    const socket = await opened(ownPage(lab));
    const end = closed(socket);
    socket.send(text);
    expect(await end).toBe(1008);
  });

  test('an oversized message and a binary one end the connection, and the server lives on', async () => {
    const socket = await opened(ownPage(lab));
    const end = closed(socket);
    socket.send('x'.repeat(4 * callSizeLimit + 1));
    expect(await end).toBe(1009);
    const other = await opened(ownPage(lab));
    const otherEnd = closed(other);
    other.send(Buffer.from([1, 2, 3]));
    expect(await otherEnd).toBe(1008);
    expect((await knock(lab, '/', { headers: cookie(lab) })).status).toBe(200);
  });

  test('only its own path opens it', async () => {
    expect(await openSocket(lab, ownPage(lab), '/')).toBe(404);
    expect(await openSocket(lab, ownPage(lab), '/socket/x')).toBe(404);
  });
});

test('a host that others could reach, and a port that is taken, are refused with a sentence', async () => {
  const home = folder();
  await expect(serveLab({ home, page: home, host: '0.0.0.0', port: 0 })).rejects.toThrow(
    'Auxlab is served on this computer only: --host must be one of 127.0.0.1, ::1, localhost. Received: "0.0.0.0".',
  );
  await expect(serveLab({ home, page: home, port: lab.port })).rejects.toThrow(
    `Port ${lab.port} of 127.0.0.1 is taken by another program. Choose another with --port.`,
  );
});
