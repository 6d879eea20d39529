import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../src-main/cli/commands.ts';
import { methodsMarkdown, networksMarkdown } from '../src-main/cli/output/listsMarkdown.ts';
import { vocabularyMarkdown } from '../src-main/cli/output/vocabularyText.ts';
import { samples } from '../src-main/contract/samples.ts';
import { formats } from '../src-main/formats/index.ts';
import { methods } from '../src-main/methods/index.ts';
import { networks } from '../src-main/networks/index.ts';
import { vocabulary } from '../src-main/vocabulary/index.ts';

const readme = readFileSync(path.join(import.meta.dirname, '..', 'README.md'), 'utf8');

/** Named in backticks, alone or at the head of a longer piece of code. */
function missing(ids: readonly string[]): string[] {
  return ids.filter((id) => !new RegExp('`' + id.replace(/[-]/g, '\\-') + '[` ]').test(readme));
}

test('the README names every format, sample and command', () => {
  expect(missing(formats.map(({ id }) => id))).toEqual([]);
  expect(missing(samples.map(({ id }) => `sample:${id}`))).toEqual([]);
  expect(missing(commands.map(({ name }) => name))).toEqual([]);
});

test('the README has the lists of metrics, losses, schedules and optimizers as "npx auxlab vocabulary --markdown" prints them', () => {
  expect(readme).toContain(vocabularyMarkdown(vocabulary));
});

test('the README has the lists of methods and networks as "npx auxlab methods --markdown" and "npx auxlab networks --markdown" print them', () => {
  expect(readme).toContain(`\n${methodsMarkdown(methods)}\n\n`);
  expect(readme).toContain(`\n${networksMarkdown(networks)}\n\n`);
});

test('every method and network explains itself', () => {
  for (const method of methods) {
    for (const text of [method.title, method.paper, method.summary, method.whenToUse, method.formula, method.cost])
      expect(text.length, method.id).toBeGreaterThan(5);
    expect(method.traps.length, method.id).toBeGreaterThan(0);
    for (const [name, spec] of Object.entries(method.params)) expect(spec.help.length, `${method.id} ${name}`).toBeGreaterThan(5);
  }
  for (const network of networks) expect(network.summary.length, network.id).toBeGreaterThan(20);
});

test('the pictures that the README shows exist', () => {
  for (const [, file] of readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
    expect(readFileSync(path.join(import.meta.dirname, '..', file ?? '')).length).toBeGreaterThan(10_000);
});

test('the README has a row for each data format and none for one that is gone', () => {
  const [, rows = ''] = /^\| data +\| read as +\|\n\|[- |]+\|\n((?:\|.*\n)+)/m.exec(readme) ?? [];
  expect([...rows.matchAll(/^\| `([^`]+)`/gm)].map(([, id]) => id).toSorted()).toEqual(formats.map(({ id }) => id).toSorted());
});
