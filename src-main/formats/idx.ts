/** Reads IDX files as MNIST and its relatives publish them: pairs of images and labels, gzip or not, train and test parts. */
import { basename, dirname, join } from 'node:path';
import { LabError } from '../contract/errors.ts';
import type { Format, RawArray, RawColumn, RawDataset, ReadOptions } from './format.ts';
import { decodeIdx, startsAsIdx } from './idxFile.ts';
import type { IdxArray } from './idxFile.ts';
import { withLabelsCsv } from './idxLabels.ts';
import { findBeside, readClassNames } from './labelFiles.ts';
import { listFolder, plainName, readBytes, statOf } from './source.ts';
import { joinParts, splitNames, splitOfWord } from './splitNames.ts';
import type { SplitName } from './splitNames.ts';

export const idx: Format = {
  id: 'idx',
  title: 'IDX images and labels',
  extensions: ['-ubyte', '-ubyte.gz', '.idx', '.idx.gz'],
  help: 'A folder with the pair *-images-idx3-ubyte and *-labels-idx1-ubyte (train, and t10k or test), .gz or not, or one file of a pair.',
  match: ({ path, isDirectory, entries, head }) =>
    isDirectory
      ? entries.some((name) => partOf(name)?.role === 'images')
      : startsAsIdx(head) || partOf(basename(path)) !== null || /\.idx$/i.test(plainName(path)),
  read,
};

/** One file of a pair: 'train-' 'images' '-idx3-ubyte.gz'. */
interface IdxPart {
  readonly name: string;
  readonly prefix: string;
  readonly role: 'images' | 'labels';
}

function partOf(name: string): IdxPart | null {
  const [, prefix = '', role] = /^(.*?)(images|labels)[-._]idx\d(?:-[a-z]+)?(?:\.gz)?$/i.exec(name) ?? [];
  if (role === undefined) return null;
  return { name, prefix, role: role.toLowerCase() === 'images' ? 'images' : 'labels' };
}

/** The split that a prefix ends with: 'train-' and 'emnist-letters-train-' are train. */
function splitOfPrefix(prefix: string): SplitName | null {
  const word = prefix
    .split(/[-._]/)
    .filter((piece) => piece !== '')
    .at(-1);
  return word === undefined ? null : splitOfWord(word);
}

async function read(path: string, options: ReadOptions): Promise<RawDataset> {
  if ((await statOf(path)).isDirectory()) return readFolder(path, options);
  const folder = dirname(path);
  const part = partOf(basename(path));
  if (part === null) return withLabelsCsv(folder, alone(path, decodeIdx(path, await readBytes(path))), null, options);
  const parts = (await listFolder(folder)).flatMap((name) => partOf(name) ?? []);
  const partner = bestOf(
    parts.filter(({ prefix, role }) => prefix === part.prefix && role !== part.role),
    part.name.endsWith('.gz'),
  );
  const images = part.role === 'images' ? path : partner === null ? null : join(folder, partner.name);
  const labels = part.role === 'labels' ? path : partner === null ? null : join(folder, partner.name);
  return withLabelsCsv(folder, await readPair(folder, part.prefix, images, labels), splitOfPrefix(part.prefix), options);
}

async function readFolder(folder: string, options: ReadOptions): Promise<RawDataset> {
  const parts = (await listFolder(folder)).flatMap((name) => partOf(name) ?? []);
  const prefixes = [...new Set(parts.filter(({ role }) => role === 'images').map(({ prefix }) => prefix))];
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
    const find = (wanted: IdxPart['role']): string | null => {
      const found = bestOf(
        parts.filter((part) => part.prefix === prefix && part.role === wanted),
        false,
      );
      return found === null ? null : join(folder, found.name);
    };
    const images = find('images');
    pairs.push({ split: splitOfPrefix(prefix), path: images ?? folder, data: await readPair(folder, prefix, images, find('labels')) });
  }
  const [only] = pairs;
  if (pairs.length === 1 && only !== undefined) return withLabelsCsv(folder, only.data, only.split, options);
  const ordered = splitNames.flatMap((split) => pairs.filter((pair) => pair.split === split).map((pair) => ({ ...pair, split })));
  return withLabelsCsv(folder, joinParts(ordered), null, options);
}

/** The unpacked file when both are there, as it is read faster; the packed one when the user named a packed partner. */
function bestOf(parts: readonly IdxPart[], prefersGzip: boolean): IdxPart | null {
  return parts.find(({ name }) => name.endsWith('.gz') === prefersGzip) ?? parts[0] ?? null;
}

async function readPair(folder: string, prefix: string, imagesPath: string | null, labelsPath: string | null): Promise<RawDataset> {
  if (imagesPath === null)
    throw new LabError(
      'bad-input',
      `${labelsPath ?? folder} has labels without images: expected ${prefix}images-idx3-ubyte or ${prefix}images-idx3-ubyte.gz beside it.`,
    );
  const images = decodeIdx(imagesPath, await readBytes(imagesPath));
  const data = alone(imagesPath, images);
  if (labelsPath === null) {
    if ((await findBeside(folder, ['labels.csv'])) !== null) return data;
    throw new LabError(
      'bad-input',
      `${imagesPath} has images without labels: expected ${prefix}labels-idx1-ubyte, ${prefix}labels-idx1-ubyte.gz or labels.csv beside it.`,
    );
  }
  const labels = decodeIdx(labelsPath, await readBytes(labelsPath));
  if (labels.shape[0] !== images.shape[0])
    throw new LabError('bad-input', `${labelsPath} has ${labels.shape[0] ?? 0} labels, but ${imagesPath} has ${images.shape[0] ?? 0} images.`);
  const classes = await readClassNames(folder);
  const columns = labelColumns(labelsPath, labels);
  const [column] = columns;
  if (classes === null || columns.length > 1 || column === undefined) return { ...data, columns };
  return { ...data, columns: [named(labelsPath, column, classes)], notes: [...data.notes, `Class names from labels.txt: ${classes.names.length}.`] };
}

/** An IDX file by itself: three or four dimensions are images, two are vectors, one is a label column. */
function alone(path: string, { shape, values, exact, notes }: IdxArray): RawDataset {
  const [rows = 0, second = 1, third = 1, fourth = 1] = shape;
  if (shape.length === 1) return { format: 'idx', rows, columns: [numbers('label', rows, exact)], notes };
  const array: RawArray =
    shape.length === 2
      ? { kind: 'vector', features: second, values: Float32Array.from(values) }
      : { kind: 'image', height: second, width: third, channels: fourth, values };
  if (fourth > 4)
    throw new LabError('bad-input', `${path} has ${fourth} values a pixel (shape ${shape.join('x')}). Images have 1 to 4 channels, in the last dimension.`);
  return { format: 'idx', rows, columns: [], array, notes };
}

/** 'label', or 'label1' ... when there are several a row. */
function labelColumns(path: string, { shape, exact }: IdxArray): RawColumn[] {
  const [rows = 0, width = 1] = shape;
  if (shape.length > 2)
    throw new LabError(
      'bad-input',
      `${path} has labels of ${shape.length} dimensions (${shape.join('x')}). Labels have one, or two with several labels a row.`,
    );
  if (width === 1) return [numbers('label', rows, exact)];
  return Array.from({ length: width }, (_, i) => numbers(`label${i + 1}`, rows, (row) => exact(row * width + i)));
}

function numbers(name: string, rows: number, at: (row: number) => number): RawColumn {
  return { name, kind: 'number', values: Float64Array.from({ length: rows }, (_, row) => at(row)) };
}

function named(labelsPath: string, column: RawColumn, classes: { readonly path: string; readonly names: readonly string[] }): RawColumn {
  if (column.kind === 'text') return column;
  const values = Array.from(column.values, (code, row) => {
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
