/** Keeps the data sets that are at work within reach, so that a file is read once: by the look at its columns, the check of a plan and its first run together,
 *  and by all pages of rows that a window asks for. A file that was written since is read anew. */
import type { PreparedDataset } from '../../data/dataset.ts';
import { isSample } from '../../contract/samples.ts';
import { hasNeighbours } from '../../formats/index.ts';
import { FileNumbers } from '../../formats/numbers/numbers.ts';
import type { Progress } from '../../formats/readRoom.ts';
import { statOf } from '../../formats/source.ts';
import { pathsOf } from './loadData.ts';
import { absoluteSource, placed } from './planFile.ts';
import { keyOf, type SourcePlan } from './sourceIndex.ts';
import { marksOf } from './sourceMarks.ts';

const mostKept = 6;
const mostBytes = 1024 ** 3;
const manyFiles = 1000;

/** Reads a data set.  @throws LabError bad-input naming file, row or option; interrupted */
export type ReadData = (data: SourcePlan, signal?: AbortSignal, onProgress?: (progress: Progress) => void) => Promise<PreparedDataset>;

export interface DataShelf {
  readonly read: ReadData;
  /** Bytes of a file, null for folders and samples.  @throws LabError when there is no such file */
  sizeOf(source: string): Promise<number | null>;
  /** Lets go of everything: who trains for hours leaves the memory to its workers. */
  clear(): void;
}

/** @param read how a data set is read when it is not at hand   @param folder where relative sources start */
export function dataShelf(read: ReadData, folder: string): DataShelf {
  const shelf = new Map<string, Kept>();
  const markOf = changeMarks();

  const makeRoom = (): void => {
    const total = (): number => [...shelf.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const key of shelf.keys()) {
      if (shelf.size <= mostKept && (total() <= mostBytes || shelf.size === 1)) return;
      shelf.delete(key);
    }
  };

  return {
    async read(given, signal, onProgress) {
      const data = placed(given, (name) => absoluteSource(name, folder));
      const { source } = data;
      const key = keyOf(data);
      const paths = isSample(source) ? [] : pathsOf(data);
      const kept = shelf.get(key);
      if (kept !== undefined && kept.mark === markOf(source, paths, kept.isWide)) {
        shelf.delete(key); // the one that was used last goes last
        shelf.set(key, kept);
        return kept.reading;
      }
      const fresh: Kept = { reading: read(data, signal, onProgress), mark: markOf(source, paths, false), isWide: false, bytes: 0 };
      shelf.set(key, fresh);
      try {
        const dataset = await fresh.reading;
        fresh.bytes = bytesOf(dataset);
        fresh.isWide = hasNeighbours(dataset.format);
        if (fresh.isWide) fresh.mark = markOf(source, paths, true);
        makeRoom();
        return dataset;
      } catch (error) {
        if (shelf.get(key) === fresh) shelf.delete(key);
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
    },
  };
}

interface Kept {
  readonly reading: Promise<PreparedDataset>;
  mark: string;
  isWide: boolean; // whether files beside the source belong to it
  bytes: number;
}

/** Gives a mark that differs when any file of a source was written since; '' when it is gone, which the reading tells in a sentence, and for samples, which
 *  nobody writes. Pages follow each other faster than a folder of many thousand files is looked through, so such a look holds for a while. */
function changeMarks(): (source: string, paths: readonly string[], isWide: boolean) => string {
  let last: { readonly source: string; readonly untilMs: number; readonly mark: string } | null = null;
  return (source, paths, isWide) => {
    if (isSample(source)) return '';
    const now = performance.now();
    if (last !== null && last.source === source && now < last.untilMs) return last.mark;
    const { mark, files } = marksOf(paths, isWide) ?? { mark: '', files: 0 };
    const end = performance.now();
    last = files > manyFiles ? { source, untilMs: end + 20 * (end - now), mark } : null;
    return mark;
  };
}

/** Of what lies in memory; numbers that stay in files cost nothing. */
function bytesOf({ columns, array }: PreparedDataset): number {
  const numbers = [...columns.map((column) => (column.kind === 'class' ? column.codes : column.values)), ...(array === null ? [] : [array.values])];
  return numbers.reduce((sum, each) => sum + (each instanceof FileNumbers ? 0 : each.byteLength), 0);
}
