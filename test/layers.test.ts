import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { circlesOf, filesBelow, importsIn, importsOf, type Import } from './support/imports.ts';

/** Who may import whom, besides itself and node:. Arrows point downwards only. */
const allowed: Readonly<Record<string, { readonly folders: readonly string[]; readonly packages: readonly string[]; readonly types?: readonly string[] }>> = {
  vocabulary: { folders: [], packages: [] },
  contract: { folders: ['vocabulary'], packages: ['valibot'] },
  stats: { folders: [], packages: [] },
  charts: { folders: ['contract', 'stats'], packages: ['d3-scale', 'd3-shape'] },
  methods: { folders: ['vocabulary', 'contract'], packages: [] },
  formats: {
    folders: ['contract'],
    packages: ['@duckdb/node-api', '@uwdata/flechette', 'chardet', 'fflate', 'h5wasm', 'iconv-lite', 'lz4js', 'read-excel-file', 'sharp', 'yauzl'],
  },
  data: { folders: ['vocabulary', 'contract', 'formats'], packages: [] },
  networks: { folders: ['vocabulary', 'contract'], packages: [], types: ['@tensorflow/tfjs-core'] },
  tasks: { folders: ['vocabulary', 'contract', 'networks'], packages: [] },
  // Of formats the runtime has the ZIP reader alone: wheels are ZIP files.
  runtime: { folders: ['contract', 'formats'], packages: ['valibot', 'better-sqlite3', 'sharp'], types: ['@tensorflow/tfjs', '@tensorflow/tfjs-node-gpu'] },
  engine: { folders: ['vocabulary', 'contract', 'formats', 'methods', 'networks', 'tasks', 'data', 'runtime'], packages: [], types: ['@tensorflow/tfjs-core'] },
  store: { folders: ['contract'], packages: ['better-sqlite3'] },
  report: { folders: ['vocabulary', 'contract', 'stats', 'charts'], packages: [] },
  lab: {
    folders: ['vocabulary', 'contract', 'stats', 'store', 'report', 'methods', 'networks', 'formats', 'data', 'runtime', 'engine'],
    packages: ['valibot', '@valibot/to-json-schema', 'jsonc-parser'],
  },
  serve: { folders: ['contract', 'runtime', 'lab'], packages: ['valibot', 'ws'] },
  cli: {
    folders: ['vocabulary', 'contract', 'lab', 'report', 'methods', 'runtime', 'serve'],
    packages: ['valibot'],
  },
  shell: { folders: ['contract', 'runtime', 'serve'], packages: ['electron', 'valibot'] },
};

const root = path.join(import.meta.dirname, '..', 'src-main');
const sources = (folder: string): string[] => filesBelow(folder, /\.(ts|js|cjs|mjs)$/);

interface Crossing extends Import {
  readonly from: string; // 'engine/worker.ts'
}

function crossingsOf(file: string): Crossing[] {
  return importsOf(file).map((found) => ({ ...found, from: path.relative(root, file) }));
}

const layerOf = ({ from }: Crossing): string => from.split(path.sep)[0] ?? '';

/** The folder of src-main that is imported; '..' when it lies outside. */
const folderOf = ({ from, target }: Crossing): string => path.relative(root, path.resolve(root, path.dirname(from), target)).split(path.sep)[0] ?? '';

const packageOf = ({ target }: Crossing): string =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');

function problem(crossing: Crossing): string | null {
  const { from, target, isType } = crossing;
  const layer = layerOf(crossing);
  const rule = allowed[layer];
  if (rule === undefined) return `${from} lies in a folder that the table does not name`;
  if (target.startsWith('node:')) return null;
  if (target.startsWith('.')) {
    const to = folderOf(crossing);
    if (to === layer || rule.folders.includes(to)) return null;
    if (to === '..') return `${from} imports ${target}, which lies outside of src-main`;
    return `${from} imports ${target}: ${layer} may not import ${to}`;
  }
  if (from === path.join('cli', 'auxlab.js') && target.startsWith('(computed)')) return null; // the launcher starts the program by a file URL that it makes
  const name = packageOf(crossing);
  if (rule.packages.includes(name) || (isType && rule.types?.includes(name) === true)) return null;
  // What loads a back end does it with require().
  if (['engine/engines/backend.ts', 'engine/engines/tensorflow/graph.ts'].includes(from) && name.startsWith('@tensorflow/')) return null;
  return `${from} imports ${target}: ${layer} may not import the package ${name}`;
}

test('every import points downwards, and packages stay in their layers', () => {
  const problems = sources(root)
    .flatMap(crossingsOf)
    .map(problem)
    .filter((found) => found !== null);
  expect(problems).toEqual([]);
});

test('nothing is allowed that nobody uses', () => {
  const all = sources(root).flatMap(crossingsOf);
  const unused = Object.entries(allowed).flatMap(([layer, { folders, packages, types = [] }]) => {
    const own = all.filter((crossing) => layerOf(crossing) === layer);
    const isUsed = {
      folder: (name: string) => own.some((crossing) => crossing.target.startsWith('.') && folderOf(crossing) === name),
      package: (name: string) => own.some((crossing) => packageOf(crossing) === name && !crossing.isType),
      type: (name: string) => own.some((crossing) => packageOf(crossing) === name && crossing.isType),
    };
    return [
      ...folders.filter((name) => !isUsed.folder(name)),
      ...packages.filter((name) => !isUsed.package(name)),
      ...types.filter((name) => !isUsed.type(name)),
    ].map((name) => `${layer} needs no ${name}`);
  });
  expect(unused).toEqual([]);
});

test('the lab knows of the engine only its protocol', () => {
  const crossings = sources(path.join(root, 'lab'))
    .flatMap(crossingsOf)
    .filter(({ target }) => target.includes('/engine/') && !target.endsWith('/engine/protocol.ts'));
  expect(crossings).toEqual([]);
});

test('others know of the charts only their first file', () => {
  const crossings = sources(root)
    .filter((file) => !path.relative(root, file).startsWith(`charts${path.sep}`))
    .flatMap(crossingsOf)
    .filter(({ from, target }) => target.startsWith('.') && /^charts(?!.index\.ts$)/.test(path.relative(root, path.resolve(root, path.dirname(from), target))));
  expect(crossings).toEqual([]);
});

/** Floors with rooms, from the top down: a room may import those after it, and of the files beside the rooms only the shared ones;
 *  the first room may import all. */
const floors = {
  lab: { rooms: ['desk', 'run', 'record', 'plan', 'process'], shared: ['context.ts', 'paths.ts'], mostBeside: 8 },
  engine: { rooms: ['training', 'engines', 'program'], shared: ['protocol.ts', 'stepEngine.ts', 'sealedFile.ts'], mostBeside: 10 },
} as const satisfies Record<string, { readonly rooms: readonly string[]; readonly shared: readonly string[]; readonly mostBeside: number }>;

test.each(Object.entries(floors))('on the floor %s rooms import downwards, and few files stand beside them', (floor, { rooms, shared, mostBeside }) => {
  const place = (file: string): string => path.relative(floor, file).split(path.sep)[0] ?? '';
  const inRooms = sources(path.join(root, floor))
    .flatMap(crossingsOf)
    .filter(({ from, target }) => rooms.some((room) => room === place(from)) && target.startsWith('.'));
  const wrong = inRooms.filter(({ from, target }) => {
    const file = path.relative(root, path.resolve(root, path.dirname(from), target));
    if (!file.startsWith(`${floor}${path.sep}`)) return false; // another layer: the table above
    const [here, there] = [place(from), place(file)].map((name) => rooms.findIndex((room) => room === name)) as [number, number];
    return there >= 0 ? there < here : here > 0 && !shared.some((name) => name === place(file));
  });
  expect(wrong.map(({ from, target }) => `${from} imports ${target}`)).toEqual([]);
  expect(inRooms.length).toBeGreaterThan(10);
  const entries = readdirSync(path.join(root, floor), { withFileTypes: true });
  expect(new Set(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name))).toEqual(new Set(rooms));
  expect(entries.filter(({ name }) => name.endsWith('.ts')).length).toBeLessThanOrEqual(mostBeside);
});

test('every layer and room says in its first lines what it holds', () => {
  const folders = [...Object.keys(allowed), ...Object.entries(floors).flatMap(([floor, { rooms }]) => rooms.map((room) => `${floor}/${room}`))];
  for (const folder of folders)
    expect(readFileSync(path.join(root, folder, 'README.md'), 'utf8'), folder).toMatch(new RegExp(`^# ${folder}: .{10,80}\n\nHolds `));
});

test('networks, tasks and computations are written in the operations of networks/ops.ts and know no library', () => {
  const users = ['networks', 'tasks', path.join('engine', 'program')]
    .flatMap((folder) => sources(path.join(root, folder)))
    .filter((file) => /\btf\.|\bTf\b|tfjs/.test(readFileSync(file, 'utf8')))
    .map((file) => path.relative(root, file));
  expect(users).toEqual([path.join('networks', 'ops.ts')]);
});

test('only the shell imports electron', () => {
  const users = sources(root)
    .flatMap(crossingsOf)
    .filter(({ target, from }) => target === 'electron' && !from.startsWith('shell'));
  expect(users).toEqual([]);
});

test('no file imports another that comes back to it, be it for a type alone', () => {
  const repository = path.join(root, '..');
  const files = ['src-main', 'src-renderer'].flatMap((folder) => filesBelow(path.join(repository, folder), /\.(ts|js|cjs|mjs|svelte)$/));
  const names = (file: string): string => path.relative(repository, file);
  const edges = files.map((file): [string, string[]] => [
    names(file),
    importsOf(file).flatMap(({ target }) => (target.startsWith('.') ? [names(path.resolve(path.dirname(file), target))] : [])),
  ]);
  expect(circlesOf(new Map(edges))).toEqual([]);
});

test.each([
  ['a chain', { a: ['b'], b: ['c'], c: [] }, []],
  ['a diamond', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
  ['what is no file of ours', { a: ['styles.css'] }, []],
  ['two that need each other', { a: ['b'], b: ['a'] }, [['a', 'b']]],
  ['itself', { a: ['a'] }, [['a']]],
  ['a circle behind a chain', { a: ['b'], b: ['c'], c: ['d'], d: ['b', 'e'], e: [] }, [['b', 'c', 'd']]],
  ['two circles that meet', { a: ['b', 'c'], b: ['a'], c: ['a'] }, [['a', 'b', 'c']]],
  ['a circle that is met again', { a: ['b'], b: ['a'], c: ['b'] }, [['a', 'b']]],
])('circles are found: %s', (_, edges, expected) => {
  expect(circlesOf(new Map(Object.entries<string[]>(edges)))).toEqual(expected);
});

test.each([
  ["const x = 1; import { a } from './a.ts';", [{ target: './a.ts', isType: false }]],
  ["import type { A } from './a.ts';", [{ target: './a.ts', isType: true }]],
  ["import { type A, type B } from './a.ts';", [{ target: './a.ts', isType: true }]],
  ["import { type A, b } from './a.ts';", [{ target: './a.ts', isType: false }]],
  ["let a: import('./a.ts').A;", [{ target: './a.ts', isType: true }]],
  ["const a = (await import('./a.ts')).a, b = require('b');", [{ target: './a.ts', isType: false }, { target: 'b', isType: false }]], // prettier-ignore
  ["export * from './a.ts'; import './b.ts'", [{ target: './a.ts', isType: false }, { target: './b.ts', isType: false }]], // prettier-ignore
  ['await import(name)', [{ target: '(computed) name', isType: false }]],
  ["// import './a.ts'\nconst text = \"import './b.ts'\";", []],
])('imports are found wherever they stand: %s', (text, expected) => {
  expect(importsIn(text)).toEqual(expected);
});
