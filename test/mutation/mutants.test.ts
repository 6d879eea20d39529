import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolders } from '../support/temporary.ts';
import { applied, mutantsOf } from './mutants.ts';
import { ImportGraph } from './reachingTests.ts';

const temporary = temporaryFolders();

/** The text with each of its faults in turn. */
const faulty = (text: string): string[] => mutantsOf(text).map((mutant) => applied(text, mutant));

test.each([
  ['a < b;', [';', 'a <= b;', 'a >= b;']],
  ['const x = a - b * c;', ['const x = a + b * c;', 'const x = a - b / c;']],
  ['const x = !a && b;', ['const x = a && b;', 'const x = !a || b;']],
  ['const x = a ? b : c;', ['const x = true ? b : c;', 'const x = false ? b : c;']],
  ['if (a) go();', ['if (true) go();', 'if (false) go();', 'if (a) ;']],
  ['const x = [0, 7];', ['const x = [];', 'const x = [1, 7];', 'const x = [0, 6];', 'const x = [0, 8];']],
  ['const x = Math.min(a, b);', ['const x = Math.max(a, b);']],
  ['const x = a.toSorted(f);', ['const x = a;']],
  ['const x = v.pipe(v.number(), v.integer(), v.finite());', ['const x = v.pipe(v.number(), v.finite());', 'const x = v.pipe(v.number(), v.integer());']],
  ['const x = a[i] ?? 0;', ['const x = 0;']], // the 0 itself is only for the compiler
  ['const x = a[b] ?? -1;', ['const x = -1;']],
  ['const x = a[b]?.c.d ?? 0;', ['const x = 0;']],
  ['const x = -a;', ['const x = a;']],
  ['const x = a.at(b) ?? 0;', ['const x = 0;']],
  ['const x = a.get(b) ?? 0;', ['const x = 0;', 'const x = a.get(b);', 'const x = a.get(b) ?? 1;']],
  ["const x = kind === 'main';", ["const x = kind !== 'main';", "const x = kind === '';"]],
  ["const x = 'a' + b;", []], // of strings there is no difference
  ['[a, b] = pair;', [';']],
  ['constructor(new Set(a));', [';']], // no property of every object is taken for a call's neighbour
])('the faults of %s', (text, expected) => {
  expect(faulty(text)).toEqual(expected);
});

test('types, imports, error texts and digits of printed numbers have no faults', () => {
  expect(faulty("import { a } from 'b'; type A = 1 | -2; interface B { c: [0, 1] } let d: 3 | 4;")).toEqual([]);
  expect(faulty('const f = () => { throw new RangeError(`At least ${a + 1}.`); }; const e = new LabError(`${-b}`);')).toEqual([]);
  expect(faulty('const x = a.toFixed(3).padStart(9);')).toEqual([]);
});

test('a fault says where it stands', () => {
  expect(mutantsOf('const a = b;\nconst c = b > d;')[0]).toEqual({ line: 2, start: 25, end: 26, replacement: '>=' });
});

test('the tests of a file are those that load it, through other files too, its own folder’s first and none that trains or starts programs', () => {
  const root = temporary();
  const write = (file: string, text: string): void => {
    mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };
  write('src-main/stats/sum.ts', "import type { Mean } from './mean.ts';");
  write('src-main/stats/mean.ts', "import { sum } from './sum.ts';");
  write('test/cli/a.test.ts', "import '../../src-main/stats/sum.ts';");
  write('test/stats/mean.test.ts', "import '../../src-main/stats/mean.ts';");
  write('test/stats/sum.test.ts', "import '../../src-main/stats/sum.ts';");
  write('test/lab/a.test.ts', "import '../../src-main/stats/sum.ts'; import 'node:child_process';");
  write('test/engine/a.test.ts', "import '../../src-main/stats/sum.ts';");
  const graph = new ImportGraph(root);
  const testsOf = (file: string): string[] => graph.testsOf(path.join(root, file)).map((test) => path.relative(root, test).replaceAll(path.sep, '/'));
  expect(testsOf('src-main/stats/sum.ts')).toEqual(['test/stats/sum.test.ts', 'test/stats/mean.test.ts', 'test/cli/a.test.ts']);
  expect(testsOf('src-main/stats/mean.ts')).toEqual(['test/stats/mean.test.ts']); // a type is not loaded
});
