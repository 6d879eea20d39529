import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { ExperimentDocument, Interval } from '../../src-main/contract/results.ts';
import { cliDocument, hashes } from '../support/cliRun.ts';
import { methodsOf, withNetworks, withSamples } from '../support/entriesThere.ts';
import { needsTensorFlow, usedEngine } from '../support/tensorFlow.ts';
import { temporaryFolders } from '../support/temporary.ts';

const folder = temporaryFolders();
const home = folder();

/** Every comparison must be whole: both arms, every pair finished, numbers in place, a verdict that its interval supports. */
function expectWhole(document: ExperimentDocument, pairs: number): void {
  expect(document.status).toBe('finished');
  expect(document.arms[0]?.role).toBe('baseline');
  for (const arm of document.arms) {
    expect(arm.runs.map((run) => run.status)).toEqual(Array.from({ length: pairs }, () => 'finished'));
    for (const run of arm.runs) {
      expect(run.finalWeightsSha256).toMatch(/^[0-9a-f]{64}$/);
      expect(Number.isFinite(run.test['main']?.[document.metric])).toBe(true);
      for (const task of arm.tasks) expect(Object.keys(run.validation[task.id] ?? {}), task.id).toContain(task.metric);
    }
  }
  expect(document.engine).toMatchObject(usedEngine);
  for (const comparison of document.comparisons) {
    expect(comparison.difference.pairs).toBe(pairs);
    expect(comparison.verdict).toBe(supported(comparison.difference, document.margin, pairs));
    const mean = comparison.differences.reduce((sum, pair) => sum + pair.difference, 0) / pairs;
    expect(comparison.difference.mean).toBeCloseTo(mean, 12);
    if (pairs === 1) {
      expect([comparison.difference.low, comparison.difference.high]).toEqual([null, null]); // an interval of a single pair cannot be said
      continue;
    }
    const squares = comparison.differences.reduce((sum, pair) => sum + (pair.difference - mean) ** 2, 0);
    const reach = Math.max(
      (quantiles[pairs - 1] ?? NaN) * Math.sqrt(squares / (pairs - 1) / pairs),
      comparison.testRows === null ? 0 : 3 / comparison.testRows,
    );
    expect(comparison.difference.low).toBeCloseTo(mean - reach, 4);
    expect(comparison.difference.high).toBeCloseTo(mean + reach, 4);
  }
}

/** 97.5 % quantiles of Student's t by degrees of freedom, from a printed table. */
const quantiles: readonly number[] = [NaN, 12.7062, 4.30265, 3.18245, 2.77645, 2.57058, 2.44691];

/** The verdict that an interval supports, by the words of the README: a difference matters above the margin. */
function supported({ low, high }: Interval, margin: number, pairs: number): string {
  if (pairs < 5) return 'too-early';
  if (low > margin || high < -margin) return low > margin ? 'helps' : 'hurts';
  if (low >= -margin && high <= margin) return 'no-real-difference';
  return low > 0 ? 'probably-helps' : high < 0 ? 'probably-hurts' : 'inconclusive';
}

const quick = ['--repeats', '2', '--epochs', '2'];

test('a table: another label column, regression, a curriculum, and a report that stands alone', async () => {
  const report = path.join(home, 'cars.html');
  const document = await cliDocument(home, [
    ...['compare', 'sample:auto-mpg', '--main', 'mpg', '--aux', 'acceleration=0.3', '--schedule', 'curriculum:from=1,to=3'],
    ...['--repeats', '5', '--epochs', '6', '--report', report],
  ]);
  expectWhole(document, 5);
  expect(document.metric).toBe('rmse');
  expect(document.higherIsBetter).toBe(false);
  const [pair] = document.comparisons[0]?.differences ?? [];
  expect(pair?.difference).toBeCloseTo((pair?.baseline ?? NaN) - (pair?.auxiliary ?? NaN), 12); // a smaller error is better
  const html = readFileSync(report, 'utf8');
  expect(html).toContain('<svg');
  expect(html).not.toMatch(/<script|src="http|href="http/);
});

test(
  'images: two intermediate heads, another label column, and gated weights',
  { ...needsTensorFlow, ...withSamples('digits'), ...withNetworks('cnn') },
  async () => {
    const heads = await cliDocument(home, ['compare', 'sample:digits', '--main', 'digit', '--heads', '2=0.3', '--network', 'cnn', ...quick]);
    expectWhole(heads, 2);
    const depths = heads.arms[1]?.tasks.map((task) => task.depth);
    expect(new Set(depths).size).toBe(3);
    const gated = await cliDocument(home, [
      'compare',
      'sample:digits',
      '--main',
      'digit',
      '--aux',
      'parity',
      '--network',
      'mlp',
      '--schedule',
      'gated',
      ...quick,
    ]);
    expectWhole(gated, 2);
  },
);

test('several methods are arms of one experiment against one baseline', withSamples('digits'), async () => {
  const several = methodsOf('fixed', 'uncertainty', 'primary-pcgrad');
  const document = await cliDocument(home, [
    ...['compare', 'sample:digits', '--main', 'digit', '--aux', 'parity', '--aux', 'size', '--network', 'mlp', ...quick],
    ...several.flatMap((id) => ['--method', id]),
  ]);
  expectWhole(document, 2);
  expect(document.arms.map((arm) => arm.method)).toEqual(['none', ...several]);
  expect(new Set(Object.values(hashes(document))).size).toBe(2 * (1 + several.length)); // every arm and seed trained something of its own
});

test('sequences: an lstm', { ...needsTensorFlow, ...withSamples('japanese-vowels'), ...withNetworks('lstm') }, async () => {
  const document = await cliDocument(home, ['compare', 'sample:japanese-vowels', '--main', 'class', '--heads', '1=0.3', '--network', 'lstm', ...quick]);
  expectWhole(document, 2);
});

test(
  'googlenet with its two published heads, for a few steps',
  { ...needsTensorFlow, ...withSamples('fashion-mnist'), ...withNetworks('googlenet') },
  async () => {
    const saved = path.join(home, 'googlenet.json');
    const options = ['--heads', '2', '--network', 'googlenet', '--max-steps', '2', '--batch', '4', '--train-fraction', '0.01', '--repeats', '1'];
    const split = 'stratified:train=0.98,validation=0.01,test=0.01'; // evaluation shall not take longer than the steps
    const document = await cliDocument(home, ['compare', 'sample:fashion-mnist', '--main', 'label', ...options, '--split', split, '--save-plan', saved]);
    expect(JSON.parse(readFileSync(saved, 'utf8'))).toMatchObject({ format: 'auxlab-plan/2', network: { id: 'googlenet' } });
    expectWhole(document, 1);
    expect(document.arms[1]?.tasks.map((task) => [task.depth, task.weight])).toEqual([
      ['end', null],
      ['4a', 0.3],
      ['4d', 0.3],
    ]);
    // 6,998,552 with 1000 classes on 3 channels (test/networks); 990 classes fewer take 990 * 1025, two channels fewer 7 * 7 * 2 * 64.
    expect(document.arms[0]?.runs[0]?.parameters?.deployed).toBe(6_998_552 - 990 * 1025 - 7 * 7 * 2 * 64);
  },
);

test('the same plan twice gives the same final weights for every run', withSamples('digits'), async () => {
  const args = ['compare', 'sample:digits', '--main', 'digit', '--aux', 'parity', '--network', 'mlp', ...quick];
  const first = await cliDocument(folder(), args);
  const again = await cliDocument(folder(), args);
  expect(hashes(again)).toEqual(hashes(first));
});

test('pairs that are added later leave finished runs untouched', withSamples('digits'), async () => {
  const place = folder();
  const first = await cliDocument(place, ['compare', 'sample:digits', '--main', 'digit', '--aux', 'parity', '--network', 'mlp', ...quick]);
  const more = await cliDocument(place, ['resume', first.experimentId, '--repeats', '3']);
  expectWhole(more, 3);
  expect(hashes(more)).toMatchObject(hashes(first));
  expect(more.arms[0]?.runs.slice(0, 2)).toEqual(first.arms[0]?.runs);
  expect(existsSync(path.join(place, 'lab.sqlite'))).toBe(true);
});
