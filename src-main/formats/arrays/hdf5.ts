/** Reads the arrays of HDF5 files as those of NPZ files: data sets are arrays, and groups are part of their names. */
import { LabError, nearestNames } from '../../contract/errors.ts';
import { elementType } from '../numbers/elementTypes.ts';
import type { NumberPiece } from '../numbers/elementTypes.ts';
import type { Format, RawDataset, ReadOptions } from '../format.ts';
import { damaged, openHdf5 } from './hdf5File.ts';
import type { Hdf5Dataset, Hdf5File } from './hdf5File.ts';
import { maxPackedGrowth, sizeText } from '../limits.ts';
import type { LeftOut, NamedArray } from './namedArray.ts';
import { isLeftOut } from './namedArray.ts';
import { assignRoles } from './npzRoles.ts';
import type { ReadRoom } from '../readRoom.ts';
import { listed } from '../refused.ts';
import { readHead, statOf } from '../source.ts';

export const hdf5: Format = {
  id: 'hdf5',
  title: 'HDF5 arrays',
  extensions: ['.h5', '.hdf5', '.hdf'],
  help: 'An HDF5 file of arrays, as h5py makes it: x and y, x_train, y_train, x_test, y_test, or groups train and test with x and y in each.',
  startsAs: ({ head }) => startsAsHdf5(head),
  match: ({ path, isDirectory }) => !isDirectory && /\.(?:h5|hdf5?|he5)$/i.test(path),
  read,
};

/** The signature stands first, or behind a block of the user's. */
function startsAsHdf5(head: Uint8Array): boolean {
  return [0, 512, 1024, 2048].some((at) => Buffer.from(head.subarray(at, at + 8)).toString('latin1') === '\x89HDF\r\n\x1a\n');
}

const pieceBytes = 4 * 1024 * 1024;
const mostRowBytes = 256 * 1024 * 1024;

async function read(path: string, options: ReadOptions, room: ReadRoom): Promise<RawDataset> {
  const { size } = await statOf(path);
  if (!startsAsHdf5((await readHead(path)).head)) throw new LabError('bad-input', `${path} is no HDF5 file: it begins otherwise. Get the file again.`);
  const file = await openHdf5(path);
  try {
    refuseOthers(path, file);
    const { chosen, input } = chosenSets(path, file, options.entry);
    const opened = chosen.map((dataset) => arrayOf(path, dataset, size));
    const arrays = opened.flatMap((array) => (isLeftOut(array) ? [] : [array]));
    const { entry: _, ...others } = options;
    const told = input === null ? others : { ...others, entry: input };
    const data = await assignRoles(path, arrays, { format: 'hdf5', options: told, room, leftOut: opened.filter(isLeftOut) });
    const links = file.left.length === 0 ? [] : [`Links are not followed: ${listed(file.left)}.`];
    return { ...data, notes: [...data.notes, ...links] };
  } catch (cause) {
    if (room.signal?.aborted === true) throw cause;
    throw damaged(path, cause);
  } finally {
    file.close();
  }
}

/** What other programs keep in HDF5 is no set of arrays.  @throws LabError */
function refuseOthers(path: string, { attributes, datasets }: Hdf5File): void {
  const has = (group: string): boolean => datasets.some((dataset) => dataset.path.startsWith(`${group}/`));
  const isKeras =
    attributes.has('keras_version') ||
    attributes.has('layer_names') ||
    has('model_weights') ||
    (has('layers') && datasets.some(({ path: name }) => /\/vars\/\d+$/.test(name)));
  if (isKeras) throw new LabError('bad-input', `${path} holds the weights of a Keras network, not data. Give the file that the network learned from.`);
  if (has('obs') && has('var'))
    throw new LabError('bad-input', `${path} is an AnnData file, which is not read. In Python: adata.to_df().join(adata.obs).to_parquet(...).`);
  if (attributes.has('PYTABLES_FORMAT_VERSION') || [...attributes].some((name) => name.endsWith('@pandas_type')))
    throw new LabError('bad-input', `${path} is a store of pandas or PyTables, which is not read. In Python: pandas.read_hdf(...).to_parquet(...).`);
}

interface Chosen {
  readonly chosen: readonly Hdf5Dataset[];
  readonly input: string | null; // the name of the array that is meant
}

/** @param entry a group whose data sets alone are meant, or the array that is the input   @throws LabError when there is none of that name */
function chosenSets(path: string, { datasets }: Hdf5File, entry: string | undefined): Chosen {
  if (datasets.length === 0) throw new LabError('bad-input', `${path} holds no arrays.`);
  if (entry === undefined) return { chosen: datasets, input: null };
  const name = entry.replace(/^\/+|\/+$/g, '');
  const below = datasets.filter((dataset) => dataset.path.startsWith(`${name}/`));
  if (below.length > 0) return { chosen: below, input: null };
  const named = datasets.find((dataset) => dataset.path === name || nameOf(dataset) === name) ?? datasets.find((dataset) => dataset.path.endsWith(`/${name}`));
  if (named !== undefined) return { chosen: datasets, input: nameOf(named) };
  const names = datasets.map((dataset) => dataset.path);
  const near = nearestNames(name, names);
  throw new LabError('bad-input', `${path} has no entry "${entry}". ${near.length > 0 ? `Did you mean ${near.join(', ')}?` : `There are: ${listed(names)}.`}`);
}

/** Groups are part of the name: 'train_x' for 'train/x'. */
function nameOf({ path }: Hdf5Dataset): string {
  return path.replaceAll('/', '_');
}

function arrayOf(path: string, dataset: Hdf5Dataset, fileBytes: number): NamedArray | LeftOut {
  const { metadata } = dataset;
  const name = nameOf(dataset);
  const where = `${path}, array "${dataset.path}"`;
  const shape = metadata.shape;
  if (shape === null) return { name, where, why: 'it has no values.' };
  if ((metadata.virtual_sources ?? []).length > 0) return { name, where, why: 'its values lie in other files. Save them in this one.' };
  const bytes = metadata.size * shape.reduce((product, length) => product * length, 1);
  if (bytes > maxPackedGrowth(fileBytes)) throw new LabError('bad-input', `${where} unpacks from ${sizeText(fileBytes)} to ${sizeText(bytes)} and is refused.`);
  const type = typeOf(dataset);
  if (type === 'text') return { name, where, type: 'U1', shape, values: { kind: 'text', texts: () => Promise.resolve(dataset.texts()) } };
  const element = type === null ? null : elementType(type);
  if (type === null || element === null) return { name, where, why: whyNot(metadata.type) };
  const rows = shape[0] ?? 1;
  const rowBytes = rows === 0 ? 0 : bytes / rows;
  if (rowBytes > mostRowBytes) throw new LabError('bad-input', `${where} has rows of ${sizeText(rowBytes)}. Rows up to ${sizeText(mostRowBytes)} are read.`);
  const chunk = metadata.chunks?.[0] ?? 1;
  const step = Math.max(1, Math.floor(pieceBytes / Math.max(1, rowBytes * chunk))) * chunk;
  async function* pieces(): AsyncGenerator<NumberPiece> {
    for (let start = 0; start < rows; start += step) {
      const read = dataset.bytes(start, Math.min(rows, start + step));
      yield element?.decode(read, true) ?? read; // the library gives numbers as WebAssembly holds them
      await Promise.resolve(); // lets a stop through between pieces
    }
  }
  return { name, where, type, shape, values: { kind: 'number', pieces } };
}

/** Classes of types of the library, by their numbers (H5Tpublic.h, H5T_class_t). */
const [integer, float, string, compound, reference, enumeration] = [0, 1, 3, 6, 7, 8];

/** NumPy's letter and bytes; null for what is not read. */
function typeOf({ metadata }: Hdf5Dataset): string | null {
  switch (metadata.type) {
    case integer:
      return `${metadata.signed ? 'i' : 'u'}${metadata.size}`;
    case float:
      return `f${metadata.size}`;
    case enumeration: {
      const names = Object.keys(metadata.enum_type?.members ?? {});
      const isBoolean = metadata.size === 1 && names.length === 2 && names.includes('FALSE') && names.includes('TRUE'); // as h5py writes it
      return isBoolean ? 'b1' : `${metadata.signed ? 'i' : 'u'}${metadata.size}`;
    }
    case string:
      return 'text';
    default:
      return null;
  }
}

function whyNot(type: number): string {
  if (type === compound) return 'structured arrays are not read. Save every field as an array of its own.';
  if (type === reference) return 'references are not read. Save what they lead to.';
  return 'its type is not read. Types are whole numbers, numbers of 16, 32 and 64 bits, truth values and texts.';
}
