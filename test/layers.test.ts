import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/** Who may import whom, besides itself and node:. Arrows point downwards only. */
const allowed: Readonly<Record<string, { readonly folders: readonly string[]; readonly packages: readonly string[]; readonly types?: readonly string[] }>> = {
  vocabulary: { folders: [], packages: [] },
  contract: { folders: ['vocabulary'], packages: ['valibot'] },
  stats: { folders: [], packages: [] },
  methods: { folders: ['vocabulary', 'contract'], packages: ['valibot'] },
  formats: { folders: ['contract'], packages: ['csv-parse', 'fflate', 'iconv-lite', 'sharp'] },
  data: { folders: ['vocabulary', 'contract', 'formats'], packages: [] },
  networks: { folders: ['vocabulary', 'contract', 'data'], packages: [], types: ['@tensorflow/tfjs-core'] },
  tasks: { folders: ['vocabulary', 'contract', 'data', 'networks'], packages: [], types: ['@tensorflow/tfjs-core'] },
  runtime: { folders: ['contract'], packages: ['valibot', 'better-sqlite3', 'sharp'], types: ['@tensorflow/tfjs', '@tensorflow/tfjs-node-gpu'] },
  engine: { folders: ['vocabulary', 'contract', 'formats', 'methods', 'networks', 'tasks', 'data', 'runtime'], packages: [], types: ['@tensorflow/tfjs-core'] },
  store: { folders: ['contract'], packages: ['better-sqlite3', 'valibot'] },
  report: { folders: ['vocabulary', 'contract', 'stats'], packages: ['d3-scale', 'd3-shape'] },
  lab: {
    folders: ['vocabulary', 'contract', 'stats', 'store', 'report', 'methods', 'networks', 'formats', 'data', 'runtime', 'engine'],
    packages: ['valibot', '@valibot/to-json-schema', 'jsonc-parser'],
  },
  serve: { folders: ['contract', 'lab'], packages: ['valibot', 'ws'] },
  cli: {
    folders: ['vocabulary', 'contract', 'lab', 'report', 'stats', 'methods', 'networks', 'data', 'runtime', 'serve'],
    packages: ['valibot', 'jsonc-parser'],
  },
  shell: { folders: ['contract', 'lab', 'report', 'runtime', 'serve'], packages: ['electron', 'valibot'] },
};

const root = path.join(import.meta.dirname, '..', 'src-main');

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const file = path.join(folder, name);
    return statSync(file).isDirectory() ? sources(file) : /\.(ts|js)$/.test(name) ? [file] : [];
  });
}

interface Import {
  readonly from: string; // 'engine/worker.ts'
  readonly target: string;
  readonly isType: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const from = path.relative(root, file);
  const statements = [...text.matchAll(/^(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm)];
  const dynamic = [...text.matchAll(/\b(?:import|require)\(\s*'([^']+)'/g)];
  return [
    ...statements.map((found) => ({ from, target: found[2] ?? found[3] ?? '', isType: found[1] !== undefined })),
    ...dynamic.map((found) => ({ from, target: found[1] ?? '', isType: false })),
  ];
}

function problem({ from, target, isType }: Import): string | null {
  const layer = from.split(path.sep)[0] ?? '';
  const rule = allowed[layer];
  if (rule === undefined) return `${from} lies in a folder that the table does not name`;
  if (target.startsWith('node:')) return null;
  if (target.startsWith('.')) {
    const to = path.relative(root, path.resolve(root, path.dirname(from), target)).split(path.sep)[0] ?? '';
    if (to === layer || rule.folders.includes(to) || to === '..') return null;
    return `${from} imports ${target}: ${layer} may not import ${to}`;
  }
  const name = target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
  if (rule.packages.includes(name) || (isType && rule.types?.includes(name) === true)) return null;
  // The two files that load a back end do it with require().
  if (['engine/backend.ts', 'runtime/loadBinding.ts', 'engine/graph.ts'].includes(from) && name.startsWith('@tensorflow/')) return null;
  return `${from} imports ${target}: ${layer} may not import the package ${name}`;
}

test('every import points downwards, and packages stay in their layers', () => {
  const problems = sources(root)
    .flatMap(importsOf)
    .map(problem)
    .filter((found) => found !== null);
  expect(problems).toEqual([]);
});

test('the lab knows of the engine only its protocol', () => {
  const crossings = sources(path.join(root, 'lab'))
    .flatMap(importsOf)
    .filter(({ target }) => target.includes('/engine/') && !target.endsWith('/engine/protocol.ts'));
  expect(crossings).toEqual([]);
});

test('only the shell imports electron', () => {
  const users = sources(root)
    .flatMap(importsOf)
    .filter(({ target, from }) => target === 'electron' && !from.startsWith('shell'));
  expect(users).toEqual([]);
});
