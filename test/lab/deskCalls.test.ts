/** Every call of the contract is asked once, over a real store, and its answer is in the contract. A call that is added without a line here fails the first
 *  test. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { calls, type CallInput, type CallName } from '../../src-main/contract/calls.ts';
import { openFakeDesk, type FakeDesk } from '../support/deskHome.ts';
import { flowersPlan, writeFlowers } from '../support/labHome.ts';
import { isThere } from '../support/entriesThere.ts';
import { temporaryFolders } from '../support/temporary.ts';

type Asked = Exclude<CallName, `host.${string}`>;
type Refusal = { readonly refused: string };

const folder = temporaryFolders();
let fake: FakeDesk;
let home = '';
let id = '';

beforeAll(async () => {
  home = folder();
  fake = openFakeDesk(home, '', { environment: { PATH: '' } });
  const ended = fake.next('experiment.ended');
  id = (await fake.client.call('experiments.start', { plan: flowersPlan(writeFlowers(home)) })).id;
  await ended;
  writeFileSync(join(home, 'plan.json'), `// with a comment\n${JSON.stringify(flowersPlan('flowers.csv'))}`);
  const bundle = await fake.client.call('bundle.export', { id });
  writeFileSync(join(home, 'whole.auxlab'), Buffer.from(bundle.content, 'base64'));
  mkdirSync(join(home, 'runtimes', 'broken'), { recursive: true });
  await fake.client.call('drafts.save', { id: 'd', name: 'D', content: {} });
});
afterAll(() => fake.desk.close());

/** The beginning of a sample, or the refusal where no format reads it. */
function ofSample(id: string): CallInput<'data.thumbnails'> | (CallInput<'data.thumbnails'> & Refusal) {
  const asked = { data: { source: `sample:${id}` }, limit: 2 };
  return isThere(id) ? asked : { ...asked, refused: '' };
}

/** What each is asked, in an order in which each can answer; where the right answer is a refusal, how it begins. */
const inputs = (): { readonly [N in Asked]: CallInput<N> | (CallInput<N> & Refusal) } => {
  const data = { source: join(home, 'flowers.csv') };
  const plan = flowersPlan(data.source);
  return {
    'lab.about': {},
    'lab.status': {},
    'doctor.run': {},
    'settings.get': {},
    'settings.set': { notifyAtEnd: false },
    'runtimes.list': {},
    'runtimes.install': { variant: 'cpu', from: join(home, 'absent.whl'), refused: '' },
    'runtimes.check': { name: 'broken' },
    'runtimes.remove': { name: 'broken' },
    'jobs.list': {},
    'jobs.cancel': { job: 'none', refused: 'There is no running job with the name none' },
    'data.formats': {},
    'data.samples': {},
    'data.inspect': { data },
    'data.rows': { data, limit: 3 },
    'data.thumbnails': ofSample('fashion-mnist'),
    'data.sequences': ofSample('japanese-vowels'),
    'data.split': { data, target: 'height' },
    'data.recent': {},
    'data.forget': { source: data.source },
    'catalog.methods': {},
    'catalog.advice': {},
    'catalog.networks': {},
    'catalog.tasks': {},
    'catalog.training': {},
    'catalog.network': { id: 'mlp', input: { kind: 'table', shape: [4] }, heads: [{ id: 'main', depth: 'end', outputs: 10 }] },
    'plans.suggest': { data },
    'plans.check': { plan },
    'plans.command': { plan },
    'plans.read': { path: join(home, 'plan.json') },
    'drafts.list': {},
    'drafts.get': { id: 'd' },
    'drafts.save': { id: 'd', name: 'E', content: { a: 1 } },
    'drafts.remove': { id: 'd' },
    'experiments.list': {},
    'experiments.find': { status: 'finished', verdict: 'too-early', sort: 'name' },
    'experiments.named': { id: id.slice(0, 10) },
    'experiments.show': { id },
    'experiments.open': { id },
    'experiments.runs': { experiment: id, status: 'finished', sort: 'test-low', search: 'baseline' },
    'experiments.report': { id },
    'report.sections': { id },
    'report.setSections': { id, off: [] },
    'report.export': { id, format: 'markdown' },
    'series.names': { id },
    'series.read': { id, names: ['loss/main'], from: 2, to: 9 },
    'bundle.export': { id },
    'bundle.import': { path: join(home, 'whole.auxlab') },
    'experiments.rename': { id, name: 'Renamed' },
    'experiments.setNotes': { id, notes: 'x' },
    'experiments.setTags': { id, tags: ['x'] },
    'experiments.tags': {},
    'experiments.start': { plan: { ...plan, repeats: 1, training: { maxSteps: 5 } } },
    'experiments.pause': { id },
    'experiments.resume': { id, refused: 'All runs of this experiment are over.' },
    'experiments.cancel': { id },
    'experiments.extend': { id, repeats: 1, refused: `Experiment ${id} has 2 pairs already.` },
    'queue.list': {},
    'queue.move': { id, position: 0, refused: 'Only an experiment that waits can be moved.' },
    'queue.remove': { id, refused: 'This experiment does not wait.' },
    'experiments.trash': { ids: [id] },
    'experiments.restore': { ids: [id] },
    'experiments.purge': { ids: [id], refused: 'Only what lies in the trash can be removed for good.' },
  };
};

test('every call has its line, and answers in the contract or refuses with a sentence', async () => {
  const asked = Object.entries(inputs()) as [Asked, Record<string, unknown>][]; // the type above names the keys
  expect(asked.map(([name]) => name).toSorted()).toEqual((Object.keys(calls) as CallName[]).filter((name) => !name.startsWith('host.')).toSorted());
  for (const [name, { refused, ...input }] of asked) {
    const answer = fake.client.call(name, input as never).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    const error = await answer;
    if (refused === undefined) expect(error, name).toBeNull();
    else {
      expect(error?.message, name).toContain(refused);
      expect(error, name).toMatchObject({ code: expect.stringMatching(/^(bad-input|not-found|runtime-missing)$/) });
    }
  }
});
