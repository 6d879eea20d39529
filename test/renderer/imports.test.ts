import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, importsOf } from '../support/imports.ts';

/** Who may import whom in the window. Pages never call the transport, charts and parts know no state, and of the lab only pure modules are there. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  texts: ['contract', 'vocabulary'],
  commands: ['contract'],
  parts: ['texts', 'charts', 'contract', 'vocabulary'], // charts: an arm's sign
  charts: ['texts', 'parts', 'contract', 'report', 'stats'],
  blocks: ['texts', 'parts', 'charts', 'contract', 'report'],
  state: ['texts', 'commands', 'charts', 'contract', 'vocabulary'], // charts: thinning live points
  transport: ['state', 'contract'],
  frame: ['texts', 'commands', 'parts', 'state', 'contract'],
  pages: ['texts', 'commands', 'parts', 'charts', 'blocks', 'state', 'contract', 'vocabulary', 'report'],
};
const packages = ['svelte', 'd3-scale', 'd3-shape', 'valibot'];

const root = path.join(import.meta.dirname, '..', '..', 'src-renderer');

const files = (folder: string): string[] => filesBelow(folder, /\.(ts|svelte)$/);

test('imports of the window point downwards', () => {
  const problems = files(root).flatMap((file) => {
    const from = path.relative(root, file).split(path.sep);
    const layer = from.length === 1 ? null : (from[0] ?? '');
    if (layer === 'styles') return [];
    return importsOf(file).flatMap(({ target }) => {
      if (!target.startsWith('.')) return packages.includes(target) ? [] : [`${from.join('/')} imports the package ${target}`];
      const to = path.relative(root, path.resolve(path.dirname(file), target)).split(path.sep);
      const area = to[0] !== '..' ? (to[0] ?? '') : to[1] === 'src-main' ? (to[2] ?? '') : `${to[1] ?? ''}, which is no part of it`;
      if (layer === null || area === layer || allowed[layer]?.includes(area) === true) return [];
      return [`${from.join('/')} imports ${target}: ${layer} may not import ${area}`];
    });
  });
  expect(problems).toEqual([]);
});

test('only the connection knows what carries the messages', () => {
  const users = files(root)
    .filter((file) => /window\.auxlab|new WebSocket|\bfetch\(|\bprocess\./.test(readFileSync(file, 'utf8')))
    .map((file) => path.relative(root, file));
  expect(users).toEqual([path.join('transport', 'connect.ts')]);
});

test('no file of the window is longer than 300 lines', () => {
  expect(files(root).filter((file) => readFileSync(file, 'utf8').split('\n').length > 300)).toEqual([]);
});
