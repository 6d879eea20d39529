import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Roles } from '../../src-main/data/roles.ts';
import type { EncodedInputs, PreparedDataset } from '../../src-main/data/dataset.ts';
import { dateText } from '../../src-main/data/dateText.ts';
import { rowMarks } from '../../src-main/data/duplicates.ts';
import { encodeInputs } from '../../src-main/data/encode.ts';
import { readPrepared } from '../../src-main/data/preparedFolder.ts';
import { writePrepared } from '../../src-main/data/writePrepared.ts';
import { profileColumns } from '../../src-main/data/profile.ts';
import { guessRoles } from '../../src-main/data/roles.ts';
import { splitRows, taskColumn } from '../../src-main/data/splits.ts';
import { encodeTarget } from '../../src-main/data/targets.ts';
import { dataWarnings } from '../../src-main/data/warnings.ts';
import { blocksOf, FileNumbers, partOf, wholeOf } from '../../src-main/formats/numbers/numbers.ts';
import type { RawArray } from '../../src-main/formats/format.ts';
import { Stream } from '../../src-main/contract/random.ts';
import { temporaryFolder } from '../formats/support.ts';
import { prepared, series } from './prepared.ts';

const { root } = temporaryFolder();
const rows = 300;
const random = new Stream(7, 'larger-than-memory');
const labels = {
  kind: series(rows, (row) => (row % 17 === 3 ? null : `k${row % 3}`)),
  size: series(rows, (row) => (row % 29 === 5 ? null : Math.sin(row) * 100)),
};
const numbers = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.uniform() * 9 - 4);
const lengths = Int32Array.from({ length: rows }, (_, row) => 1 + (row % 5));
const arrays: Readonly<Record<string, RawArray>> = {
  bytes: { kind: 'image', height: 5, width: 4, channels: 3, values: Uint8Array.from({ length: rows * 60 }, () => Math.floor(random.uniform() * 256)) },
  floats: { kind: 'image', height: 5, width: 4, channels: 2, values: numbers(rows * 40) },
  series: { kind: 'sequence', features: 3, lengths, values: numbers(lengths.reduce((sum, length) => sum + length, 0) * 3) },
  vectors: { kind: 'vector', features: 7, values: numbers(rows * 7) },
};
const cases: Readonly<Record<string, PreparedDataset>> = {
  table: prepared({
    ...labels,
    other: series(rows, (row) => Math.cos(row)),
    word: series(rows, (row) => (row % 11 === 0 ? null : `w${row % 60}`)),
    when: series(rows, (row) => (row % 13 === 0 ? null : dateText(Date.UTC(2021, 0, row, row % 24)))),
  }),
  ...Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, prepared(labels, array)])),
};

/** The same data set in memory and left in its files. */
function bothWays(name: string): { readonly near: PreparedDataset; readonly far: PreparedDataset } {
  const near = cases[name];
  if (near === undefined) throw new Error(`There is no case ${name}.`);
  const folder = join(root, name);
  writePrepared(near, folder, 0);
  return { near, far: readPrepared(folder, { verify: true, most: 0 }) };
}

function batch(inputs: EncodedInputs, chosen: Int32Array): number[] {
  const out = new Float32Array(chosen.length * inputs.shape.shape.reduce((product, length) => product * length, 1)).fill(9);
  inputs.write(chosen, out);
  return [...out];
}

test.each(Object.keys(cases))('%s: what lies in files is split, encoded, described and marked to the bit as what lies in memory', (name) => {
  const { near, far } = bothWays(name);
  expect(far.columns.every((column) => (column.kind === 'class' ? column.codes : column.values) instanceof FileNumbers)).toBe(true);
  if (far.array !== null) expect(far.array.values).toBeInstanceOf(FileNumbers);
  const roles: Roles = { kind: 'target', size: name === 'table' ? 'input' : 'target', other: 'input', word: 'input' };
  const [here, there] = [near, far].map((dataset) => {
    const split = splitRows(
      dataset,
      { kind: 'stratified', train: 0.6, validation: 0.2, test: 0.2, seed: 4 },
      taskColumn(dataset, 'kind', 'classification'),
      0.9,
    );
    const inputs = encodeInputs(dataset, roles, ['kind'], split.train);
    const guesses = guessRoles(dataset);
    return {
      split,
      names: inputs.featureNames,
      batches: [split.train, split.test.toReversed(), Int32Array.of(299, 0, 299)].map((chosen) => batch(inputs, chosen)),
      labels: [encodeTarget(dataset, 'kind', 'classification', split.train), encodeTarget(dataset, 'size', 'regression', split.train)],
      guesses,
      profile: profileColumns(dataset, guesses),
      warnings: dataWarnings(dataset, roles),
      marks: rowMarks(dataset, ['size']),
    };
  });
  expect(there).toEqual(here);
});

test('cells that were changed on the disk are found out, and written anew', () => {
  const { near } = bothWays('table');
  const folder = join(root, 'table');
  const cells = join(folder, 'cells.bin');
  writeFileSync(cells, Buffer.alloc(rows * 5 * 8));
  expect(() => readPrepared(folder, { verify: true, most: 0 })).toThrow(`The prepared data set in ${folder} is damaged: cells.bin does not match its SHA-256.`);
  writePrepared(near, folder, 0);
  expect(readPrepared(folder, { verify: true, most: 0 }).cells).toBeInstanceOf(FileNumbers);
});

test('numbers of a file come in parts, in blocks of whole rows, and end with a sentence where the file was cut off', () => {
  const path = join(root, 'numbers', 'f64.bin');
  mkdirSync(join(root, 'numbers'));
  const all = Float64Array.from({ length: 1_500_000 }, (_, i) => i / 7);
  writeFileSync(path, new Uint8Array(all.buffer));
  const file = new FileNumbers({ type: 'float64', path, offset: 8, length: all.length - 1 });
  expect([...partOf(file, 2, 5)]).toEqual([3 / 7, 4 / 7, 5 / 7]);
  const sizes: number[] = [];
  let sum = 0;
  for (const { start, values } of blocksOf(file, 11)) {
    expect(start % 11).toBe(0);
    sizes.push(values.length);
    sum += values[0] ?? 0;
  }
  expect(sizes.reduce((total, size) => total + size, 0)).toBe(all.length - 1);
  expect(sizes.length).toBeGreaterThan(2);
  expect(sum).toBeGreaterThan(0);
  expect(wholeOf(file)).toEqual(all.subarray(1));
  expect(() => new FileNumbers({ type: 'float64', path, offset: 8, length: all.length }).read(0, 1)).toThrow(/12000000 bytes, 12000008 are needed/);
});
