/** A computer with Node and nothing else on its PATH: no compiler, no Python, no runtime. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolders } from '../support/temporary.ts';
import { forecastSentence } from './forecastSentence.ts';

const folder = temporaryFolders();
const main = resolve(import.meta.dirname, '../../src-main/cli/main.ts');

test('without compiler and Python a comparison says once what is missing and what to do, makes nothing for it, and trains', async () => {
  const home = folder();
  const path = join(home, 'bin');
  mkdirSync(path);
  const words = ['compare', 'sample:auto-mpg', '--main', 'mpg', '--aux', 'acceleration', '--epochs', '1', '--repeats', '1', '--json'];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...words], { env: { PATH: path, AUXLAB_HOME: join(home, 'data') } });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const code = await new Promise((done) => child.on('close', done));
  expect(code, err).toBe(0);
  const lines = err.trim().split('\n');
  expect(lines[0]).toMatch(
    /^No C\+\+ compiler was found \(c\+\+, g\+\+ or clang\+\+\) and no Python 3 with pip; .* Training goes on without TensorFlow, which is slower\.$/,
  );
  expect(lines[1]).toMatch(forecastSentence('2 runs', 'CPU (WebAssembly)'));
  expect(err.match(/compiler/g)).toHaveLength(1);
  const document = JSON.parse(out) as { engine: unknown; warnings: string[] }; // the product's own document
  expect(document.engine).toMatchObject({ backend: 'wasm' });
  expect(document.warnings).toContain("No TensorFlow runtime could be had, so TensorFlow.js's own back end trained, which is slower.");
  expect(readdirSync(join(home, 'data'))).not.toContain('runtimes');
});
