import { expect, test } from 'vitest';
import { createClient } from '../../src-main/contract/client.ts';
import { LabError } from '../../src-main/contract/errors.ts';
import type * as OpeningModule from '../../src-renderer/state/opening.svelte.ts';
import type * as WorkspaceModule from '../../src-renderer/state/workspace.svelte.ts';
import { switched, withPlan } from '../../src-renderer/state/design.ts';
import { document, fakeLab, line, onWire, ownTime, plan, runLine, type Answers, type FakeLab } from './fakeLab.ts';
import { windowModules } from './windowModules.ts';

const settle = ownTime();
const load = await windowModules();
const { Workspace } = await load<typeof WorkspaceModule>('/state/workspace.svelte.ts');
const { kindOf, shortName } = await load<typeof OpeningModule>('/state/opening.svelte.ts');

const door = { needsContents: true, sourceOf: () => Promise.resolve('/uploads/flowers.csv') };

async function opened(answers: Answers = {}): Promise<{ lab: FakeLab; space: WorkspaceModule.Workspace }> {
  const lab = fakeLab(answers);
  const space = new Workspace(createClient(lab), { isMac: false, keeper: null, door, reportAddress: (id) => `/report/${id}` });
  space.client.on(space.hear); // start() would follow the address bar too, which a test has not
  await space.readAll();
  return { lab, space };
}

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

test('heads are drawn as wide as the kinds that were chosen make them, an intermediate one as the main task is', async () => {
  const { space } = await opened();
  await space.opening.open('/data/flowers.csv');
  const widths = async (kind: 'classification' | 'regression' | undefined): Promise<unknown> => {
    space.draft.change((design) => withPlan(design, { main: { ...design.plan.main, kind } }), 'kind');
    await space.check.now();
    return space.check.network?.heads.map(({ id, layer }) => [id, ...layer.outputShape]);
  };
  expect(await widths(undefined)).toEqual([
    ['main', 3],
    ['arm-1/region', 3],
    ['arm-1/species@layer1', 3],
  ]);
  expect(await widths('regression')).toEqual([
    ['main', 1],
    ['arm-1/region', 3],
    ['arm-1/species@layer1', 1],
  ]);
});

test('a file that cannot be read is told in its own sentence, and nothing is lost', async () => {
  const { lab, space } = await opened();
  await space.opening.open('/data/flowers.csv');
  lab.answers['data.inspect'] = () => {
    throw new LabError('bad-input', 'This file is no table.');
  };
  await space.opening.open('/data/broken.bin');
  expect(space.opening.trouble).toEqual({ text: 'This file is no table.', source: '/data/broken.bin' });
  expect([space.dataset.picture?.name, space.draft.plan?.main.target]).toEqual(['flowers.csv', 'species']);
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

test('the draft that was being made is there again after a reload', async () => {
  const kept = {
    plan: plan({
      arms: [
        {
          auxiliaries: [
            { target: 'region', enabled: false },
            { target: 'species', depth: 'layer1' },
          ],
        },
      ],
    }),
    sentence: '',
  };
  const { space } = await opened({
    'drafts.list': () => [{ id: 'd-1', name: 'flowers', saved: '2026-11-24T00:00:00.000Z' }],
    'drafts.get': () => ({ id: 'd-1', name: 'flowers', saved: '2026-11-24T00:00:00.000Z', content: kept }),
  });
  expect([space.draft.id, space.draft.plan?.arms[0]?.auxiliaries.map(({ enabled }) => enabled), space.dataset.picture?.name]).toEqual([
    'd-1',
    [false, true],
    'flowers.csv',
  ]);
});

test('a draft of another version is left alone', async () => {
  const { space } = await opened({
    'drafts.list': () => [{ id: 'd-1', name: 'x', saved: '2026-11-24T00:00:00.000Z' }],
    'drafts.get': () => ({ id: 'd-1', name: 'x', saved: '2026-11-24T00:00:00.000Z', content: { shape: 'of the future' } }),
  });
  expect([space.draft.plan, space.trouble]).toEqual([null, null]);
});

test('changes of the design are undone and redone, and the plan is checked after each', async () => {
  const { space } = await opened();
  await space.opening.open('/data/flowers.csv');
  space.draft.change((design) => withPlan(design, { repeats: 12 }), 'pairs');
  expect([space.draft.plan?.repeats, space.draft.undoLabel]).toEqual([12, 'pairs']);
  space.draft.undo();
  expect([space.draft.plan?.repeats, space.draft.canUndo, space.draft.redoLabel]).toEqual([6, false, 'pairs']);
  space.draft.redo();
  expect(space.draft.plan?.repeats).toBe(12);
  expect(space.check.isChecking).toBe(true);
});

test('another role is read again, undoing it too; another epoch count is not', async () => {
  const { lab, space } = await opened();
  await space.opening.open('/data/flowers.csv');
  const count = (): number => lab.names().filter((name) => name === 'data.inspect').length;
  expect(count()).toBe(1);
  space.draft.change((design) => withPlan(design, { repeats: 12 }), 'pairs');
  await settle(500);
  expect(count()).toBe(1);
  space.draft.change((design) => withPlan(design, { data: { ...design.plan.data, roles: { length: 'ignore' } } }), 'role of length');
  await settle(500);
  expect(count()).toBe(2);
  space.draft.undo();
  await settle(500);
  expect(count()).toBe(3);
});

test('what is switched off is in the plan that starts, and an arm without anything on is refused before the lab is asked', async () => {
  const { lab, space } = await opened();
  await space.opening.open('/data/flowers.csv');
  space.draft.change((design) => switched(switched(design, 0, 'region'), 0, 'species@layer1'), 'off');
  await space.check.now();
  expect(space.check.trouble).toMatch(/at least one auxiliary/);
  space.draft.change((design) => switched(design, 0, 'species@layer1'), 'on');
  await space.startExperiment();
  const started = lab.asked.find(({ name }) => name === 'experiments.start')?.input as {
    plan: { arms: { auxiliaries: { id: string; enabled: boolean }[] }[] };
  };
  expect(started.plan.arms[0]?.auxiliaries.map(({ id, enabled }) => [id, enabled])).toEqual([
    ['region', false],
    ['species@layer1', true],
  ]);
  expect([space.navigation.screen, space.navigation.experimentId]).toEqual(['run', 'e1']);
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

test('progress, points and the end of a training reach the screens', async () => {
  const { lab, space } = await opened({ 'queue.list': () => [{ experimentId: 'e1', name: 'Flowers', activity: 'training' }] });
  space.experiment.open('e1');
  space.experiment.want(['loss/main']);
  await space.experiment.refresh();
  expect(space.experiment.lines.get('loss/main')).toHaveLength(2);
  const picture = { experimentId: 'e1', phase: 'training', runs: [], finishedRuns: 3, totalRuns: 12, fraction: 0.25, remainingMs: 9000 };
  lab.tell({ name: 'experiment.progress', picture });
  expect([space.experiment.progress?.fraction, space.training.progress.get('e1')?.finishedRuns, space.announcer.text]).toEqual([0.25, 3, '3 of 12 runs']);
  lab.tell({
    name: 'experiment.points',
    experimentId: 'e1',
    lines: [{ run: 'baseline-1', arm: 'baseline', seed: 1, name: 'loss/main', steps: [3], values: [0.4] }],
  });
  expect(space.experiment.lines.get('loss/main')?.find(({ run }) => run === 'baseline-1')?.values).toEqual([0.5, 0.6, 0.7, 0.4]);
  lab.tell({
    name: 'experiment.points',
    experimentId: 'other',
    lines: [{ run: 'baseline-1', arm: 'baseline', seed: 1, name: 'loss/main', steps: [4], values: [0.3] }],
  });
  expect(space.experiment.lines.get('loss/main')?.find(({ run }) => run === 'baseline-1')?.values).toHaveLength(4);
  lab.tell({ name: 'experiment.ended', experimentId: 'e1', title: 'Flowers', status: 'finished', verdict: 'helps', sentence: 'It helps.' });
  expect(space.announcer.text).toContain('It helps.');
  expect(space.toasts.list[0]?.action?.label).toBe('See the verdict');
});

test('figures that are not finite travel as null and are back as numbers', async () => {
  const broken = document('e1', { finishedPairs: 1 });
  const { space } = await opened({
    'experiments.open': () => ({ document: onWire(broken), notes: '', tags: [], trashed: null, activity: 'none', canResume: true, events: [] }),
  });
  space.experiment.open('e1');
  await space.experiment.refresh();
  expect(broken.comparisons[0]?.difference.low).not.toSatisfy(Number.isFinite);
  expect(space.experiment.document?.comparisons[0]?.difference.low).toBeNaN();
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
  const space = new Workspace(createClient(lab), { isMac: false, keeper: null, door, reportAddress: (id) => id });
  await space.readAll();
  expect(space.trouble).toBe('The disk is full.');
  lab.trouble = null;
  await space.readAll();
  expect([space.trouble, space.isReady, space.catalog.methods.length]).toEqual([null, true, 2]);
});

test('notes are saved at a pause, and once more when another experiment is opened', async () => {
  const { lab, space } = await opened();
  space.experiment.open('e1');
  await space.experiment.refresh();
  space.experiment.setNotes('It was raining.');
  space.experiment.open('e2');
  await settle(60);
  expect(lab.asked.filter(({ name }) => name === 'experiments.setNotes').map(({ input }) => input)).toEqual([{ id: 'e1', notes: 'It was raining.' }]);
  expect(space.experiment.notes).toBe('');
});

test('an experiment that is read again does not overwrite notes that are being written', async () => {
  const { space } = await opened();
  space.experiment.open('e1');
  await space.experiment.refresh();
  space.experiment.setNotes('half a sen');
  await space.experiment.refresh();
  expect(space.experiment.notes).toBe('half a sen');
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

test('the shelf reads on as it is scrolled and begins anew with a search', async () => {
  const all = Array.from({ length: 250 }, (_, i) => line(`e${i}`));
  const { space } = await opened({
    'experiments.find': ({ offset, limit, search }) => ({
      total: search === '' ? 250 : 1,
      items: (search === '' ? all : all.slice(7, 8)).slice(offset, offset + limit),
    }),
  });
  expect([space.shelf.lines.length, space.shelf.total]).toEqual([100, 250]);
  space.shelf.wantMore();
  await settle(60);
  expect(space.shelf.lines).toHaveLength(200);
  space.shelf.search = 'seven';
  space.shelf.changed();
  await settle(250);
  expect(space.shelf.lines.map(({ experimentId }) => experimentId)).toEqual(['e7']);
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

test('rows of a table are asked for once, a page at a time', async () => {
  const { lab, space } = await opened();
  await space.opening.open('/data/flowers.csv');
  await Promise.all([space.dataset.wantPage(0), space.dataset.wantPage(0)]);
  expect(lab.names().filter((name) => name === 'data.rows')).toHaveLength(1);
  expect(space.dataset.rows.get(0)?.[1]).toEqual([1, 'red', 'a']);
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

test('all runs are read page by page as they come into sight, and anew with a filter; older answers are dropped', async () => {
  const asked: unknown[] = [];
  const { space } = await opened({
    'experiments.runs': ({ offset, limit, status }) => {
      asked.push([offset, status]);
      const total = status === undefined ? 1000 : 1;
      return { total, items: Array.from({ length: Math.min(limit, total - offset) }, (_, i) => runLine(offset + i)) };
    },
  });
  const { allRuns } = space;
  allRuns.show(true);
  await settle();
  expect([allRuns.total, allRuns.row(199)?.seed, allRuns.row(200)]).toEqual([1000, 199, undefined]);
  await allRuns.want(390, 420);
  await allRuns.want(395, 425);
  expect([allRuns.row(390)?.seed, allRuns.row(420)?.seed]).toEqual([390, 420]);
  expect(asked).toEqual([
    [0, undefined],
    [200, undefined],
    [400, undefined],
  ]);
  allRuns.status = 'failed';
  allRuns.changed();
  await settle(200);
  expect([asked.at(-1), allRuns.total, allRuns.row(0)?.seed, allRuns.row(390)]).toEqual([[0, 'failed'], 1, 0, undefined]);
});

test('new runs are read only while the table is shown; what cannot be read is told and asked for again', async () => {
  const { lab, space } = await opened({ 'experiments.runs': () => ({ total: 1, items: [runLine(1)] }) });
  lab.tell({ name: 'experiments.changed', ids: ['e1'] });
  await settle(1100);
  expect(lab.names()).not.toContain('experiments.runs');
  lab.trouble = new LabError('store', 'The disk is full.');
  space.allRuns.show(true);
  await settle();
  expect([space.allRuns.trouble, space.allRuns.total]).toEqual(['The disk is full.', null]);
  lab.trouble = null;
  lab.tell({ name: 'experiments.changed', ids: ['e1'] });
  await settle(1100);
  expect([space.allRuns.trouble, space.allRuns.row(0)?.seed]).toEqual([null, 1]);
});

test('what was imported is neither trained nor opened before the person names its data or agrees; what was made here is not asked about', async () => {
  const foreign = { ...document('e1'), imported: '2026-11-26T10:00:00.000Z' };
  let shown = foreign as ReturnType<typeof document>;
  const about = { notes: '', tags: [], trashed: null, activity: 'none' as const, canResume: true, events: [] };
  const { lab, space } = await opened({
    'experiments.open': () => ({ document: onWire(shown), ...about }),
    'experiments.resume': () => ({}),
    'experiments.extend': () => ({}),
  });
  const sent = (name: string): unknown[] => lab.asked.filter((asked) => asked.name === name).map(({ input }) => input);
  const asks = async (work: Promise<void>, agreed: Parameters<typeof space.consent.answer>[0]): Promise<void> => {
    await settle();
    expect(space.consent.asked).toMatchObject({ name: foreign.name, source: foreign.plan.data.source });
    space.consent.answer(agreed);
    await work;
    expect(space.consent.asked).toBeNull();
  };
  await asks(space.training.resume('e1', 'x'), null);
  expect(sent('experiments.resume')).toEqual([]);
  await asks(space.training.resume('e1', 'x'), { data: '/mine.csv' });
  await asks(space.training.extend('e1', 9, 'x'), { isConfirmed: true });
  expect(sent('experiments.resume')).toMatchObject([{ id: 'e1', data: '/mine.csv' }]);
  expect(sent('experiments.extend')).toMatchObject([{ id: 'e1', repeats: 9, isConfirmed: true }]);
  const inspected = sent('data.inspect').length;
  await asks(space.reuse('e1'), null);
  expect(sent('data.inspect')).toHaveLength(inspected);
  await asks(space.reuse('e1'), { data: '/mine.csv' });
  expect(space.draft.plan?.data.source).toBe('/mine.csv');
  shown = { ...foreign, imported: null };
  await space.training.resume('e1', 'x');
  expect(sent('experiments.resume')).toHaveLength(2);
});

test("a person's own words survive a reload, made ones follow every change, and those of an older draft do too", async () => {
  const question = 'Does adding head at layer1 + region make "species" better?'; // to the letter what is made of this plan
  const { lab, space } = await opened();
  await space.opening.open('/data/flowers.csv');
  const words = (one: WorkspaceModule.Workspace): unknown => (one.draft.plan === null ? null : one.textsOf(one.draft.plan));
  expect(words(space)).toEqual({ name: 'species of flowers.csv', question, titles: ['Baseline', 'head at layer1 + region'] });
  space.draft.change((design) => switched(design, 0, 'region'), 'region');
  expect(words(space)).toMatchObject({ question: 'Does adding head at layer1 make "species" better?', titles: ['Baseline', 'head at layer1'] });
  space.draft.change((design) => withPlan(design, { question }), 'question');
  await settle(1200);
  const saved = lab.asked.findLast(({ name }) => name === 'drafts.save')?.input as { readonly id: string; readonly name: string; readonly content: object };
  expect(saved.name).toBe('species of flowers.csv');
  const reload = (content: object): Answers => ({
    'drafts.list': () => [{ ...saved, saved: '2026-11-24T00:00:00.000Z' }],
    'drafts.get': () => ({ ...saved, saved: '2026-11-24T00:00:00.000Z', content: JSON.parse(JSON.stringify(content)) as Record<string, unknown> }),
  });
  const again = (await opened(reload(saved.content))).space;
  again.draft.change((design) => switched(design, 0, 'region'), 'region');
  again.draft.change((design) => switched(design, 0, 'region'), 'region');
  expect(words(again)).toMatchObject({ question, titles: ['Baseline', 'head at layer1'] });
  const older = {
    sentence: '',
    plan: { ...plan(), format: 'auxlab-plan/1', question, arms: plan().arms.map((arm) => ({ ...arm, title: 'head at layer1 + region' })) },
  };
  const old = (await opened(reload(older))).space;
  old.draft.change((design) => switched(design, 0, 'region'), 'region');
  expect(words(old)).toMatchObject({ question: 'Does adding head at layer1 make "species" better?', titles: ['Baseline', 'head at layer1'] });
});
