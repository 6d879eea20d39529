import { expect, test } from 'vitest';
import { createClient } from '../../src-main/contract/client.ts';
import type * as State from '../../src-renderer/state/experiments.svelte.ts';
import { fakeLab, summary, type FakeLab } from './fakeLab.ts';
import { windowModules } from './windowModules.ts';

const load = await windowModules();
const { Experiments } = await load<typeof State>('/state/experiments.svelte.ts');

async function opened(lab: FakeLab): Promise<State.Experiments> {
  const experiments = new Experiments(createClient(lab));
  experiments.start();
  await settle();
  return experiments;
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

test('the newest experiment is chosen at the start', async () => {
  const experiments = await opened(fakeLab([summary('b'), summary('a')]));
  expect(experiments.list?.map(({ experimentId }) => experimentId)).toEqual(['b', 'a']);
  expect([experiments.selectedId, experiments.picture?.experimentId, experiments.about?.home]).toEqual(['b', 'b', '/data/auxlab']);
});

test('an empty store is an empty list, and its first experiment is shown as soon as it is there', async () => {
  const lab = fakeLab();
  const experiments = await opened(lab);
  expect([experiments.list, experiments.selectedId]).toEqual([[], null]);
  lab.experiments = [summary('a', { status: 'running' })];
  lab.tell({ name: 'experiments.changed', ids: ['a'] });
  await settle();
  expect([experiments.selectedId, experiments.picture?.status]).toEqual(['a', 'running']);
});

test('a new experiment does not take the place of the one that is read, and only a change of that one reads it again', async () => {
  const lab = fakeLab([summary('a')]);
  const experiments = await opened(lab);
  lab.asked.length = 0;
  lab.experiments = [summary('b'), summary('a')];
  lab.tell({ name: 'experiments.changed', ids: ['b'] });
  await settle();
  expect([experiments.selectedId, experiments.list?.length, lab.asked]).toEqual(['a', 2, ['experiments.list']]);
  lab.tell({ name: 'experiments.changed', ids: ['a'] });
  await settle();
  expect(lab.asked.slice(1).toSorted()).toEqual(['experiments.list', 'experiments.show']);
});

test('when the chosen experiment is gone, the newest is shown', async () => {
  const lab = fakeLab([summary('b'), summary('a')]);
  const experiments = await opened(lab);
  experiments.select('a');
  lab.experiments = [summary('b')];
  lab.tell({ name: 'experiments.changed', ids: ['a'] });
  await settle();
  expect([experiments.selectedId, experiments.picture?.experimentId]).toEqual(['b', 'b']);
});

test('a store that cannot be read is told in its own sentence and forgotten when it can be read again', async () => {
  const lab = fakeLab([summary('a')]);
  lab.trouble = 'The disk is full.';
  const experiments = await opened(lab);
  expect([experiments.list, experiments.trouble]).toEqual([null, 'The disk is full.']);
  lab.trouble = null;
  await experiments.refresh();
  expect([experiments.list?.length, experiments.trouble]).toEqual([1, null]);
});

test('the end of the lab process is told, and everything is read again once it is back', async () => {
  const lab = fakeLab([summary('a')]);
  const experiments = await opened(lab);
  lab.tell({ name: 'lab.state', state: 'restarting', message: 'The lab ended.' });
  expect(experiments.notice).toBe('The lab ended.');
  lab.experiments = [summary('a', { verdict: 'hurts' })];
  lab.tell({ name: 'lab.state', state: 'running', message: '' });
  await settle();
  expect([experiments.notice, experiments.selected?.verdict]).toEqual([null, 'hurts']);
});

test('an answer that is not in the contract is refused, not shown', async () => {
  const experiments = await opened(fakeLab([{ ...summary('a'), runs: -1 }]));
  expect(experiments.list).toBeNull();
  expect(experiments.trouble).toMatch(/^The answer to experiments\.list is not in the contract\./);
});

test('stopping ends the listening', async () => {
  const lab = fakeLab();
  const stop = new Experiments(createClient(lab)).start();
  expect(lab.listeners()).toBe(1);
  stop();
  expect(lab.listeners()).toBe(0);
});
