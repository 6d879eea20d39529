import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../src-main/cli/commands.ts';
import { samples } from '../src-main/contract/samples.ts';
import { methods } from '../src-main/methods/index.ts';
import { networks } from '../src-main/networks/index.ts';
import { withLists } from './readmeLists.ts';

const readme = readFileSync(path.join(import.meta.dirname, '..', 'README.md'), 'utf8');

/** Named in backticks, alone or at the head of a longer piece of code. */
function missing(ids: readonly string[]): string[] {
  return ids.filter((id) => !new RegExp('`' + id.replace(/[-]/g, '\\-') + '[` ]').test(readme));
}

test('the README names every sample and command', () => {
  expect(missing(samples.map(({ id }) => `sample:${id}`))).toEqual([]);
  expect(missing(commands.map(({ name }) => name))).toEqual([]);
});

test('the README has the lists as "npm run readme" writes them', async () => {
  expect(await withLists(readme)).toBe(readme);
  await expect(withLists(readme.replace('<!-- /formats -->', ''))).rejects.toThrow('The README has no place for the list of formats');
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
