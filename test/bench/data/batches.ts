/** What a row of a shuffled batch of 64 costs, in nanoseconds: from memory and from a prepared folder, whose file lies in the page cache. First the bare copy
 *  of its numbers, then encoded as training sees it. Shapes are those of the bundled samples, and pictures of  224 x 224 x 3. Time is that of the processor,
 *  and the least of several rounds counts, because neighbours only add. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stream } from '../../../src-main/contract/random.ts';
import { samples } from '../../../src-main/contract/samples.ts';
import type { PreparedDataset } from '../../../src-main/data/dataset.ts';
import { encodeInputs } from '../../../src-main/data/encode.ts';
import { prepareDataset } from '../../../src-main/data/prepare.ts';
import { readPrepared } from '../../../src-main/data/preparedFolder.ts';
import { writePrepared } from '../../../src-main/data/writePrepared.ts';
import { resolveRoles } from '../../../src-main/data/roles.ts';
import { samplePath } from '../../../src-main/data/samples.ts';
import type { RawDataset } from '../../../src-main/formats/format.ts';
import { openSource } from '../../../src-main/formats/index.ts';
import { FileNumbers, wholeOf, type NumberArray } from '../../../src-main/formats/numbers/numbers.ts';
import { wordsOf } from '../../support/made/noise.ts';
import { scaled, type Part, type PartOrder } from './part.ts';
import { race, type Measured, type Turn } from './race.ts';

const batch = 64;
const nothing = 0; // bytes that are taken into memory; a run takes small sets whole, and then has what stands on the left
const leastMs = 60; // of one measurement
const leastRounds = 7;
const [memory, folder] = ['from memory', 'from the folder'];

export const batches: Part = async (order) => {
  order.say(`\nNanoseconds a row of a shuffled batch of ${batch}`);
  const all: Record<string, readonly Measured[]> = {};
  const cases = [...samples.map(({ id }) => id), largeName];
  for (const name of cases) {
    const raw = name === largeName ? largePictures(scaled(1000, order.scale)) : await openSource(samplePath(name));
    const dataset = prepareDataset(raw, name, `sample:${name}`);
    const place = join(order.scratch, `prepared-${dataset.digest}`);
    writePrepared(dataset, place, nothing);
    if (dataset.array !== null) all[`${name}, copied`] = await measured(order, `${name}, copied`, copies(join(order.scratch, `${name}.bin`), dataset));
    all[`${name}, encoded`] = await measured(order, `${name}, encoded`, encodings(dataset, readPrepared(place, { most: nothing })));
  }
  return all;
};

const largeName = '224 x 224 x 3';

type BatchOf = (rows: Int32Array) => void;

interface Sides {
  readonly rows: number;
  readonly memory: BatchOf;
  readonly folder: BatchOf;
}

async function measured({ rounds, say }: PartOrder, what: string, { rows, ...sides }: Sides): Promise<Measured[]> {
  const turn =
    (side: 'memory' | 'folder', name: string): Turn =>
    () => ({ [name]: secondsARow(rows, sides[side]) });
  const figures = await race([turn('memory', memory), turn('folder', folder)], Math.max(leastRounds, rounds));
  // Two names
  const [fromMemory, fromFolder] = [memory, folder].map((name) => figures.find((figure) => figure.what === name)?.least ?? NaN) as [number, number];
  const nanoseconds = (seconds: number): string => (seconds * 1e9).toFixed(0).padStart(8);
  say(
    `  ${what.padEnd(32)} ${memory} ${nanoseconds(fromMemory)}   ${folder} ${nanoseconds(fromFolder)}   ${(fromFolder / fromMemory).toFixed(2).padStart(6)} x`,
  );
  return figures;
}

function secondsARow(rows: number, write: BatchOf): number {
  const order = new Stream(1, 'batches').permutation(rows);
  const chosen = (at: number): Int32Array => Int32Array.from({ length: batch }, (_, i) => order[(at * batch + i) % rows] ?? 0);
  for (let at = 0; at < 3; at++) write(chosen(at));
  const [begin, startedAt] = [process.cpuUsage(), performance.now()];
  let done = 0;
  while (performance.now() - startedAt < leastMs) write(chosen(done++));
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1e6 / (done * batch);
}

/** Rows of the array, put one after the other. */
function copies(path: string, { array, rows }: PreparedDataset): Sides {
  if (array === null) throw new RangeError('Only arrays are copied by rows.');
  const values: NumberArray<'uint8' | 'float32'> = wholeOf<'uint8' | 'float32'>(array.values);
  writeFileSync(path, values);
  const starts = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++)
    starts[row + 1] = (starts[row] ?? 0) + (array.kind === 'sequence' ? (array.lengths[row] ?? 0) * array.features : values.length / rows);
  const longest = starts.reduce((most, start, row) => Math.max(most, start - (starts[row - 1] ?? 0)), 0);
  const inFile = new FileNumbers({ type: values instanceof Uint8Array ? 'uint8' : 'float32', path, offset: 0, length: values.length });
  const out = new (values instanceof Uint8Array ? Uint8Array : Float32Array)(batch * longest);
  return {
    rows,
    memory: (chosen) => {
      for (let i = 0; i < chosen.length; i++) out.set(values.subarray(starts[chosen[i] ?? 0], starts[(chosen[i] ?? 0) + 1]), i * longest);
    },
    folder: (chosen) => {
      for (let i = 0; i < chosen.length; i++) inFile.readInto(out.subarray(i * longest), starts[chosen[i] ?? 0] ?? 0, starts[(chosen[i] ?? 0) + 1] ?? 0);
    },
  };
}

function encodings(dataset: PreparedDataset, onDisk: PreparedDataset): Sides {
  const all = Int32Array.from({ length: dataset.rows }, (_, row) => row);
  const [near, far] = [dataset, onDisk].map((each) => encodeInputs(each, resolveRoles(each, {}), [], all));
  if (near === undefined || far === undefined) throw new RangeError('Two are encoded.');
  const out = new Float32Array(batch * near.shape.shape.reduce((product, side) => product * side, 1));
  return { rows: dataset.rows, memory: (chosen) => near.write(chosen, out), folder: (chosen) => far.write(chosen, out) };
}

function largePictures(rows: number): RawDataset {
  const words = wordsOf(1, 'large pictures');
  const values = new Uint8Array(rows * 224 * 224 * 3);
  new Uint32Array(values.buffer).forEach((_, at, all) => (all[at] = words()));
  const label = { name: 'label', kind: 'number', values: Float64Array.from({ length: rows }, (_, row) => row % 4) } as const;
  return { format: 'made', rows, columns: [label], array: { kind: 'image', height: 224, width: 224, channels: 3, values }, notes: [] };
}
