/** Opens HDF5 files with the HDF5 library itself, compiled to WebAssembly and loaded when it is first needed. Read-only and by position. A file can name others
 *  (external links, external storage, virtual data sets), which the library would open unasked: here it opens the one file and no other. */
import { resolve } from 'node:path';
import type { Dataset, Datatype, Group, Metadata, ready } from 'h5wasm/node';
import { LabError } from '../../contract/errors.ts';

export interface Hdf5Dataset {
  readonly path: string; // inside the file, without the first '/': 'train/x'
  readonly metadata: Metadata;
  /** The bytes of rows, little-endian. */
  bytes(start: number, end: number): Uint8Array;
  /** All values of a data set of texts. */
  texts(): readonly string[];
}

export interface Hdf5File {
  readonly datasets: readonly Hdf5Dataset[]; // in the order of the file
  readonly left: readonly string[]; // links
  readonly attributes: ReadonlySet<string>; // names of those of the file, and of its groups as 'group@name'
  close(): void;
}

const mostObjects = 10_000;
const mostDepth = 16;
const externalLink = 4; // H5G_UDLINK of H5Gpublic.h

/** @throws LabError bad-input when it is none, or is damaged */
export async function openHdf5(path: string): Promise<Hdf5File> {
  const h5 = await import('h5wasm/node');
  const module = await h5.ready;
  guard(module);
  const release = onlyOpen(path);
  try {
    const file = new h5.File(path, 'r');
    try {
      const found: Found = { datasets: [], left: [], attributes: new Set(), seen: 0 };
      collect(path, file, '', 0, h5, found);
      const datasets = found.datasets.map((dataset) => datasetOf(module, dataset));
      return {
        datasets,
        left: found.left,
        attributes: found.attributes,
        close: () => {
          release();
          file.close();
        },
      };
    } catch (error) {
      file.close();
      throw error;
    }
  } catch (cause) {
    release();
    throw damaged(path, cause);
  }
}

/** What the library said, as a sentence. */
export function damaged(path: string, cause: unknown): LabError {
  if (cause instanceof LabError) return cause;
  const why = lastReason() ?? (cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)).replace(/\.$/, '');
  return new LabError('bad-input', `${path} is damaged or cut off, or of a kind of HDF5 that is not read (${why.slice(0, 200)}). Get the file again.`, {
    cause,
  });
}

type H5Module = Awaited<typeof ready>;

interface Classes {
  readonly Dataset: typeof Dataset;
  readonly Group: typeof Group;
  readonly Datatype: typeof Datatype;
}

interface Found {
  readonly datasets: Dataset[];
  readonly left: string[];
  readonly attributes: Set<string>;
  seen: number;
}

function collect(file: string, group: Group, inside: string, depth: number, h5: Classes, found: Found): void {
  for (const name of Object.keys(group.attrs)) found.attributes.add(inside === '' ? name : `${inside}@${name}`);
  if (depth > mostDepth) throw new LabError('bad-input', `${file} has groups in groups, more than ${mostDepth} deep. Save the arrays in fewer.`);
  for (const name of group.keys()) {
    if (++found.seen > mostObjects) throw new LabError('bad-input', `${file} holds more than ${mostObjects} objects. Save the arrays in one, a row for each.`);
    const path = inside === '' ? name : `${inside}/${name}`;
    if (isLink(group, `/${path}`)) {
      found.left.push(path);
      continue;
    }
    const entity = group.get(name);
    if (entity instanceof h5.Dataset) found.datasets.push(entity);
    else if (entity instanceof h5.Group) collect(file, entity, path, depth + 1, h5, found);
    else if (!(entity instanceof h5.Datatype)) found.left.push(path);
  }
}

/** Whether a name stands for an object elsewhere in the file, which is met there, or in another file. */
function isLink(group: Group, path: string): boolean {
  const target: string | null = group.get_link(path); // null for an object itself, whatever its types say
  return (target ?? '') !== '' || group.get_type(path) === externalLink;
}

function datasetOf(module: H5Module, dataset: Dataset): Hdf5Dataset {
  const { metadata, file_id: file, path } = dataset;
  const shape = metadata.shape ?? [];
  return {
    path: path.replace(/^\/+/, ''),
    metadata,
    bytes(start, end) {
      const count = shape.map((size, axis) => BigInt(axis === 0 ? end - start : size));
      const offset = shape.map((_, axis) => BigInt(axis === 0 ? start : 0));
      const length = metadata.size * Number(count.reduce((product, size) => product * size, 1n));
      const at = module._malloc(length);
      if (at === 0) throw new RangeError(`no memory for ${length} bytes`);
      try {
        const isWhole = shape.length === 0;
        const strides = shape.map(() => 1n);
        const status = module.get_dataset_data(file, path, isWhole ? null : count, isWhole ? null : offset, isWhole ? null : strides, BigInt(at));
        if (status < 0) throw new RangeError(`${path} cannot be read`);
        return module.HEAPU8.slice(at, at + length);
      } finally {
        module._free(at);
      }
    },
    texts() {
      const value: unknown = dataset.value;
      return (Array.isArray(value) ? value : [value]).map(String);
    },
  };
}

/** The part of the library's file system that is used: it calls these for every file. */
interface FileSystem {
  open(path: string, ...rest: readonly unknown[]): unknown;
  write(stream: { readonly fd?: number }, buffer: Uint8Array, offset: number, length: number, ...rest: readonly unknown[]): number;
}

/** Files that the library may open now, and how often that was asked for. */
const allowed = new Map<string, number>();
let isGuarded = false;
let said = ''; // what the library wrote to the terminal since the last file was opened

/** The library opens nothing but what is allowed, and what it has to say of its errors is kept for the sentence. */
function guard(module: H5Module): void {
  if (isGuarded) return;
  isGuarded = true;
  const files = module.FS as unknown as FileSystem; // its types are those of a browser
  const open = files.open.bind(files);
  const write = files.write.bind(files);
  files.open = (name, ...rest) => {
    if (allowed.has(resolve(name))) return open(name, ...rest);
    throw Object.assign(new Error(`${name} is not opened`), { name: 'ErrnoError', errno: 44 }); // what Emscripten calls a file that is not there
  };
  files.write = (stream, buffer, offset, length, ...rest) => {
    if (stream.fd !== 1 && stream.fd !== 2) return write(stream, buffer, offset, length, ...rest);
    said += Buffer.from(buffer.subarray(offset, offset + length)).toString('latin1');
    return length;
  };
}

/** The innermost reason is written last. */
function lastReason(): string | null {
  return [...said.matchAll(/ in \w+\(\): (.+)/g)].at(-1)?.[1] ?? null;
}

/** @returns ends the permission */
function onlyOpen(path: string): () => void {
  said = '';
  const key = resolve(path);
  allowed.set(key, (allowed.get(key) ?? 0) + 1);
  let isHeld = true;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    const left = (allowed.get(key) ?? 1) - 1;
    if (left === 0) allowed.delete(key);
    else allowed.set(key, left);
  };
}
