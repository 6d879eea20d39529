/** The desk as a window uses it: real store, real data, workers that speak the protocol. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { PlanInput } from '../../src-main/contract/plan.ts';
import { openFakeDesk, type FakeDesk } from '../support/deskHome.ts';
import { flowersPlan, holdRuns, writeFlowers } from '../support/labHome.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const opened: FakeDesk[] = [];

function open(home: string, ...rest: Parameters<typeof openFakeDesk> extends [string, ...infer R] ? R : never): FakeDesk {
  const fake = openFakeDesk(home, ...rest);
  opened.push(fake);
  return fake;
}

afterEach(async () => {
  for (const { desk } of opened.splice(0)) await desk.close();
});

describe('training at the desk', () => {
  test('a plan starts, tells progress and points, and ends with its verdict', async () => {
    const home = folder();
    const { client, next, events } = open(home);
    const ended = next('experiment.ended');
    const { id } = await client.call('experiments.start', { plan: flowersPlan(writeFlowers(home), { repeats: 5 }), job: 'start-1' });
    expect(await client.call('queue.list', {})).toMatchObject([{ experimentId: id, activity: 'training' }]);
    expect(await ended).toMatchObject({
      experimentId: id,
      status: 'finished',
      verdict: 'inconclusive', // 9 test rows, of which one is 11 points
      sentence: 'Does adding region make "species" better? Inconclusive.',
    });
    const { document, canResume, activity, events: log } = await client.call('experiments.open', { id });
    expect(document).toMatchObject({ verdict: 'inconclusive', arms: [{ runs: { length: 5 } }, { runs: { length: 5 } }] });
    expect([canResume, activity]).toEqual([false, 'none']);
    expect(log.filter(({ kind }) => kind === 'run-finished')).toHaveLength(10);
    expect(log.some(({ kind }) => kind === 'resumed')).toBe(false);
    expect(events.some((event) => event.name === 'job.progress' && event.job.job === 'start-1' && event.job.state === 'finished')).toBe(true);
    const pictures = events.flatMap((event) => (event.name === 'experiment.progress' ? [event.picture] : []));
    expect(pictures.at(-1)).toMatchObject({ experimentId: id, finishedRuns: 10, totalRuns: 10, fraction: 1 });
    const told = events.flatMap((event) => (event.name === 'experiment.points' ? event.lines : []));
    const run = document.arms[0]?.runs[0]?.id;
    const steps = told.filter((line) => line.run === run && line.name === 'loss/main').flatMap((line) => line.steps);
    expect([steps[0], steps.at(-1)]).toEqual([0, 19]);
    expect(await client.call('series.names', { id })).toEqual(['loss/main']);
    const lines = await client.call('series.read', { id, names: ['loss/main'], points: 10 });
    expect(lines).toHaveLength(10);
    expect(lines[0]).toMatchObject({ arm: 'baseline', seed: 1, total: 20 });
    expect(lines[0]?.steps.length).toBeLessThanOrEqual(10);
  });

  test('pause writes checkpoints and answers when nothing runs; resume ends it; more pairs can be added', async () => {
    const home = folder();
    const held = holdRuns(home);
    const { client, next } = open(home, '', { held });
    const { id } = await client.call('experiments.start', { plan: flowersPlan(writeFlowers(home)) });
    await next('experiment.points');
    await client.call('experiments.pause', { id });
    expect(await client.call('experiments.open', { id })).toMatchObject({ activity: 'none', canResume: true, document: { status: 'interrupted' } });
    expect(readdirSync(join(home, 'checkpoints')).length).toBeGreaterThan(0);
    held.letGo();
    let ended = next('experiment.ended');
    await client.call('experiments.resume', { id });
    expect(await ended).toMatchObject({ status: 'finished' });
    await expect(client.call('experiments.resume', { id })).rejects.toThrow('All runs of this experiment are over. Add pairs to go on with it.');
    ended = next('experiment.ended');
    await client.call('experiments.extend', { id, repeats: 3 });
    expect(await ended).toMatchObject({ status: 'finished' });
    expect((await client.call('experiments.open', { id })).document.arms.map(({ runs }) => runs.length)).toEqual([3, 3]);
  });

  test('a second experiment waits for the first; the queue can be reordered and emptied; cancel ends for good', async () => {
    const home = folder();
    const held = holdRuns(home);
    const { client, next } = open(home, '', { held });
    const plan = (name: string): PlanInput => flowersPlan(writeFlowers(home), { name });
    const first = await client.call('experiments.start', { plan: plan('first') });
    const second = await client.call('experiments.start', { plan: plan('second') });
    const third = await client.call('experiments.start', { plan: plan('third') });
    expect((await client.call('queue.list', {})).map(({ name, activity }) => `${name} ${activity}`)).toEqual([
      'first training',
      'second waiting',
      'third waiting',
    ]);
    await client.call('queue.move', { id: third.id, position: 0 });
    await client.call('queue.remove', { id: second.id });
    await expect(client.call('experiments.trash', { ids: [first.id] })).rejects.toThrow('This experiment trains now. Pause or cancel it first.');
    await client.call('experiments.cancel', { id: first.id });
    expect(await client.call('experiments.open', { id: first.id })).toMatchObject({ canResume: false, document: { status: 'failed' } });
    expect((await client.call('queue.list', {})).map(({ name }) => name)).toEqual(['third']);
    const ended = next('experiment.ended');
    held.letGo();
    expect(await ended).toMatchObject({ experimentId: third.id });
    expect(await client.call('experiments.open', { id: second.id })).toMatchObject({ canResume: true, activity: 'none' });
  });

  test('a killed worker costs its run, the others go on, and resuming repeats it', async () => {
    const home = folder();
    const crashed = open(home, 'crash@auxiliary/2');
    let ended = crashed.next('experiment.ended');
    const { id } = await crashed.client.call('experiments.start', { plan: flowersPlan(writeFlowers(home)) });
    expect(await ended).toMatchObject({ status: 'failed', sentence: '1 run failed; 3 of 4 runs finished.' });
    const { document } = await crashed.client.call('experiments.open', { id });
    expect(document.arms[1]?.runs[1]).toMatchObject({ status: 'failed', error: expect.stringContaining('the tensor broke') });
    await crashed.desk.close();
    opened.splice(0);
    const { client, next } = open(home);
    ended = next('experiment.ended');
    await client.call('experiments.resume', { id });
    expect(await ended).toMatchObject({ status: 'finished' });
  });

  test('closing pauses what trains, and another desk goes on from there', async () => {
    const home = folder();
    const first = open(home, '', { held: holdRuns(home) });
    const { id } = await first.client.call('experiments.start', { plan: flowersPlan(writeFlowers(home)) });
    await first.next('experiment.points');
    await first.desk.close();
    opened.splice(0);
    const { client, next } = open(home);
    expect(await client.call('experiments.find', {})).toMatchObject({ total: 1, items: [{ experimentId: id, status: 'interrupted', activity: 'none' }] });
    const ended = next('experiment.ended');
    await client.call('experiments.resume', { id });
    expect(await ended).toMatchObject({ status: 'finished' });
  });

  test('two desks on one store: what one trains the other sees and leaves alone', async () => {
    const home = folder();
    const held = holdRuns(home);
    const first = open(home, '', { held });
    const second = open(home);
    const { id } = await first.client.call('experiments.start', { plan: flowersPlan(writeFlowers(home)) });
    await first.next('experiment.points');
    expect(await second.client.call('experiments.find', {})).toMatchObject({ items: [{ activity: 'elsewhere' }] });
    for (const name of ['experiments.resume', 'experiments.pause', 'experiments.cancel'] as const)
      await expect(second.client.call(name, { id })).rejects.toThrow(
        'Another process trains this experiment: a command line, or another window. Stop it there.',
      );
    const ended = first.next('experiment.ended');
    held.letGo();
    expect(await ended).toMatchObject({ status: 'finished' });
  });
});

describe('what a person writes and keeps', () => {
  test('notes, tags, name, trash and report sections change what is found and shown', async () => {
    const home = folder();
    const { client, next } = open(home);
    const ended = next('experiment.ended');
    const { id } = await client.call('experiments.start', { plan: flowersPlan(writeFlowers(home)), draft: 'd1' });
    await ended;
    await client.call('experiments.rename', { id, name: '  Flowers <b>again</b> ' });
    await client.call('experiments.setNotes', { id, notes: 'Seen with the **new** labels' });
    expect(await client.call('experiments.setTags', { id, tags: ['paper', 'paper', 'b'] })).toEqual({ tags: ['b', 'paper'] });
    expect((await client.call('experiments.find', { search: 'labels PAPER' })).items).toMatchObject([
      { name: 'Flowers <b>again</b>', hasNotes: true, tags: ['b', 'paper'] },
    ]);
    expect(await client.call('experiments.tags', {})).toEqual([{ tag: 'b', count: 1 }, { tag: 'paper', count: 1 }]); // prettier-ignore
    const [kept, off] = await client.call('report.sections', { id });
    const shown = (page: string): boolean[] => [kept, off].map((section) => page.includes(`id="${section?.id ?? ''}"`));
    expect(shown(await client.call('experiments.report', { id }))).toEqual([true, true]);
    await client.call('report.setSections', { id, off: [off?.id ?? ''] });
    const part = await client.call('experiments.report', { id });
    expect(shown(part)).toEqual([true, false]);
    expect(part).not.toContain('<b>again</b>');
    await client.call('experiments.trash', { ids: [id] });
    expect((await client.call('experiments.find', {})).total).toBe(0);
    expect((await client.call('experiments.list', {})).length).toBe(0);
    await client.call('experiments.restore', { ids: [id] });
    expect((await client.call('experiments.find', {})).total).toBe(1);
    await expect(client.call('experiments.purge', { ids: [id] })).rejects.toThrow('Only what lies in the trash can be removed for good.');
    await client.call('experiments.trash', { ids: [id] });
    await client.call('experiments.purge', { ids: [id] });
    await expect(client.call('experiments.open', { id })).rejects.toMatchObject({ code: 'not-found' });
    expect(existsSync(join(home, 'plans', `${id}.json`))).toBe(false);
  });

  test('settings and drafts outlive the desk', async () => {
    const home = folder();
    const first = open(home);
    expect(await first.client.call('settings.get', {})).toMatchObject({ appearance: 'system', level: 'guided' });
    await first.client.call('settings.set', { level: 'expert', appearance: 'dark' });
    await first.client.call('drafts.save', { id: 'd1', name: 'Wine', content: { plan: { x: [1, 2] } } });
    await first.desk.close();
    opened.splice(0);
    const { client } = open(home);
    expect(await client.call('settings.get', {})).toMatchObject({ appearance: 'dark', level: 'expert' });
    expect(await client.call('drafts.get', { id: 'd1' })).toMatchObject({ name: 'Wine', content: { plan: { x: [1, 2] } } });
    await client.call('drafts.remove', { id: 'd1' });
    await expect(client.call('drafts.get', { id: 'd1' })).rejects.toThrow('This draft is no longer there.');
  });

  test('an experiment goes out as one file and comes back in another store as it was', async () => {
    const home = folder();
    const { client, next } = open(home);
    const ended = next('experiment.ended');
    const { id } = await client.call('experiments.start', { plan: flowersPlan(writeFlowers(home)) });
    await ended;
    await client.call('experiments.setNotes', { id, notes: 'kept' });
    const file = await client.call('bundle.export', { id });
    expect(file).toMatchObject({ fileName: `${id}.auxlab`, encoding: 'base64' });
    const path = join(home, file.fileName);
    writeFileSync(path, Buffer.from(file.content, 'base64'));
    const other = open(folder());
    expect(await other.client.call('bundle.import', { path })).toEqual({ id, isNew: true });
    expect(await other.client.call('bundle.import', { path })).toEqual({ id, isNew: false });
    const [before, after] = [await client.call('experiments.open', { id }), await other.client.call('experiments.open', { id })];
    expect(after.document.imported).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(after.document.warnings[0]).toMatch(/^Imported on \d{4}-\d\d-\d\d from a file/);
    expect(after.document.provenance.command).not.toBe(before.document.provenance.command); // each runs the plan in its own data directory
    const content = ({ imported: _, warnings: [, ...warnings], provenance: { command: __, ...provenance }, ...rest }: typeof after.document) => ({
      ...rest,
      warnings,
      provenance,
    });
    expect(content(after.document)).toEqual(content({ ...before.document, warnings: ['', ...before.document.warnings] }));
    expect(after.notes).toBe('kept');
    const read = { id, names: ['loss/main'] };
    expect(await other.client.call('series.read', read)).toEqual(await client.call('series.read', read));
    writeFileSync(path, 'no archive');
    await expect(other.client.call('bundle.import', { path })).rejects.toThrow(`${path} cannot be unpacked: the ZIP archive is damaged, encrypted or cut off.`);
  });

  test('the report goes out in every form', async () => {
    const home = folder();
    const { client, next } = open(home, '', { environment: { PATH: '' } });
    const ended = next('experiment.ended');
    const { id } = await client.call('experiments.start', { plan: flowersPlan(writeFlowers(home)) });
    await ended;
    const of = (format: 'html' | 'markdown' | 'csv' | 'json' | 'plan' | 'pdf') => client.call('report.export', { id, format });
    expect(await of('html')).toMatchObject({ mediaType: 'text/html', content: expect.stringMatching(/^<!doctype html>/) });
    expect((await of('markdown')).content).toMatch(/^# /);
    expect(JSON.parse((await of('json')).content)).toMatchObject({ experimentId: id });
    expect(JSON.parse((await of('plan')).content)).toMatchObject({ format: 'auxlab-plan/2' });
    expect((await of('csv')).content).toMatch(/^UEsD/); // PK 3 4 in base64
    await expect(of('pdf')).rejects.toThrow('A page is printed by Chromium, Chrome, Edge or Electron, and none was found here.');
  });
});

test('what is not in the contract is refused, and host calls are for the desktop', async () => {
  const { desk } = open(folder());
  expect(await desk.answer({ name: 'query', input: {} })).toMatchObject({ error: { code: 'bad-input', message: 'There is no call "query".' } });
  expect(await desk.answer({ name: 'experiments.open', input: { id: '../x' } })).toMatchObject({ error: { code: 'bad-input' } });
  expect(await desk.answer({ name: 'host.pick', input: { kind: 'file' } })).toMatchObject({
    error: { message: 'host.pick is answered by the desktop window only; this lab runs without one.' },
  });
});
