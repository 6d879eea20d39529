/** Reads folders of pictures, and ZIP archives of such folders. */
import { LabError } from '../../contract/errors.ts';
import { badImageNotes } from './badImages.ts';
import type { Format, RawColumn, RawDataset, ReadOptions } from '../format.ts';
import { refuseAnnotated } from './imageAnnotations.ts';
import { listFolderImages, listZipImages, othersText } from './imageFiles.ts';
import type { ImageFile, ImageListing } from './imageFiles.ts';
import { readKinds } from './imageKinds.ts';
import { imageLabels } from './imageLabels.ts';
import type { ImageLabels } from './imageLabels.ts';
import { layoutOf } from './imageLayout.ts';
import type { ImageLayout } from './imageLayout.ts';
import { classesFromNames } from './imageNames.ts';
import { decodeImages } from './imagePixels.ts';
import { addColumns } from '../labelFiles.ts';
import { pickRows } from '../rawColumns.ts';
import type { ReadRoom } from '../readRoom.ts';
import { statOf } from '../source.ts';

export const imageFolder: Format = {
  id: 'image-folder',
  title: 'Folder of images',
  extensions: ['.zip'],
  help:
    'A folder (or ZIP) with PNG, JPEG, WebP, GIF, TIFF, AVIF or BMP images, one folder a class, perhaps inside train, val and test; ' +
    'further label columns in a labels.csv with a column file.',
  opens: ['zip'],
  match: ({ path, isDirectory, head }) => isDirectory || (/\.zip$/i.test(path) && head[0] === 0x50 && head[1] === 0x4b),
  read,
};

async function read(path: string, options: ReadOptions, room: ReadRoom): Promise<RawDataset> {
  const listing = (await statOf(path)).isDirectory() ? await listFolderImages(path, room.signal) : await listZipImages(path);
  try {
    return await readListing(path, listing, options, room);
  } finally {
    await listing.close();
  }
}

async function readListing(path: string, listing: ImageListing, options: ReadOptions, room: ReadRoom): Promise<RawDataset> {
  if (listing.images.length === 0) throw noImages(path, listing);
  const { images, columns, notes } = await labelled(path, listing, options);
  const decoded = await decodeImages(images, options, room);
  const told = badImageNotes(path, decoded.bad, images.length);
  if (decoded.array === null) throw new RangeError('Without a good image, badImageNotes refuses.');
  const good = Int32Array.from(decoded.good);
  const kept = decoded.bad.length === 0 ? columns : columns.map((column) => pickRows(column, good));
  const lost = decoded.bad.length === 0 ? [] : lostClasses(columns, kept);
  const others = listing.others.size > 0 ? [`Images of kinds that are not read were left out: ${othersText(listing.others)}.`] : [];
  return {
    format: 'image-folder',
    rows: good.length,
    columns: kept,
    array: decoded.array,
    found: { width: decoded.array.width, height: decoded.array.height },
    notes: [...decoded.notes, ...told, ...lost, ...notes, ...listing.notes, ...others],
  };
}

interface Labelled {
  readonly images: readonly ImageFile[];
  readonly columns: readonly RawColumn[];
  readonly notes: readonly string[];
}

/** The pictures that are kept, with what folders, names and tables tell of them. */
async function labelled(path: string, { images, tables, texts }: ImageListing, options: ReadOptions): Promise<Labelled> {
  const paths = images.map((image) => image.path);
  const bare = layoutOf(paths, false);
  const hasClasses = new Set(bare.classes).size > 1;
  const labels = await imageLabels(tables, paths, options, hasClasses);
  if (labels === null) refuseAnnotated(path, paths, texts, bare.classes);
  const layout = labels === null ? withNamedClasses(bare, paths) : layoutOf(paths, true);
  const isKept = paths.map((_, row) => isWanted(row, layout, labels));
  const kept = Int32Array.from(paths.keys()).filter((row) => isKept[row] === true);
  const unlabelled = labels === null ? 0 : paths.length - kept.length;
  const columns = layoutColumns(layout, isKept);
  if (labels === null && !columns.some(({ name }) => name === 'class')) throw noLabels(path);
  const { columns: all, notes: renamed } = addColumns(columns, labels?.columns ?? [], labels?.from ?? '');
  const notes = [...(labels?.notes ?? []), ...layout.notes, ...missingNotes(labels, isKept), ...renamed];
  if (unlabelled > 0) notes.push(`${unlabelled} images without any label were left out.`);
  const picked = kept.length === paths.length ? all : all.map((column) => pickRows(column, kept));
  return { images: Array.from(kept, (row) => images[row]).filter((image) => image !== undefined), columns: picked, notes };
}

function isWanted(row: number, { classes, isLeftOut }: ImageLayout, labels: ImageLabels | null): boolean {
  if (labels === null) return isLeftOut[row] !== true;
  return labels.isNamed[row] === true || (classes[row] ?? null) !== null;
}

/** Where no folder tells a class, names may: cat.0.jpg. */
function withNamedClasses(layout: ImageLayout, paths: readonly string[]): ImageLayout {
  if (layout.classes.some((name) => name !== null)) return layout;
  const classes = classesFromNames(paths);
  if (classes === null) return layout;
  const without = classes.filter((name) => name === null).length;
  const example = paths.find((_, row) => classes[row] !== null) ?? '';
  const notes = [`The class is the beginning of the file name, as in ${example}.`];
  if (without > 0) notes.push(`${without} images whose names tell no class were left out, such as ${paths[classes.indexOf(null)] ?? ''}.`);
  return { ...layout, classes, isLeftOut: classes.map((name) => name === null), notes: [...layout.notes, ...notes] };
}

function layoutColumns({ splits, classes }: ImageLayout, isKept: readonly boolean[]): RawColumn[] {
  const columns: RawColumn[] = [];
  const kept = splits.filter((_, row) => isKept[row] === true);
  if (new Set(kept).size > 1) columns.push({ name: 'split', kind: 'text', values: splits });
  if (classes.some((name) => name !== null)) columns.push({ name: 'class', kind: 'text', values: classes });
  return columns;
}

function missingNotes(labels: ImageLabels | null, isKept: readonly boolean[]): string[] {
  const without = labels === null ? 0 : labels.isNamed.filter((isNamed, row) => !isNamed && isKept[row] === true).length;
  return without > 0 ? [`${without} images are not in ${labels?.from ?? ''}; their labels are missing.`] : [];
}

/** Classes of which no picture decodes. */
function lostClasses(before: readonly RawColumn[], after: readonly RawColumn[]): string[] {
  const namesIn = (columns: readonly RawColumn[]): Set<string> =>
    new Set(columns.flatMap((column) => (column.name === 'class' && column.kind === 'text' ? column.values.filter((name) => name !== null) : [])));
  const left = namesIn(after);
  const lost = [...namesIn(before)].filter((name) => !left.has(name));
  return lost.length > 0 ? [`No image is left of the ${lost.length === 1 ? 'class' : 'classes'} ${lost.join(', ')}.`] : [];
}

function noImages(path: string, { others }: ImageListing): LabError {
  if (others.size > 0)
    return new LabError(
      'bad-input',
      `${path} holds no images that are read, but others: ${othersText(others)}. Read are ${readKinds}: save them as one of these.`,
    );
  return new LabError('bad-input', `${path} holds no images (${readKinds}). Give a folder with one folder a class, or a data file by itself.`);
}

function noLabels(path: string): LabError {
  const text =
    `${path} has images but no labels: no class is told by folders, names or a table. Put the images of every class into a folder of ` +
    'their own, or add a labels.csv with the column file and a column for each label.';
  return new LabError('bad-input', text);
}
