/** Reads IDX files as MNIST and its relatives publish them: pairs of images and labels, gzip or not, train and test parts. */
import { LabError } from '../../contract/errors.ts';
import { readInput } from './arrayInput.ts';
import { sourceOfFile } from '../archives/byteSource.ts';
import type { Format, RawColumn, RawDataset, ReadOptions } from '../format.ts';
import { openIdx, roundingNotes, startsAsIdx } from './idxFile.ts';
import { holdsIdx, homeOf, isGzipName, isSamePrefix, listParts, partOfName } from './idxFolder.ts';
import type { IdxPart } from './idxFolder.ts';
import { withLabelsCsv } from './idxLabels.ts';
import { findBeside, readClassNames } from '../labelFiles.ts';
import { allNumbers } from './namedArray.ts';
import type { NamedArray } from './namedArray.ts';
import { readingOf } from './arrayReading.ts';
import { wholeOf } from '../numbers/numbers.ts';
import type { ReadRoom } from '../readRoom.ts';
import { plainName, statOf } from '../source.ts';
import { joinParts, splitNames, splitOfWord } from '../splitNames.ts';
import type { SplitName } from '../splitNames.ts';

export const idx: Format = {
  id: 'idx',
  title: 'IDX images and labels',
  extensions: ['-ubyte', '-ubyte.gz', '.idx', '.idx.gz'],
  help: 'A folder with the pair *-images-idx3-ubyte and *-labels-idx1-ubyte (train, and t10k or test), .gz or not, or one file of a pair.',
  hasNeighbours: true,
  opens: ['gzip'],
  match: ({ path, isDirectory, entries, head }) =>
    isDirectory ? holdsIdx(path, entries) : startsAsIdx(head) || partOfName(path) !== null || /\.idx$/i.test(plainName(path)),
  read,
};

/** The split that a prefix ends with: 'train-' and 'emnist-letters-train-' are train. */
function splitOfPrefix(prefix: string): SplitName | null {
  const word = prefix
    .split(/[-._]/)
    .filter((piece) => piece !== '')
    .at(-1);
  return word === undefined ? null : splitOfWord(word);
}

async function read(path: string, options: ReadOptions, room: ReadRoom): Promise<RawDataset> {
  if ((await statOf(path)).isDirectory()) return readFolder(path, options, room);
  const folder = homeOf(path);
  const part = partOfName(path);
  if (part === null) return withLabelsCsv(folder, await alone(await openIdx(path, await sourceOfFile(path, room.signal)), room), null, options);
  const partner = bestOf(
    (await listParts(folder)).filter(({ prefix, role }) => isSamePrefix(prefix, part.prefix) && role !== part.role),
    isGzipName(path),
  );
  const images = part.role === 'images' ? path : partner;
  const labels = part.role === 'labels' ? path : partner;
  return withLabelsCsv(folder, await readPair(folder, part.prefix, images, labels, room), splitOfPrefix(part.prefix), options);
}

async function readFolder(folder: string, options: ReadOptions, room: ReadRoom): Promise<RawDataset> {
  const parts = await listParts(folder);
  const prefixes = parts
    .filter(({ role }) => role === 'images')
    .map(({ prefix }) => prefix)
    .filter((prefix, i, all) => all.findIndex((other) => isSamePrefix(other, prefix)) === i);
  if (prefixes.length === 0)
    throw new LabError('bad-input', `${folder} has no images: expected a file such as train-images-idx3-ubyte or train-images-idx3-ubyte.gz.`);
  const splits = prefixes.map(splitOfPrefix);
  const areSplits = splits.every((split, i) => split !== null && splits.indexOf(split) === i);
  if (prefixes.length > 1 && !areSplits)
    throw new LabError(
      'bad-input',
      `${folder} has several sets of images that are not train and test of one: ` +
        `${prefixes.map((prefix) => `${prefix}images`).join(', ')}. Give one of the files.`,
    );
  const pairs: { split: SplitName | null; path: string; data: RawDataset }[] = [];
  for (const prefix of prefixes) {
    const find = (wanted: IdxPart['role']): string | null =>
      bestOf(
        parts.filter((part) => isSamePrefix(part.prefix, prefix) && part.role === wanted),
        false,
      );
    const images = find('images');
    pairs.push({ split: splitOfPrefix(prefix), path: images ?? folder, data: await readPair(folder, prefix, images, find('labels'), room) });
  }
  const [only] = pairs;
  if (pairs.length === 1 && only !== undefined) return withLabelsCsv(folder, only.data, only.split, options);
  const ordered = splitNames.flatMap((split) => pairs.filter((pair) => pair.split === split).map((pair) => ({ ...pair, split })));
  return withLabelsCsv(folder, joinParts(ordered, room), null, options);
}

/** The unpacked file when both are there, as it is read faster; the packed one when the user named a packed partner. */
function bestOf(parts: readonly IdxPart[], prefersGzip: boolean): string | null {
  return (parts.find(({ path }) => isGzipName(path) === prefersGzip) ?? parts[0])?.path ?? null;
}

async function readPair(folder: string, prefix: string, imagesPath: string | null, labelsPath: string | null, room: ReadRoom): Promise<RawDataset> {
  if (imagesPath === null)
    throw new LabError(
      'bad-input',
      `${labelsPath ?? folder} has labels without images: expected ${prefix}images-idx3-ubyte or ${prefix}images-idx3-ubyte.gz beside it.`,
    );
  const images = await openIdx(imagesPath, await sourceOfFile(imagesPath, room.signal));
  if (labelsPath === null) {
    if ((await findBeside(folder, ['labels.csv'])) !== null) return alone(images, room);
    throw new LabError(
      'bad-input',
      `${imagesPath} has images without labels: expected ${prefix}labels-idx1-ubyte, ${prefix}labels-idx1-ubyte.gz or labels.csv beside it.`,
    );
  }
  const labels = await openIdx(labelsPath, await sourceOfFile(labelsPath, room.signal));
  if (labels.shape[0] !== images.shape[0])
    throw new LabError('bad-input', `${labelsPath} has ${labels.shape[0] ?? 0} labels, but ${imagesPath} has ${images.shape[0] ?? 0} images.`);
  const classes = await readClassNames(folder);
  const columns = await labelColumns(labelsPath, labels);
  const [column] = columns;
  const data = await alone(images, room);
  if (classes === null || columns.length > 1 || column === undefined) return { ...data, columns };
  return { ...data, columns: [named(labelsPath, column, classes)], notes: [...data.notes, `Class names from labels.txt: ${classes.names.length}.`] };
}

/** An IDX file by itself: three or four dimensions are images, two are vectors, one is a label column. */
async function alone(array: NamedArray, room: ReadRoom): Promise<RawDataset> {
  const { where, shape } = array;
  const [rows = 0, , , channels = 1] = shape;
  const notes = roundingNotes(array);
  if (shape.length === 1) return { format: 'idx', rows, columns: await labelColumns(where, array), notes };
  if (channels > 4)
    throw new LabError('bad-input', `${where} has ${channels} values a pixel (shape ${shape.join('x')}). Images have 1 to 4 channels, in the last dimension.`);
  const kind = shape.length === 2 ? 'vector' : 'image';
  return { format: 'idx', rows, columns: [], array: await readInput(array, { kind, isTurned: false, note: '' }, readingOf([array], room)), notes };
}

/** 'label', or 'label1' ... when there are several a row. */
async function labelColumns(path: string, array: NamedArray): Promise<RawColumn[]> {
  const { shape } = array;
  const [rows = 0, width = 1] = shape;
  if (shape.length > 2)
    throw new LabError(
      'bad-input',
      `${path} has labels of ${shape.length} dimensions (${shape.join('x')}). Labels have one, or two with several labels a row.`,
    );
  const values = await allNumbers(array);
  if (width === 1) return [{ name: 'label', kind: 'number', values }];
  return Array.from({ length: width }, (_, i) => ({
    name: `label${i + 1}`,
    kind: 'number',
    values: Float64Array.from({ length: rows }, (_row, row) => values[row * width + i] ?? NaN),
  }));
}

function named(labelsPath: string, column: RawColumn, classes: { readonly path: string; readonly names: readonly string[] }): RawColumn {
  if (column.kind !== 'number') return column;
  const values = Array.from(wholeOf(column.values), (code, row) => {
    const name = classes.names[code];
    if (name === undefined)
      throw new LabError(
        'bad-input',
        `${labelsPath}, row ${row + 1}: label ${code}, but ${classes.path} names only the classes 0 to ${classes.names.length - 1}.`,
      );
    return name;
  });
  return { name: column.name, kind: 'text', values };
}
