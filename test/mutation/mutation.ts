/** npm run test:mutation: would the tests notice a small fault in the code that calculates? Puts one fault after another into a seeded sample of places and
 *  runs the quick tests that load the file, up to the first that fails. A fault that none notices has survived: a test is missing, the code is not needed, or
 *  the fault makes no difference. Sources on the disk stay as they are. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Stream } from '../../src-main/contract/random.ts';
import { filesBelow } from '../support/imports.ts';
import { applied, mutantsOf, type Mutant } from './mutants.ts';
import { ImportGraph } from './reachingTests.ts';
import { Suite } from './suite.ts';

const { values } = parseArgs({
  options: {
    folder: { type: 'string', multiple: true, default: ['stats', 'methods', 'tasks', 'contract', 'data', 'vocabulary'] }, // of src-main
    file: { type: 'string', multiple: true, default: [] }, // only these of the folders' files, by the end of their path
    sample: { type: 'string', default: '100' }, // faults a folder
    seed: { type: 'string', default: '1' },
    quick: { type: 'string', default: '4' }, // seconds of processor time that a test file may take to be among those that are run
    tests: { type: 'string', multiple: true, default: [''] }, // only test files of which the path begins so: 'test/stats'
  },
});

interface Candidate extends Mutant {
  readonly file: string;
  readonly text: string; // of the whole file
}

interface Tally {
  readonly faults: number; // in the folder
  tried: number;
  noticed: number;
  endless: number; // noticed by the processor time that they take
  readonly survivors: string[];
}

const root = path.join(import.meta.dirname, '..', '..');
const graph = new ImportGraph(root);
const suite = new Suite(root);
const quickMs = 1000 * Number(values.quick);
const msOf = new Map<string, number>(); // processor time of test files without a fault; NaN: not to be run
const said = (line: string): void => void process.stdout.write(`${line}\n`);

function candidates(folder: string): Candidate[] {
  const wanted = (file: string): boolean => values.file.length === 0 || values.file.some((end) => file.endsWith(end));
  return filesBelow(path.join(root, 'src-main', folder), /\.ts$/)
    .filter(wanted)
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      return mutantsOf(text).map((mutant) => ({ ...mutant, file, text }));
    });
}

/** The test files that notice nothing when there is nothing to notice, and are quick about it. */
async function testsFor(file: string): Promise<string[]> {
  const reaching = graph.testsOf(file).filter((test) => values.tests.some((start) => path.relative(root, test).startsWith(start)));
  for (const test of reaching) {
    if (msOf.has(test)) continue;
    const outcome = await suite.run({ file: test, text: null, tests: [test], limitMs: 2 * quickMs });
    const isGood = outcome !== null && outcome.failed.length === 0 && outcome.ms <= quickMs;
    msOf.set(test, isGood ? outcome.ms : NaN);
    if (!isGood) said(`left out: ${path.relative(root, test)}, ${outcome?.failed[0] ?? 'too slow'}`);
  }
  return reaching.filter((test) => !Number.isNaN(msOf.get(test)));
}

async function tryOut(mutant: Candidate, tally: Tally): Promise<void> {
  const tests = await testsFor(mutant.file);
  const usualMs = tests.reduce((total, test) => total + (msOf.get(test) ?? 0), 0);
  const order = { file: mutant.file, text: applied(mutant.text, mutant), tests, limitMs: 5000 + 3 * usualMs };
  const outcome = tests.length === 0 ? { failed: [] } : await suite.run(order);
  tally.tried += 1;
  if (outcome === null) tally.endless += 1;
  else if (outcome.failed.length > 0) tally.noticed += 1;
  else {
    const was = mutant.text.slice(mutant.start, mutant.end).replace(/\s+/g, ' ');
    const where = `${path.relative(root, mutant.file)}:${mutant.line}`;
    const place = mutant.text.split('\n')[mutant.line - 1]?.trim() ?? '';
    tally.survivors.push(`${where}  ${was} -> ${mutant.replacement === '' ? '(nothing)' : mutant.replacement}${tests.length === 0 ? '  (no quick test)' : ''}`);
    said(`${tally.survivors.at(-1)}\n    ${place}`);
  }
}

const tallies = new Map<string, Tally>();
for (const folder of values.folder) {
  const all = candidates(folder);
  const order = new Stream(Number(values.seed), `mutation/${folder}`).permutation(all.length);
  const tally: Tally = { faults: all.length, tried: 0, noticed: 0, endless: 0, survivors: [] };
  tallies.set(folder, tally);
  // File by file, because a change of files costs the suite a little.
  const sample = [...order.slice(0, Number(values.sample))].sort((a, b) => a - b).flatMap((index) => all[index] ?? []);
  for (const mutant of sample) await tryOut(mutant, tally);
}
suite.close();

said(`\nfolder        faults   tried  noticed  endless  survived    score   (seed ${values.seed})`);
for (const [folder, { faults, tried, noticed, endless, survivors }] of tallies) {
  const counts = [faults, tried, noticed, endless, survivors.length].map((count, i) => String(count).padStart(i === 0 ? 8 : i === 1 ? 8 : 9));
  said(`${folder.padEnd(12)}${counts.join('')}  ${((100 * (noticed + endless)) / tried).toFixed(1).padStart(6)} %`);
}
for (const [folder, { survivors }] of tallies) if (survivors.length > 0) said(`\n${folder}\n${survivors.map((line) => `  ${line}`).join('\n')}`);
