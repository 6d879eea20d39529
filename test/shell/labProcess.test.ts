import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import type { LabEvent } from '../../src-main/contract/calls.ts';
import { createClient } from '../../src-main/contract/client.ts';
import { bundledNode } from '../../src-main/runtime/bundledNode.js';
import { startLabProcess, type LabProcess, type LabProcessOptions } from '../../src-main/shell/labProcess.ts';
import { flowersPlan, openFakeLab, writeFlowers } from '../support/labHome.ts';
import { temporaryFolders } from '../support/temporary.ts';
import { packageFolder } from './electronApp.ts';

const folder = temporaryFolders();
const entry = join(packageFolder, 'src-main', 'lab', 'process.ts');
const started: LabProcess[] = [];

afterEach(() => {
  for (const lab of started.splice(0)) lab.stop();
});

function start(home: string, options: Partial<LabProcessOptions> = {}): LabProcess {
  const lab = startLabProcess({ node: process.execPath, entry, environment: { ...process.env, AUXLAB_HOME: home }, ...options });
  started.push(lab);
  return lab;
}

function next(lab: LabProcess, wanted: (event: LabEvent) => boolean): Promise<LabEvent> {
  return new Promise((resolve) => {
    const stop = lab.on((event) => {
      if (!wanted(event)) return;
      stop();
      resolve(event);
    });
  });
}

describe('the lab in a process of its own', () => {
  test('lists, shows and reports what another process runs, and says when it changes', async () => {
    const home = folder();
    const lab = start(home);
    const client = createClient(lab);
    expect(await client.call('experiments.list', {})).toEqual([]);
    expect(await client.call('lab.about', {})).toMatchObject({ home });

    const changed = next(lab, (event) => event.name === 'experiments.changed');
    const own = openFakeLab(home);
    const { experimentId: id } = await own.runPlan(flowersPlan(writeFlowers(home), { repeats: 5, name: 'a <b>bold</b> name' }));
    own.close();
    expect(await changed).toEqual({ name: 'experiments.changed', ids: [id] });

    const [summary] = await client.call('experiments.list', {});
    expect(summary).toMatchObject({ experimentId: id, status: 'finished', verdict: 'inconclusive', runs: 10, finishedRuns: 10 });
    const picture = await client.call('experiments.show', { id });
    expect(picture.arms.map(({ title, runs }) => [title, runs.map(({ status }) => status)])).toEqual([
      ['Baseline', Array(5).fill('finished')],
      ['region', Array(5).fill('finished')],
    ]);
    const html = await client.call('experiments.report', { id });
    expect(html).toMatch(/^<!doctype html>/);
    expect(html).toContain('a &lt;b&gt;bold&lt;/b&gt; name');
    await expect(client.call('experiments.show', { id: '000000' })).rejects.toMatchObject({ code: 'not-found' });
  });

  test('checks every call at its own door too', async () => {
    const lab = start(folder());
    expect(await lab.call('query', { sql: 'SELECT 1' })).toMatchObject({ ok: false, error: { code: 'bad-input', message: 'There is no call "query".' } });
  });

  test('says why the store cannot be opened and tries again with the next call', async () => {
    const home = folder();
    const store = join(home, 'lab.sqlite');
    writeFileSync(store, 'this is not a database, only text that is long enough to be looked at '.repeat(20));
    const client = createClient(start(home));
    await expect(client.call('experiments.list', {})).rejects.toMatchObject({ code: 'store', message: expect.stringContaining('is not an SQLite database') });
    await expect(client.call('lab.about', {})).resolves.toMatchObject({ home });
  });

  test('a killed process is replaced, waiting calls are refused, later ones are answered', async () => {
    const lab = start(folder(), { restartMs: [10] });
    const client = createClient(lab);
    await client.call('experiments.list', {});
    const restarting = next(lab, (event) => event.name === 'lab.state' && event.state === 'restarting');
    const running = next(lab, (event) => event.name === 'lab.state' && event.state === 'running');
    const pid = lab.pid ?? expect.fail('The lab does not run.');
    process.kill(pid, 'SIGSTOP'); // it cannot answer any more before it ends
    const waiting = client.call('experiments.list', {});
    process.kill(pid, 'SIGKILL');
    await expect(waiting).rejects.toMatchObject({ code: 'engine-lost', message: "The lab's process ended (signal SIGKILL)" });
    expect(await restarting).toMatchObject({ message: expect.stringContaining('It is being started again') });
    await running;
    expect(await client.call('experiments.list', {})).toEqual([]);
  });

  test('a process that ends again and again is given up, with its last words', async () => {
    const broken = join(folder(), 'broken.mjs');
    writeFileSync(broken, 'process.stderr.write("the disk is on fire\\n"); process.exit(3);');
    const lab = start(folder(), { entry: broken, restartMs: [10, 10] });
    const end = await next(lab, (event) => event.name === 'lab.state' && event.state === 'ended');
    expect(end).toMatchObject({
      message: "The lab's process ended (exit code 3): the disk is on fire. It ended 3 times in a row and is not started again; restart Auxlab.",
    });
    expect(await lab.call('experiments.list', {})).toMatchObject({ ok: false, error: { message: "The lab's process is not running." } });
  });

  test('a process that does not answer is not waited for without end', async () => {
    const deaf = join(folder(), 'deaf.mjs');
    writeFileSync(deaf, "process.on('message', () => undefined); process.on('disconnect', () => process.exit());");
    const lab = start(folder(), { entry: deaf, answerMs: 300 });
    expect(await lab.call('lab.about', {})).toMatchObject({ error: { code: 'engine-lost', message: 'The lab has not answered lab.about within 0.3 s.' } });
  });
});

test('the Node that runs the lab is the one that came with the package', () => {
  expect(bundledNode(join(packageFolder, 'out', 'main'))).toBe(bundledNode(packageFolder));
  expect(bundledNode(packageFolder)).toMatch(/node_modules.node-[\w-]+.bin.node/);
  expect(bundledNode(folder())).toBeNull();
});
