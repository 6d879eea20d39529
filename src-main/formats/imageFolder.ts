/** Reads folders of PNG and JPEG images, and ZIP archives of such folders. */
import { LabError } from '../contract/errors.ts';
import type { Format, RawDataset, ReadOptions } from './format.ts';
import { listFolderImages, listZipImages } from './imageFiles.ts';
import type { ImageListing } from './imageFiles.ts';
import { csvColumns, folderColumns } from './imageLabels.ts';
import { decodeImages } from './imagePixels.ts';
import { addColumns } from './labelFiles.ts';
import { statOf } from './source.ts';

export const imageFolder: Format = {
  id: 'image-folder',
  title: 'Folder of images',
  extensions: ['.zip'],
  help:
    'A folder (or ZIP) with PNG or JPEG images, one folder a class, perhaps inside train, val and test; ' +
    'further label columns in a labels.csv with a column file.',
  match: ({ path, isDirectory, head }) => isDirectory || (/\.zip$/i.test(path) && head[0] === 0x50 && head[1] === 0x4b),
  read,
};

async function read(path: string, options: ReadOptions): Promise<RawDataset> {
  const listing = (await statOf(path)).isDirectory() ? await listFolderImages(path) : await listZipImages(path);
  try {
    return await readListing(path, listing, options);
  } finally {
    await listing.close();
  }
}

async function readListing(path: string, { images, labels, notes }: ImageListing, options: ReadOptions): Promise<RawDataset> {
  if (images.length === 0)
    throw new LabError('bad-input', `${path} holds no PNG or JPEG images. Give a folder with one folder a class, or a data file by itself.`);
  const paths = images.map((image) => image.path);
  const told = folderColumns(paths);
  if (labels === null && told.length === 0)
    throw new LabError(
      'bad-input',
      `${path} has images but no labels. Put the images of every class into a folder of ` +
        'their own, or add a labels.csv with the column file and a column for each label.',
    );
  const further = labels === null ? { columns: [], notes: [] } : csvColumns(labels.shown, labels.bytes, paths, options);
  const { columns, notes: renamed } = addColumns(told, further.columns, 'labels.csv');
  const { array, notes: pixelNotes } = await decodeImages(images, options);
  return { format: 'image-folder', rows: images.length, columns, array, notes: [...pixelNotes, ...further.notes, ...renamed, ...notes] };
}
