import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, importsOf } from '../support/imports.ts';

/** Who may import whom in the window, and what of src-main. Pages never call the transport, charts and parts know no state, and of the lab only pure modules
 *  are there. */
const allowed: Readonly<Record<string, { readonly window: readonly string[]; readonly main: readonly string[] }>> = {
  texts: { window: [], main: ['contract', 'vocabulary'] },
  commands: { window: [], main: ['contract'] },
  parts: { window: ['texts', 'charts'], main: ['contract'] }, // charts: an arm's sign
  charts: { window: ['texts', 'parts'], main: ['contract', 'charts'] },
  blocks: { window: ['texts', 'parts', 'charts'], main: ['contract', 'charts'] },
  state: { window: ['texts', 'commands'], main: ['contract', 'charts'] }, // charts: thinning live points
  transport: { window: ['state'], main: ['contract'] },
  frame: { window: ['texts', 'commands', 'parts', 'state'], main: ['contract'] },
  pages: { window: ['texts', 'commands', 'parts', 'charts', 'blocks', 'state'], main: ['contract', 'vocabulary', 'charts', 'report'] },
};
const packages = ['svelte', 'valibot'];

const root = path.join(import.meta.dirname, '..', '..', 'src-renderer');

const files = (folder: string): string[] => filesBelow(folder, /\.(ts|svelte)$/);

/** The area that is imported and whether it is one of the window; ['..', false] for what lies in neither. */
function areaOf(file: string, target: string): readonly [area: string, isOwn: boolean] {
  const to = path.relative(root, path.resolve(path.dirname(file), target)).split(path.sep);
  if (to[0] !== '..') return [to[0] ?? '', true];
  return [to[1] === 'src-main' ? (to[2] ?? '') : '..', false];
}

test('imports of the window point downwards', () => {
  const problems = files(root).flatMap((file) => {
    const from = path.relative(root, file).split(path.sep);
    const layer = from.length === 1 ? null : (from[0] ?? '');
    if (layer === 'styles') return [];
    return importsOf(file).flatMap(({ target }) => {
      if (!target.startsWith('.')) return packages.includes(target) ? [] : [`${from.join('/')} imports the package ${target}`];
      const [area, isOwn] = areaOf(file, target);
      if (area === '..') return [`${from.join('/')} imports ${target}, which is no part of the window`];
      if (layer === null || (isOwn && area === layer) || allowed[layer]?.[isOwn ? 'window' : 'main'].includes(area) === true) return [];
      return [`${from.join('/')} imports ${target}: ${layer} may not import ${isOwn ? area : `src-main/${area}`}`];
    });
  });
  expect(problems).toEqual([]);
});

test('nothing is allowed that nobody uses', () => {
  const imports = files(root).flatMap((file) =>
    importsOf(file).map(({ target }) => ({ layer: path.relative(root, file).split(path.sep)[0] ?? '', file, target })),
  );
  const areas = new Set(
    imports.flatMap(({ layer, file, target }) => {
      if (!target.startsWith('.')) return [];
      const [area, isOwn] = areaOf(file, target);
      return [`${layer}: ${isOwn ? area : `src-main/${area}`}`];
    }),
  );
  const rules = Object.entries(allowed).flatMap(([layer, { window, main }]) =>
    [...window, ...main.map((area) => `src-main/${area}`)].map((area) => `${layer}: ${area}`),
  );
  expect(rules.filter((rule) => !areas.has(rule))).toEqual([]);
  expect(packages.filter((name) => imports.every(({ target }) => target !== name))).toEqual([]);
});

test('of the charts that window and report share, the window knows only the first file', () => {
  const users = files(root).flatMap((file) => importsOf(file).map(({ target }) => `${path.relative(root, file)}: ${target}`));
  const through = users.filter((user) => user.includes('src-main/charts/'));
  expect(through.length).toBeGreaterThan(10);
  expect(through.filter((user) => !user.endsWith('src-main/charts/index.ts'))).toEqual([]);
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
