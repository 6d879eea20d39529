/** What the window does with files, work and the lab as a whole. */
import { expect, test } from 'vitest';
import { LabError } from '../../src-main/contract/errors.ts';
import type * as OpeningModule from '../../src-renderer/state/opening.svelte.ts';
import { withTogether, withType } from '../../src-renderer/state/design.ts';
import { fakeLab, ownTime } from './fakeLab.ts';
import { flowers, line, plan } from './labContents.ts';
import { workspaces } from './workspaces.ts';

const settle = ownTime();
const { load, over, opened } = await workspaces();
const { kindOf, shortName } = await load<typeof OpeningModule>('/state/opening.svelte.ts');

test('from a file to a first design: data are read, a plan is suggested, checked and saved', async () => {
  const { lab, space } = await opened();
  await space.opening.open('/data/flowers.csv');
  expect([space.navigation.screen, space.dataset.picture?.name, space.draft.plan?.main.target]).toEqual(['data', 'flowers.csv', 'species']);
  expect(space.draft.sentence).toBe('Region is the other label.');
  await settle(1200);
  expect([space.check.trouble, space.check.picture?.estimate.runs]).toEqual([null, 12]);
  expect(space.check.network?.heads.map(({ id }) => id)).toEqual(['main', 'arm-1/region', 'arm-1/species@layer1']);
  expect(lab.names()).toContain('drafts.save');
  expect(space.draft.saved).toBe('2026-11-24T00:31:01.000Z');
});

test('a file that cannot be read is told in its own sentence, and nothing is lost', async () => {
  const { lab, space } = await opened();
  await space.opening.open('/data/flowers.csv');
  lab.answers['data.inspect'] = () => {
    throw new LabError('bad-input', 'This file is no table.');
  };
  await space.opening.open('/data/broken.bin');
  expect(space.opening.trouble).toMatchObject({ text: 'This file is no table.', source: '/data/broken.bin', tried: { options: {} } });
  expect([space.dataset.picture?.name, space.draft.plan?.main.target]).toEqual(['flowers.csv', 'species']);
});

test('what could not be read is read again as a person says, and the choice goes into the plan', async () => {
  const { lab, space } = await opened();
  const usual = lab.answers['data.inspect'];
  lab.answers['data.inspect'] = (input) => {
    if (input.data.options.header !== 3) throw new LabError('bad-input', 'Set the option header.');
    return usual?.(input) ?? flowers(input.data.source);
  };
  lab.answers['plans.suggest'] = ({ data }) => ({ plan: plan({ data }), sentence: '' });
  await space.opening.open('/data/titled.csv');
  const tried = space.opening.trouble?.tried;
  if (tried === null || tried === undefined) throw new Error('Nothing was tried.');
  await space.opening.openAs({ ...tried, options: { header: 3 } });
  expect([space.opening.trouble, space.draft.plan?.data.options]).toEqual([null, { header: 3 }]);
});

test('a .json file that is no plan is opened as data, and one that is neither says both reasons', async () => {
  const { lab, space } = await opened({
    'plans.read': () => {
      throw new LabError('bad-input', 'Not a plan.');
    },
  });
  await space.opening.open('/data/records.json');
  expect([space.opening.trouble, space.dataset.picture?.source]).toEqual([null, '/data/records.json']);
  lab.answers['data.inspect'] = () => {
    throw new LabError('bad-input', 'One record.');
  };
  await space.opening.open('/data/broken.json');
  expect(space.opening.trouble?.text).toBe('This is no plan: Not a plan.\nIt is no table either: One record.');
  await space.opening.open('/data/broken.jsonc');
  expect(space.opening.trouble?.text).toBe('Not a plan.');
});

test('a type or a rule for equal rows is read again at once', async () => {
  const { lab, space } = await opened();
  await space.opening.open('/data/flowers.csv');
  const looks = (): number => lab.names().filter((name) => name === 'data.inspect').length;
  await settle(1200);
  const before = looks();
  space.draft.change((design) => withType(design, 'length', 'class'), 'type of length');
  await settle(1200);
  expect(looks()).toBe(before + 1);
  space.draft.change((design) => withTogether(design, true), 'equal rows');
  await settle(1200);
  expect(looks()).toBe(before + 2);
});

test('reading that was cancelled is no trouble', async () => {
  const { space } = await opened({
    'data.inspect': () => {
      throw new LabError('interrupted', 'Stopped.');
    },
  });
  await space.opening.open('/data/flowers.csv');
  expect([space.opening.trouble, space.opening.isBusy, space.jobs.running]).toEqual([null, false, []]);
});

test('a start that is refused stays on the plan with the reason', async () => {
  const { space } = await opened({
    'experiments.start': () => {
      throw new LabError('runtime-missing', 'No engine is installed.');
    },
  });
  await space.opening.open('/data/flowers.csv');
  await space.startExperiment();
  expect([space.navigation.screen, space.training.trouble, space.training.isStarting]).toEqual(['data', 'No engine is installed.', false]);
});

test('the end of the lab process is told, and everything is read again once it is back', async () => {
  const { lab, space } = await opened();
  lab.tell({ name: 'lab.state', state: 'restarting', message: 'The lab ended.' });
  expect(space.notice).toBe('The lab ended.');
  lab.answers['experiments.find'] = () => ({ total: 1, items: [line('e9')] });
  lab.tell({ name: 'lab.state', state: 'running', message: '' });
  await settle(60);
  expect([space.notice, space.shelf.lines[0]?.experimentId]).toEqual([null, 'e9']);
});

test('a store that cannot be read is told in its own sentence and forgotten when it can be read again', async () => {
  const lab = fakeLab();
  lab.trouble = new LabError('store', 'The disk is full.');
  const space = over(lab);
  await space.readAll();
  expect(space.trouble).toBe('The disk is full.');
  lab.trouble = null;
  await space.readAll();
  expect([space.trouble, space.isReady, space.catalog.methods.length]).toEqual([null, true, 2]);
});

test('the trash can be undone', async () => {
  const { lab, space } = await opened({
    'experiments.find': ({ trashed }) => (trashed === true ? { total: 0, items: [] } : { total: 1, items: [line('e1')] }),
  });
  await space.trash(['e1']);
  space.toasts.list[0]?.action?.run();
  await settle();
  expect(lab.names().filter((name) => name === 'experiments.trash' || name === 'experiments.restore')).toEqual(['experiments.trash', 'experiments.restore']);
});

test('sections of the report are switched off in the store, and the preview is drawn anew', async () => {
  const { lab, space } = await opened();
  await space.report.open('e1');
  await space.report.toggle('cost');
  expect(lab.asked.at(-1)).toEqual({ name: 'report.setSections', input: { id: 'e1', off: ['cost'] } });
  expect([space.report.sections.map(({ isOn }) => isOn), space.report.version]).toEqual([[true, false], 1]);
});

test('long work can be followed and cancelled while its answer is awaited', async () => {
  let finish: (value: { id: string }) => void = () => undefined;
  const { lab, space } = await opened({ 'experiments.start': () => new Promise<{ id: string }>((resolve) => (finish = resolve)) });
  await space.opening.open('/data/flowers.csv');
  const started = space.startExperiment();
  await settle();
  const [job] = space.jobs.running;
  if (job === undefined) throw new Error('The start is a job.');
  lab.tell({ name: 'job.progress', job: { ...job, message: 'Reading data', fraction: 0.5 } });
  expect(space.jobs.running[0]).toMatchObject({ message: 'Reading data', fraction: 0.5 });
  space.jobs.cancel(job.job);
  expect(lab.asked.at(-1)).toEqual({ name: 'jobs.cancel', input: { job: job.job } });
  finish({ id: 'e1' });
  await started;
  expect(space.jobs.running).toEqual([]);
});

test('an answer that is not in the contract is refused, not shown', async () => {
  const { lab, space } = await opened();
  lab.answers['experiments.find'] = () => ({ total: -1, items: [] });
  await space.shelf.refresh();
  expect(space.shelf.trouble).toMatch(/^The answer to experiments\.find is not in the contract\./);
});

test('what a file is follows from its name', () => {
  expect([kindOf('/a/plan.json'), kindOf('/a/b.auxlab'), kindOf('/a/cars.csv'), kindOf('sample:digits')]).toEqual(['plan', 'bundle', 'data', 'data']);
  expect([shortName('C:\\data\\cars.csv'), shortName('/data/flowers/'), shortName('sample:digits')]).toEqual(['cars.csv', 'flowers', 'digits']);
});
