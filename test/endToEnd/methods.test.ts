import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ExperimentDocument } from '../../src-main/contract/results.ts';
import { methods, needsHeldOutRows } from '../../src-main/methods/index.ts';
import { sections } from '../../src-main/report/index.ts';
import { cli, cliDocument, hashes } from '../support/cliRun.ts';
import { trainingTestMs } from '../support/patience.ts';
import { withMethods, withNetworks, withSamples } from '../support/entriesThere.ts';
import { needsTensorFlow, usedEngine } from '../support/tensorFlow.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const all = methods.flatMap(({ id }) => ['--method', id]);
const forking = methods.flatMap(({ id, kind }) => (kind === 'forking' ? [id] : [])); // they have no gradient of the mixed step to look at
const short = ['--repeats', '1', '--epochs', '20', '--max-steps', '24', '--diagnostics-every', '8'];

const samples = [
  { name: 'images', sample: 'digits', args: ['--main', 'digit', '--aux', 'parity', '--heads', '1'], network: 'cnn', size: 'filters=4', tasks: 3 },
  { name: 'a table', sample: 'auto-mpg', args: ['--main', 'mpg', '--aux', 'acceleration', '--aux', 'origin'], network: 'mlp', size: 'units=16', tasks: 3 },
  { name: 'sequences', sample: 'japanese-vowels', args: ['--main', 'class', '--heads', '2'], network: 'lstm', size: 'layers=2,units=8', tasks: 3 },
];

for (const { name, sample, args, network, size, tasks } of samples)
  test(
    `every method on ${name}, with two auxiliaries, trains, records its weights and diagnostics, and stands in the report`,
    { ...(name === 'a table' ? {} : needsTensorFlow), ...withSamples(sample), ...withNetworks(network), timeout: trainingTestMs }, // twenty-eight runs
    async () => {
      const home = folder();
      const report = path.join(home, 'methods.html');
      const document = await cliDocument(home, [
        'compare',
        `sample:${sample}`,
        ...args,
        '--network',
        `${network}:${size}`,
        ...all,
        ...short,
        '--report',
        report,
      ]);
      expect(document.status).toBe('finished');
      expect(document.engine).toMatchObject(usedEngine);
      expect(document.arms.map(({ method }) => method)).toEqual(['none', ...methods.map(({ id }) => id)]);
      for (const arm of document.arms.slice(1)) expect(arm.tasks.length, arm.id).toBe(tasks);
      const recorded = await seriesByRun(home);
      for (const arm of document.arms) {
        const [run] = arm.runs;
        const series = recorded.get(run?.id ?? '') ?? new Map<string, number>();
        for (const task of arm.tasks) {
          expect(series.get(`loss/${task.id}`), `${arm.id} ${task.id}`).toBe(24);
          expect(series.get(`gradient-norm/${task.id}`), `${arm.id} ${task.id}`).toBe(3);
          if (task.id !== 'main') expect(series.get(`cosine/${task.id}`), `${arm.id} ${task.id}`).toBe(3);
        }
        if (!forking.includes(arm.method)) for (const name of ['step-ratio', 'main-progress']) expect(series.get(name), `${arm.id} ${name}`).toBe(3);
      }
      const html = readFileSync(report, 'utf8');
      for (const { id } of methods) expect(html, id).toContain(id);
      if (sections.some(({ id }) => id === 'gradients')) expect(html).toContain('Each auxiliary gradient against the main one');
    },
  );

/** run -> series -> number of points, all of them numbers. */
async function seriesByRun(home: string): Promise<Map<string, Map<string, number>>> {
  const { stdout } = await cli(home, [
    'query',
    'SELECT run.name AS run, series.name AS series, count(value) AS n FROM point JOIN run ' +
      'ON run.id = run_id JOIN series ON series.id = series_id GROUP BY run.id, series.id',
    '--json',
  ]);
  const { rows } = JSON.parse(stdout) as { readonly rows: readonly (readonly [string, string, number])[] };
  const found = new Map<string, Map<string, number>>();
  for (const [run, series, count] of rows) found.set(run, (found.get(run) ?? new Map<string, number>()).set(series, count));
  return found;
}

test('without any weight every method leaves the main task as the baseline has it, bit for bit', withSamples('digits'), async () => {
  const home = folder();
  const document = await cliDocument(home, [
    'compare',
    'sample:digits',
    '--main',
    'digit',
    '--aux',
    'parity=0',
    '--aux',
    'size=0',
    '--network',
    'mlp:units=8',
    ...all,
    ...short,
  ]);
  const main = (arm: ExperimentDocument['arms'][number] | undefined): string | null | undefined => arm?.runs[0]?.mainWeightsSha256;
  const baseline = main(document.arms[0]);
  expect(baseline).toMatch(/^[0-9a-f]{64}$/);
  for (const arm of document.arms) expect(main(arm), arm.id).toBe(baseline);
  expect(new Set(Object.values(hashes(document))).size).toBeGreaterThan(1); // the heads are others
});

describe('what cannot be trained is refused with one sentence and code 2', withSamples('digits'), () => {
  const refused = async (args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await cli(folder(), ['compare', ...args]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    return stderr.trim();
  };
  const digits = ['sample:digits', '--main', 'digit', '--aux', 'parity'];

  test('an unknown method, with the nearest names', async () => {
    expect(await refused([...digits, '--method', 'fixde'])).toMatch(/^Unknown method "fixde"\. Did you mean fixed\?$/);
  });

  test('a parameter out of its range, with the range', withMethods('metabalance', 'pcgrad'), async () => {
    expect(await refused([...digits, '--method', 'metabalance:relax=2'])).toBe('Method metabalance: relax must be a number from 0 to 1. Received: 2.');
    expect(await refused([...digits, '--method', 'pcgrad:every=0'])).toBe('Method pcgrad: every must be a whole number from 1 to 10000. Received: 0.');
  });

  test('gradients on shared layers where a task shares none', withMethods('pcgrad'), async () => {
    expect(await refused([...digits, '--network', 'mlp:layers=0', '--method', 'pcgrad'])).toBe(
      'Method pcgrad compares gradients on shared layers, and the head of "parity" at end shares none with the main task. ' +
        'Put the head deeper, or use a method over losses such as fixed.',
    );
  });

  test.each(methods.filter(needsHeldOutRows))('$id with too few validation rows to divide', async ({ id }) => {
    const split = ['--split', 'random:train=0.85,validation=0.05,test=0.1'];
    expect(await refused(['sample:auto-mpg', '--main', 'mpg', '--aux', 'origin', ...split, '--method', id])).toMatch(
      new RegExp(
        `^Method ${id} keeps half of the validation rows for itself and needs at least 40\\. ` +
          `This split has (19|20): give validation a larger share of the data, or use another method\\.$`,
      ),
    );
  });

  test('bounds and freezing of a task that is not there', async () => {
    expect(await refused([...digits, '--freeze', 'colour'])).toMatch(/^Option --freeze: "colour" is no task of this comparison\./);
    expect(await refused([...digits, '--bounds', 'parity=2..1'])).toBe('Option --bounds: the lower bound of "parity" is above the upper one. Received: 2..1.');
    expect(await refused([...digits, '--bounds', 'parity'])).toMatch(/^Option --bounds must be TARGET=MIN\.\.MAX/);
  });
});

test('a linear model trains, with nothing shared to look at', async () => {
  const document = await cliDocument(folder(), ['compare', 'sample:auto-mpg', '--main', 'mpg', '--aux', 'origin', '--network', 'mlp:layers=0', ...short]);
  expect(document.status).toBe('finished');
});
