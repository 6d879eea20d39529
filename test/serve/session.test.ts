/** The served lab as a browser uses it: the page's own transport and uploads, over real connections. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { LabEvent } from '../../src-main/contract/calls.ts';
import { createClient, type Client } from '../../src-main/contract/client.ts';
import { socketTransport } from '../../src-main/contract/socket.ts';
import { uploadFiles, uploadLimits } from '../../src-main/contract/upload.ts';
import { formats } from '../../src-main/formats/index.ts';
import type { ServedLab } from '../../src-main/serve/serveLab.ts';
import { flowersPlan, holdRuns, writeFlowers, type FakeTraining } from '../support/labHome.ts';
import { leftOut } from '../support/leftOut.ts';
import { withSamples } from '../support/entriesThere.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { knock, ownPage, serveFakeLab, cookie } from './served.ts';

const folder = temporaryFolders();
const labs: ServedLab[] = [];
const sockets: WebSocket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  for (const lab of labs.splice(0)) await lab.close();
});

async function serve(home: string, training: FakeTraining = {}): Promise<ServedLab> {
  const lab = await serveFakeLab(home, training);
  labs.push(lab);
  return lab;
}

/** The transport that the page uses, over the socket of a test. */
function browser(lab: ServedLab): { readonly client: Client; readonly events: LabEvent[] } {
  const client = createClient(
    socketTransport(() => {
      const socket = new WebSocket(`ws://127.0.0.1:${lab.port}/socket`, { headers: ownPage(lab) });
      sockets.push(socket);
      return socket; // ws has the browser's addEventListener with its own types
    }),
  );
  const events: LabEvent[] = [];
  client.on((event) => events.push(event));
  return { client, events };
}

const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 30));
};

/** fetch as the page has it, with the page's cookie and origin. */
const pageFetch = (lab: ServedLab) => async (address: string, request: { readonly method: string; readonly body?: unknown }) => {
  const body = request.body instanceof Blob ? Buffer.from(await request.body.arrayBuffer()) : String(request.body);
  const heard = await knock(lab, address, { method: request.method, headers: ownPage(lab), body });
  return { json: () => Promise.resolve(JSON.parse(heard.body) as unknown) };
};

const file = (path: string, content: string | Buffer): { path: string; content: Blob } => ({ path, content: new Blob([content]) });
const send = (lab: ServedLab, ...files: { path: string; content: Blob }[]): Promise<string> => uploadFiles(files, pageFetch(lab), () => undefined);

describe('sessions', () => {
  test('two browsers see one training; one may close or reload in the middle, and the training goes on', async () => {
    const home = folder();
    const held = holdRuns(home);
    const lab = await serve(home, { held });
    const first = browser(lab);
    const second = browser(lab);
    const { id } = await first.client.call('experiments.start', { plan: flowersPlan(writeFlowers(home)) });
    await until(() => [first, second].every(({ events }) => events.some((event) => event.name === 'experiment.points')));
    sockets[0]?.terminate(); // the browser is gone without a word
    await until(() => first.events.some((event) => event.name === 'lab.state' && event.state === 'running')); // and back
    expect(first.events.filter((event) => event.name === 'lab.state').map((event) => event.state)).toEqual(['restarting', 'running']);
    held.letGo();
    await until(() => second.events.some((event) => event.name === 'experiment.ended'));
    expect(await first.client.call('experiments.open', { id })).toMatchObject({ document: { status: 'finished' }, activity: 'none' });
    const report = await knock(lab, `/report/${id}`, { headers: cookie(lab) });
    expect([report.status, report.body.slice(0, 15)]).toEqual([200, '<!doctype html>']);
  });

  test('a call that was under way when the connection broke is refused, and says that the work goes on', async () => {
    const home = folder();
    const lab = await serve(home);
    const { client } = browser(lab);
    const { client: watching } = browser(lab);
    await client.call('lab.about', {}); // its socket is the first
    writeFileSync(join(home, 'big.csv'), `a,b,label\n${'1.5,2.5,x\n3.5,4.5,y\n'.repeat(200_000)}`);
    const reading = client.call('data.inspect', { data: { source: join(home, 'big.csv') }, job: 'read-1' });
    const refused = expect(reading).rejects.toMatchObject({
      code: 'engine-lost',
      message: 'The connection to Auxlab broke before the answer came. What was started there goes on.',
    });
    await until(async () => (await watching.call('jobs.list', {})).length === 1); // the call has arrived
    sockets[0]?.terminate();
    await refused;
    await until(async () => (await client.call('data.recent', {})).length === 1);
  });

  test('ending the server pauses what trains, with checkpoints', async () => {
    const home = folder();
    const lab = await serveFakeLab(home, { held: holdRuns(home) });
    const { client, events } = browser(lab);
    await client.call('experiments.start', { plan: flowersPlan(writeFlowers(home)) });
    await until(() => events.some((event) => event.name === 'experiment.points'));
    await lab.close();
    expect(readdirSync(join(home, 'checkpoints')).length).toBeGreaterThan(0);
    const again = browser(await serve(home));
    expect(await again.client.call('experiments.find', {})).toMatchObject({ items: [{ status: 'interrupted', activity: 'none' }] });
  });
});

describe('uploads', () => {
  test('a file arrives as a source that can be inspected', async () => {
    const home = folder();
    const lab = await serve(home);
    const { client } = browser(lab);
    const flowers = readFileSync(writeFlowers(home), 'utf8');
    const source = await send(lab, file('flowers.csv', flowers));
    expect(source.startsWith(join(home, 'uploads'))).toBe(true);
    expect(await client.call('data.inspect', { data: { source } })).toMatchObject({ name: 'flowers.csv', rows: 60 });
  });

  const needsPictures = leftOut(formats.some(({ id }) => id === 'image-folder') ? null : 'No data format reads folders of images.');

  test('a folder and a ZIP arrive as sources that can be inspected', { ...withSamples('digits'), ...needsPictures }, async () => {
    const lab = await serve(folder());
    const { client } = browser(lab);
    const { images } = await client.call('data.thumbnails', { data: { source: 'sample:digits' }, limit: 12 });
    const pictures = images.map(({ url }, i) =>
      file(`shapes/${i % 2 === 0 ? 'even' : 'odd'}/${i}.png`, Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')),
    );
    const shapes = await send(lab, ...pictures);
    expect(shapes.endsWith('/shapes')).toBe(true);
    expect(await client.call('data.inspect', { data: { source: shapes } })).toMatchObject({ rows: 12, format: 'image-folder', targets: ['class'] });
    await expect(client.call('data.inspect', { data: { source: await send(lab, file('broken.zip', 'PK\u0003\u0004 nothing')) } })).rejects.toThrow(
      'cannot be unpacked: the ZIP archive is damaged, encrypted or cut off.',
    );
    await expect(client.call('data.inspect', { data: { source: await send(lab, file('none/notes.txt', 'no image')) } })).rejects.toThrow(
      'holds no images (PNG, JPEG',
    );
  });

  test('a file of several pieces arrives as it was, and its progress is told', async () => {
    const home = folder();
    const lab = await serve(home);
    const content = Buffer.alloc(2 * uploadLimits.pieceBytes + 12_345, 'abc,1\n');
    const told: number[] = [];
    const source = await uploadFiles([file('long.csv', content), file('empty.csv', '')], pageFetch(lab), (sent) => told.push(sent));
    expect(readFileSync(join(source, 'long.csv')).equals(content)).toBe(true);
    expect(readFileSync(join(source, 'empty.csv'), 'utf8')).toBe('');
    expect(told).toEqual([uploadLimits.pieceBytes, 2 * uploadLimits.pieceBytes, content.length]);
  });

  const begin = async (lab: ServedLab, files: unknown): Promise<unknown> => {
    const heard = await knock(lab, '/upload', { method: 'POST', headers: ownPage(lab), body: JSON.stringify({ files }) });
    return JSON.parse(heard.body);
  };

  test.each(['../up.csv', '/abs.csv', 'a/../../b.csv', 'a//b.csv', 'c:\\x.csv', 'a\\b.csv', 'x\u0000.csv', 'con:stream', 'a/NUL.csv', 'dot.', './x.csv'])(
    'the name %j is refused',
    async (path) => {
      const home = folder();
      const lab = await serve(home);
      expect(await begin(lab, [{ path, size: 1 }])).toMatchObject({
        ok: false,
        error: { code: 'bad-input', message: `${JSON.stringify(path)} is no name for a file inside a folder.` },
      });
      expect(existsSync(join(home, 'uploads')) ? readdirSync(join(home, 'uploads')) : []).toEqual([]);
    },
  );

  test('a list that is empty, holds a file twice, is no list, or is larger than allowed is refused', async () => {
    const lab = await serve(folder());
    const message = async (files: unknown): Promise<unknown> => ((await begin(lab, files)) as { error: { message: string } }).error.message;
    expect(await message([])).toContain('An upload needs at least one file.');
    expect(await message([{ path: 'A.csv', size: 1 }, { path: 'a.csv', size: 1 }])).toBe('The file a.csv is there twice.'); // prettier-ignore
    expect(await message('x')).toContain('The list of files is not usable.');
    expect(await message([{ path: 'huge.csv', size: 2 * 1024 ** 3 + 1 }])).toBe(
      'huge.csv has 2.0 GB. Up to 2.0 GB can be uploaded; give the path of a larger data set on this computer to the command line.',
    );
    const long = await knock(lab, '/upload', { method: 'POST', headers: { ...ownPage(lab), 'content-length': String(uploadLimits.manifestBytes + 1) } }).catch(
      (error: unknown) => String(error),
    );
    expect(JSON.stringify(long)).toContain('This request must have at most');
  });

  test('pieces out of order, too many bytes, unknown uploads and an end too early are refused, and what is unfinished is removed', async () => {
    const home = folder();
    const lab = await serve(home);
    const begun = (await begin(lab, [{ path: 'x.csv', size: 4 }])) as { value: { id: string } };
    const { id } = begun.value;
    const put = async (path: string, body: string | Buffer): Promise<string> => {
      const heard = await knock(lab, path, { method: 'PUT', headers: ownPage(lab), body });
      const reply = JSON.parse(heard.body) as { ok: boolean; error?: { message: string } };
      return reply.ok ? 'ok' : (reply.error?.message ?? '');
    };
    expect(await put(`/upload/${id}/0?offset=2`, 'ab')).toBe('The next piece of x.csv must begin at 0. Received: 2.');
    expect(await put(`/upload/${id}/0?offset=0`, 'abcde')).toBe('x.csv was announced with 4 bytes; more came.');
    expect(await put(`/upload/${id}/1?offset=0`, 'ab')).toBe('This upload has 1 files; there is no file number 1.');
    expect(await put(`/upload/nothing/0?offset=0`, 'ab')).toBe('This upload is not known; it may have been given up. Drop the files again.');
    expect(await put(`/upload/${id}/0?offset=0`, 'ab')).toBe('ok');
    const end = await knock(lab, `/upload/${id}/end`, { method: 'POST', headers: ownPage(lab), body: '' });
    expect(end.body).toContain('x.csv has not arrived whole. Drop the files again.');
    expect(readdirSync(join(home, 'uploads'))).toEqual([`${id}.partial`]);
    await lab.close();
    labs.splice(0);
    expect(readdirSync(join(home, 'uploads'))).toEqual([]);
  });

  test('what an earlier server left unfinished is removed at the start, what was finished stays', async () => {
    const home = folder();
    mkdirSync(join(home, 'uploads', 'left.partial'), { recursive: true });
    mkdirSync(join(home, 'uploads', 'kept'), { recursive: true });
    await serve(home);
    expect(readdirSync(join(home, 'uploads'))).toEqual(['kept']);
  });
});
