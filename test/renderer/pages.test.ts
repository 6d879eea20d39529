import type { Component } from 'svelte';
import type * as Server from 'svelte/server';
import { beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src-main/contract/client.ts';
import { withMain } from '../../src-renderer/state/design.ts';
import type { Screen } from '../../src-renderer/state/navigation.svelte.ts';
import type * as WorkspaceModule from '../../src-renderer/state/workspace.svelte.ts';
import { fakeLab, ownTime } from './fakeLab.ts';
import { column, document, flowers, line, onWire, runLine } from './labContents.ts';
import type { Answers } from './usualAnswers.ts';
import { windowModules } from './windowModules.ts';

type Page = { readonly default: Component<{ workspace: WorkspaceModule.Workspace }> };

const settle = ownTime();
const load = await windowModules();
const { render } = await load<typeof Server>('svelte/server');
const { Workspace } = await load<typeof WorkspaceModule>('/state/workspace.svelte.ts');
let App: Page['default'];
beforeAll(async () => {
  App = (await load<Page>('/App.svelte')).default;
});

const door = { needsContents: true, sourceOf: () => Promise.resolve('/uploads/flowers.csv') };

/** A screen's markup without Svelte's own comments. */
async function screen(
  name: Screen,
  answers: Answers = {},
  prepare: (space: WorkspaceModule.Workspace) => Promise<void> | void = () => undefined,
): Promise<string> {
  const space = new Workspace(createClient(fakeLab(answers)), { isMac: false, keeper: null, door, reportAddress: (id, look) => `/report/${id}?${look}` });
  await space.readAll();
  await prepare(space);
  space.navigation.go(name);
  const { body } = await render(App, { props: { workspace: space } });
  return body.replace(/<!--.*?-->/gs, '').replace(/\s+/g, ' ');
}

const withData = async (space: WorkspaceModule.Workspace): Promise<void> => {
  await space.opening.open('/data/flowers.csv');
  await space.check.now();
};

const withExperiment = async (space: WorkspaceModule.Workspace): Promise<void> => {
  space.navigation.go('compare', 'e1');
  space.experiment.open('e1');
  await space.experiment.refresh();
};

test('an empty lab teaches how the first answer is found: a drop zone, samples, and what can be opened', async () => {
  const html = await screen('start');
  for (const text of ['Drop a data file or a folder of images here', 'Handwritten digits', 'What can be opened', 'No experiments yet', 'CPU: ready'])
    expect(html).toContain(text);
});

test('every screen without data says what belongs there and leads on', async () => {
  expect(await screen('data')).toContain('No data yet');
  expect(await screen('design')).toContain('Nothing to design yet');
  expect(await screen('run')).toContain('Nothing to run yet');
  expect(await screen('compare')).toContain('No experiment yet');
  expect(await screen('report')).toContain('No report yet');
});

test('an experiment on the shelf says name, verdict and state in words, and names are text', async () => {
  const item = line('a', { name: '<img src=x>', verdict: 'probably-hurts', status: 'running', activity: 'training', finishedRuns: 3, tags: ['first'] });
  const html = await screen('start', { 'experiments.find': ({ trashed }) => ({ total: trashed === true ? 0 : 1, items: trashed === true ? [] : [item] }) });
  expect(html).toContain('&lt;img src=x>');
  expect(html).not.toContain('<img');
  for (const text of ['Probably hurts', 'Training, 3 of 12 runs', 'datetime="2026-11-24T00:31:01.000Z"', 'first']) expect(html).toContain(text);
});

test('data show their columns with roles, what was found out, warnings, and the split', async () => {
  const html = await screen('data', {}, async (space) => {
    await withData(space);
    await space.dataset.wantPage(0);
  });
  for (const text of [
    'What do you want to predict?',
    'Role of length',
    'is nearly a copy of',
    'Region is the other label.',
    'Continue to the design',
    '60 rows',
  ])
    expect(html).toContain(text);
});

test('a warning has what mends it as a button, and what cannot be mended has none', async () => {
  const html = await screen('data', {}, withData);
  expect(html).toMatch(/is nearly a copy of.*aria-label="Ignore this column: code"/);
  const plain = await screen('data', { 'data.inspect': ({ data }) => ({ ...flowers(data.source), remedies: [null] }) }, withData);
  expect(plain).toContain('is nearly a copy of');
  expect(plain).not.toContain('Ignore this column');
});

test('every reading choice of a table is there, with what was found, and a column has type, cells and reason', async () => {
  const html = await screen('data', {}, withData);
  for (const text of [
    'Automatic: Comma',
    'Automatic: in the first row',
    'Shift_JIS',
    'Signs of a missing value',
    'aria-label="Type of length"',
    'Cells: 5, 7, 13',
    'few values',
    'Equal rows together',
    'By time',
  ])
    expect(html).toContain(text);
  expect(html).not.toContain('Image width');
});

test('a column that is called like what every object has, "constructor", shows its own role', async () => {
  const columns = [column('speed', 'number', 'regression'), column('constructor', 'class', 'classification')];
  const html = await screen('data', { 'data.inspect': ({ data }) => flowers(data.source, columns) }, withData);
  expect(html).toMatch(/class="chip target[^"]*" aria-label="Role of constructor"/);
});

test('the design shows the main task with its crown, auxiliaries with switches, the network with movable heads, and the method with its cost', async () => {
  const html = await screen('design', {}, withData);
  expect(html).toMatch(/role="slider"[^>]*aria-label="Head of species"[^>]*aria-valuetext="after &quot;layer1&quot;"/);
  expect(html).toMatch(/role="switch"/);
  for (const text of ['Main task', 'Adds the losses.', 'Cost: none', 'Find out if it helps', '5 s to 9 s']) expect(html).toContain(text);
});

test('beside the choice of metric stands what guessing reaches on the column, where that is known', async () => {
  const withMetric = (metric?: 'rmse' | 'log-loss') => async (space: Parameters<typeof withData>[0]) => {
    await withData(space);
    if (metric !== undefined) space.draft.change((design) => withMain(design, { metric }), 'metric');
  };
  expect(await screen('design', {}, withMetric())).toContain('Without learning: 50.0 % (the best single answer for every row)');
  expect(await screen('design', {}, withMetric('log-loss'))).not.toContain('Without learning');
  const columns = [column('length', 'number', 'regression'), column('species', 'number', 'regression')];
  const html = await screen('design', { 'data.inspect': ({ data }) => flowers(data.source, columns) }, withMetric('rmse'));
  expect(html).toContain('Without learning: 9 (the best single answer for every row)');
});

test('the plan asks the question in words, with the baseline always first', async () => {
  const html = await screen('run', {}, withData);
  expect(html).toContain('Does adding head at layer1 + region make "species" better?');
  expect(html.indexOf('Baseline: the main task alone')).toBeLessThan(html.lastIndexOf('head at layer1 + region'));
  for (const text of ['Matched pairs', 'Smallest gain worth having', 'Fewer than 5 pairs never give a verdict']) expect(html).toContain(text);
});

test('a verdict stands with its word, sentence, interval, cost, next step and caveats', async () => {
  const html = await screen('compare', {}, withExperiment);
  expect(html).toMatch(/data-verdict="helps"/);
  for (const text of ['Helps', '95 % interval', 'Next step', 'To keep in mind', 'Seeds measure training noise']) expect(html).toContain(text);
});

test('the verdict has a second view in Compare: three probabilities, with what they assume, and only where there is a verdict', async () => {
  const html = await screen('compare', {}, withExperiment);
  const view = /<details[^>]*>.*?<\/details>/.exec(html)?.[0] ?? '';
  for (const text of ['As probabilities', 'Worse', 'Too small to matter', 'Better', '&lt; 1 %', '> 99 %', 'assuming that pairs are independent'])
    expect(view).toContain(text);
  expect(view.match(/<rect/g)).toHaveLength(3);
  const early: Answers = {
    'experiments.open': ({ id }) => ({
      document: onWire(document(id, { pairs: 3, finishedPairs: 3 })),
      notes: '',
      tags: [],
      trashed: null,
      activity: 'none',
      canResume: false,
      events: [],
    }),
  };
  const before = await screen('compare', early, withExperiment);
  expect(before).toContain('data-verdict="too-early"');
  expect(before).not.toContain('As probabilities');
  expect(await screen('run', {}, withExperiment)).not.toContain('As probabilities'); // the short card
});

test('while it trains no verdict is spoken', async () => {
  const running = { ...document('e1', { finishedPairs: 2 }), status: 'running' as const };
  const html = await screen(
    'run',
    { 'experiments.open': () => ({ document: onWire(running), notes: '', tags: [], trashed: null, activity: 'training', canResume: false, events: [] }) },
    withExperiment,
  );
  expect(html).toContain('too early to tell');
  expect(html).toContain('Pause');
  expect(html).not.toContain('data-verdict');
});

test('the report stands in a frame without any permission', async () => {
  const html = await screen('report', {}, withExperiment);
  expect(html).toMatch(/<iframe title="Report: [^"]*" src="\/report\/e1\?system" sandbox=""/);
  for (const text of ['Web page (HTML)', 'PDF', 'Markdown', 'Notes (Markdown)']) expect(html).toContain(text);
});

test('the report has the look chosen in Settings', async () => {
  const html = await screen('report', {}, async (space) => {
    await withExperiment(space);
    await space.preferences.set({ appearance: 'dark' });
  });
  expect(html).toContain('src="/report/e1?dark"');
});

test('settings name the data folder and what is promised about the network', async () => {
  const html = await screen('settings');
  for (const text of ['/data/auxlab', 'Auxlab contacts no server', 'Check this computer', 'As the system']) expect(html).toContain(text);
});

test('only the desktop window ties .auxlab files to the program: the state in a sentence, and the button for the other state', async () => {
  expect(await screen('settings')).not.toContain('.auxlab files');
  const about = () => ({ version: '1.2.3', home: '/data/auxlab', host: 'desktop' as const, platform: 'linux', node: '24.0.0' });
  const at = (isOn: boolean, canChange = true): Promise<string> =>
    screen('settings', { 'lab.about': about, 'host.association': () => ({ canChange, isOn, sentence: 'As it is.' }) }, (space) => space.association.read());
  expect(await at(false)).toMatch(/<p role="status"[^>]*>As it is\..*Open \.auxlab files with Auxlab/);
  expect(await at(true)).toContain('Stop opening .auxlab files with Auxlab');
  expect(await at(false, false)).not.toContain('.auxlab files');
  const refused = await screen(
    'settings',
    { 'lab.about': about, 'host.association': () => ({ canChange: true, isOn: false, sentence: '' }) },
    async (space) => {
      await space.association.read();
      await space.association.toggle(); // not answered
    },
  );
  expect(refused).toMatch(/role="alert".*The fake lab does not answer host\.associate\..*Open \.auxlab files with Auxlab/);
});

test('trouble is an alert with a way out', async () => {
  const html = await screen('start', {}, (space) => {
    space.trouble = 'The disk is full.';
  });
  expect(html).toMatch(/role="alert".*The disk is full\..*Try again/);
});

test('no screen writes a style attribute that the content policy would refuse', async () => {
  for (const name of ['start', 'data', 'design', 'run', 'compare', 'settings'] as const) {
    const html = await screen(name, {}, withData);
    // Set by script, one at a time
    for (const [, style] of html.matchAll(/ style="([^"]*)"/g)) expect(style, name).toMatch(/^(width|height): ?[\d.]+(px|rem|%);?$/);
  }
});

const withRuns: Answers = {
  'experiments.find': ({ trashed }) => ({ total: trashed === true ? 0 : 1, items: trashed === true ? [] : [line('e1')] }),
};

test('all runs stand in one table with experiment, arm, seed, state, value, steps and time', async () => {
  const runs = [
    runLine(1, { experiment: '<img src=x>' }),
    runLine(2, { status: 'failed', test: null, error: 'loss became NaN' }),
    runLine(3, { metric: 'rmse', test: 0.5 }),
  ];
  const html = await screen('start', { ...withRuns, 'experiments.runs': () => ({ total: 3, items: runs }) }, async (space) => {
    space.allRuns.show(true);
    await space.allRuns.want(0, 3);
    await settle();
  });
  for (const text of [
    'aria-rowcount="4"',
    '3 runs',
    '&lt;img src=x>',
    '91.25 %',
    '0.5000',
    'failed',
    'title="loss became NaN"',
    '1,200',
    'Flowers, Baseline, seed 2: open in Compare',
  ])
    expect(html).toContain(text);
  expect(html).not.toContain('<img');
  expect(html.match(/class="open[^"]*" data-row="\d+" tabindex="0"/g)).toHaveLength(1); // one stop for Tab, arrows within
});

test('a table of runs without any says so, and a filter that fits none leads back', async () => {
  const none: Answers = { ...withRuns, 'experiments.runs': () => ({ total: 0, items: [] }) };
  const open = async (space: WorkspaceModule.Workspace): Promise<void> => {
    space.allRuns.show(true);
    await settle();
  };
  expect(await screen('start', none, open)).toContain('No runs yet');
  const filtered = await screen('start', none, async (space) => {
    space.allRuns.search = 'xyz';
    await open(space);
  });
  for (const text of ['No run fits.', 'Clear the search']) expect(filtered).toContain(text);
});
