import type { Component } from 'svelte';
import type * as Server from 'svelte/server';
import { expect, test } from 'vitest';
import { createClient } from '../../src-main/contract/client.ts';
import type * as State from '../../src-renderer/state/experiments.svelte.ts';
import { fakeLab, pictureOf, summary } from './fakeLab.ts';
import { windowModules } from './windowModules.ts';

type Page = { readonly default: Component<{ experiments: State.Experiments }> };

const load = await windowModules();
const { render } = await load<typeof Server>('svelte/server');
const { Experiments } = await load<typeof State>('/state/experiments.svelte.ts');
const App = (await load<Page>('/App.svelte')).default;

/** The page's markup without Svelte's own comments. */
async function page(prepare: (experiments: State.Experiments) => void): Promise<string> {
  const experiments = new Experiments(createClient(fakeLab()));
  prepare(experiments);
  const { body } = await render(App, { props: { experiments } });
  return body.replace(/<!--.*?-->/gs, '').replace(/\s+/g, ' ');
}

test('the empty page teaches how the first experiment is run, and where it is looked for', async () => {
  const html = await page((experiments) => {
    experiments.list = [];
    experiments.about = { version: '1', home: '/data/auxlab', host: 'desktop', platform: 'linux', node: 'v24.0.0' };
  });
  expect(html).toContain('No experiments yet');
  expect(html).toContain('npm run example');
  expect(html).toContain('/data/auxlab');
  expect(html).not.toContain('<iframe');
});

test('an item says name, verdict, status and runs in words, the sign is hidden from readers, and names are text', async () => {
  const html = await page((experiments) => {
    experiments.list = [summary('a', { name: '<img src=x>', verdict: 'probably-hurts', status: 'running', runs: 12, finishedRuns: 3 })];
    experiments.selectedId = 'a';
  });
  expect(html).toContain('&lt;img src=x>');
  expect(html).not.toContain('<img');
  for (const text of ['Probably hurts', 'Running', '3 of 12 runs', 'aria-current="true"', 'datetime="2026-11-24T00:31:01.000Z"']) expect(html).toContain(text);
  expect(html).toMatch(/<svg[^>]*aria-hidden="true"/);
  expect(html).toMatch(/<progress[^>]*max="12"[^>]*value="3"/);
});

test('the report stands in a frame without any permission', async () => {
  const html = await page((experiments) => {
    experiments.list = [summary('a')];
    experiments.selectedId = 'a';
  });
  expect(html).toMatch(/<iframe title="Report: Experiment a" src="app:\/\/report\/a" sandbox=""/);
});

test('an experiment that has not finished shows its runs, its failures and how it goes on', async () => {
  const html = await page((experiments) => {
    const item = summary('a', { status: 'interrupted' });
    const runs = [
      { id: '1', seed: 1, status: 'finished', epochs: 2, steps: 20 } as const,
      { id: '2', seed: 2, status: 'failed', epochs: 0, steps: 5, error: 'The loss is not finite at step 5.' } as const,
      { id: '3', seed: 3, status: 'interrupted', epochs: 0, steps: 0 } as const,
    ];
    experiments.list = [item];
    experiments.selectedId = 'a';
    experiments.picture = { ...pictureOf(item), arms: [{ id: 'x', title: 'region', role: 'auxiliary', runs }] };
  });
  expect(html).toContain('region: 1 of 3 finished, 1 failed, 1 interrupted');
  expect(html).toContain('region, seed 2: The loss is not finite at step 5.');
  expect(html).toContain('npm run auxlab -- resume a');
});

test('trouble is an alert with a way out', async () => {
  const html = await page((experiments) => {
    experiments.trouble = 'The disk is full.';
  });
  expect(html).toMatch(/role="alert".*The experiments cannot be read\..*The disk is full\..*Try again/);
});
