/** Keeps the data sets that are at work within reach, so that a file is read once: by the look at its columns, the check of a plan and its first run together,
 *  and by all pages of rows that a window asks for. A file that was written since is read anew. */
import { stat } from 'node:fs/promises';
import type { DataPlan } from '../../contract/plan.ts';
import type { PreparedDataset } from '../../data/dataset.ts';
import { isSample } from '../../contract/samples.ts';
import { statOf } from '../../formats/source.ts';
import { absoluteSource } from './planFile.ts';

const mostKept = 6;
const mostBytes = 1024 ** 3;

/** Reads a data set.  @throws LabError bad-input naming file, row or option; interrupted */
export type ReadData = (
  data: Pick<DataPlan, 'source' | 'format'> & { readonly options?: DataPlan['options'] },
  signal?: AbortSignal,
) => Promise<PreparedDataset>;

export interface DataShelf {
  readonly read: ReadData;
  /** Bytes of a file, null for folders and samples.  @throws LabError when there is no such file */
  sizeOf(source: string): Promise<number | null>;
  /** Lets go of everything: who trains for hours leaves the memory to its workers. */
  clear(): void;
}

/** @param read how a data set is read when it is not at hand   @param folder where relative sources start */
export function dataShelf(read: ReadData, folder: string): DataShelf {
  const shelf = new Map<string, Promise<PreparedDataset>>();
  const sizes = new Map<string, number>();

  const makeRoom = (): void => {
    const total = (): number => [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
    for (const key of shelf.keys()) {
      if (shelf.size <= mostKept && (total() <= mostBytes || shelf.size === 1)) return;
      shelf.delete(key);
      sizes.delete(key);
    }
  };

  return {
    async read(data, signal) {
      const source = absoluteSource(data.source, folder);
      const mark = isSample(source) ? '' : await changeMark(source);
      const key = JSON.stringify([source, mark, data.format ?? null, told(data.options ?? {})]);
      const kept = shelf.get(key);
      if (kept !== undefined) {
        shelf.delete(key); // the one that was used last goes last
        shelf.set(key, kept);
        return kept;
      }
      const reading = read({ ...data, source }, signal);
      shelf.set(key, reading);
      try {
        const dataset = await reading;
        sizes.set(key, bytesOf(dataset));
        makeRoom();
        return dataset;
      } catch (error) {
        shelf.delete(key);
        throw error;
      }
    },
    async sizeOf(source) {
      if (isSample(source)) return null;
      const info = await statOf(absoluteSource(source, folder));
      return info.isFile() ? info.size : null;
    },
    clear() {
      shelf.clear();
      sizes.clear();
    },
  };
}

/** Reading options in one order, without those that say nothing. */
function told(options: object): readonly (readonly [string, unknown])[] {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Differs when the file or folder was written since; '' when it is gone, which the reading tells in a sentence. */
async function changeMark(path: string): Promise<string> {
  const info = await stat(path).catch(() => null);
  return info === null ? '' : `${info.mtimeMs}/${info.size}/${info.ino}`;
}

function bytesOf({ columns, array }: PreparedDataset): number {
  const scalars = columns.reduce((sum, column) => sum + (column.kind === 'class' ? column.codes.byteLength : column.values.byteLength), 0);
  return scalars + (array?.values.byteLength ?? 0);
}
