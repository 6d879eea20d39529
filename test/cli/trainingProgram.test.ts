/** The command line when it trains, with the JavaScript back end, so that no runtime is needed. */
import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { ExperimentDocument } from '../../src-main/contract/results.ts';
import { main, startedProgram } from './startedProgram.ts';

const { auxlab, inHome, start } = startedProgram();
const small = ['--backend', 'cpu', '--mode', 'eager', '--batch', '64', '--threads', '1', '--workers', '2'];

test('compare prints one JSON document and nothing else, and writes plan and report', async () => {
  const words = [
    'compare',
    'sample:auto-mpg',
    '--main',
    'mpg',
    '--aux',
    'acceleration=0.2',
    '--epochs',
    '2',
    '--repeats',
    '1',
    '--json',
    '--report',
    'out/report.html',
    '--save-plan',
    'saved.json',
  ];
  const { code, out } = await auxlab(...words, ...small);
  expect(code).toBe(0);
  const document = JSON.parse(out) as ExperimentDocument; // the product's own document
  expect(document).toMatchObject({
    verdict: 'too-early',
    metric: 'rmse',
    status: 'finished',
    arms: [
      { id: 'baseline', role: 'baseline' },
      { id: 'auxiliary', role: 'auxiliary', method: 'fixed' },
    ],
  });
  expect(await readFile(inHome('out/report.html'), 'utf8')).toMatch(/^<!doctype html>/i);
  expect(JSON.parse(await readFile(inHome('saved.json'), 'utf8'))).toMatchObject({
    data: { source: 'sample:auto-mpg' },
    arms: [{ auxiliaries: [{ target: 'acceleration', weight: 0.2 }] }],
  });

  const again = await auxlab('run', 'saved.json', '--json');
  const hashes = (text: string): unknown =>
    (JSON.parse(text) as ExperimentDocument).arms.map(({ runs }) => runs.map(({ finalWeightsSha256 }) => finalWeightsSha256));
  expect(hashes(again.out)).toEqual(hashes(out)); // the same plan twice gives the same weights

  const run = document.arms[1]?.runs[0]?.id ?? '';
  expect(await auxlab('export', run, '--to', 'run')).toEqual({ code: 0, out: `${inHome('run')}\n`, err: '' });
  expect((await readdir(inHome('run'))).sort()).toEqual(['job.json', 'metrics.csv', 'plan.json', 'points.csv', 'run.json', 'weights.npz']);
  const digest = document.provenance.data.digest;
  expect(JSON.parse(await readFile(inHome('run/job.json'), 'utf8'))).toMatchObject({ format: 'auxlab-job/1', runId: run, seed: 1, data: { digest } });
  expect(await readFile(inHome('run/job.json'), 'utf8')).not.toContain(inHome()); // nothing that only this computer has
  const weights = await readFile(inHome('run/weights.npz'));
  const entries = Object.keys(unzipSync(weights));
  expect(entries).toContain('head/main/output/kernel.npy');
  expect(entries.filter((name) => !name.startsWith('trunk/') && !name.startsWith('head/main/'))).toEqual([]); // heads are only for training
  expect(JSON.parse(await readFile(inHome('run/run.json'), 'utf8'))).toMatchObject({
    weights: { file: 'weights.npz', epoch: document.arms[1]?.runs[0]?.selectedEpoch, sha256: createHash('sha256').update(weights).digest('hex') },
  });
  const text = await auxlab('show', document.experimentId);
  expect(text.out).toContain('Too early to tell\n');
  expect(text.out).toMatch(/^Baseline .*1\/1$/m);
  expect((await auxlab('query', "SELECT count(*) AS runs FROM run WHERE status = 'finished'")).out).toBe('runs\n   4\n');
  expect(await auxlab('query', 'DROP TABLE run')).toMatchObject({ code: 2, out: '' });
});

test('an interrupted comparison exits with 130, says how to go on, and resume finishes it', async () => {
  let signals = 0;
  const words = ['compare', 'sample:auto-mpg', '--main', 'mpg', '--aux', 'acceleration', '--epochs', '40', '--repeats', '1', '--name', 'Interrupted', ...small];
  const first = await start(main, words, (err, pid) => {
    if (signals === 0 && err.includes('Training')) {
      signals++;
      process.kill(pid, 'SIGINT'); // at once: its runs have only begun
    }
  });
  expect(first.code).toBe(130);
  const id = /go on with: npx auxlab resume (\S+)/.exec(first.err)?.[1] ?? '';
  expect(id).not.toBe('');
  const second = await auxlab('resume', id, '--json');
  expect(second.code).toBe(0);
  expect(JSON.parse(second.out)).toMatchObject({ experimentId: id, status: 'finished', name: 'Interrupted' });
});

test('a run that fails gives exit code 3 and still its document', async () => {
  const words = [
    'compare',
    'sample:auto-mpg',
    '--main',
    'mpg',
    '--aux',
    'acceleration',
    '--epochs',
    '3',
    '--repeats',
    '1',
    '--optimizer',
    'sgd',
    '--learning-rate',
    '1e30',
    '--json',
    ...small,
  ];
  const { code, out } = await auxlab(...words);
  expect(code).toBe(3);
  expect((JSON.parse(out) as ExperimentDocument).arms.flatMap(({ runs }) => runs.map(({ status }) => status))).toContain('failed');
});

test('arms whose weights are 0 train exactly as the baseline does', async () => {
  const plan = {
    format: 'auxlab-plan/1',
    data: { source: 'sample:auto-mpg' },
    main: { target: 'mpg' },
    arms: [{ auxiliaries: [{ target: 'acceleration', weight: 0.2 }] }],
    engine: { backend: 'cpu', mode: 'eager', threads: 1 },
  };
  await writeFile(inHome('plan.json'), JSON.stringify(plan));
  const { code, out } = await auxlab('verify', '--identity', 'plan.json', '--steps', '3', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ passed: 1, failed: 0 });
});
