/** Reads a source once: as long as its files stay as they were, the prepared data set of the last reading is opened instead, and its content confirms it. */
import { isSample } from '../../contract/samples.ts';
import type { PreparedDataset } from '../../data/dataset.ts';
import { readPrepared } from '../../data/preparedFolder.ts';
import { hasNeighbours } from '../../formats/index.ts';
import { datasetFolder } from '../paths.ts';
import type { ReadData } from './dataShelf.ts';
import { pathsOf } from './loadData.ts';
import { prepareInChild } from './readInChild.ts';
import { prepareSource, type PreparePlace } from './prepareSource.ts';
import { keyOf, recall, remember, type SourceEntry, type SourcePlan } from './sourceIndex.ts';
import { bytesDigest, marksOf } from './sourceMarks.ts';
import { markLookedAt } from './unusedData.ts';

/** @param home the data directory   @param samples the folder of the bundled samples; the checkout's when left out   @param now when a look happens */
export function readOnce(home: string, samples: string | undefined, now: () => Date = () => new Date()): ReadData {
  const open = (entry: SourceEntry, data: SourcePlan): PreparedDataset => openPrepared(entry, data, home, now());
  return async (data, signal, onProgress = () => undefined) => {
    const place: PreparePlace = { home, samples, signal, onProgress };
    const known = opened(await recalled(data, place), (entry) => open(entry, data));
    if (known !== null) return known;
    // The samples are our own files; a stranger's are read where they can do no harm.
    const entry = isSample(data.source) ? await prepareSource(data, place) : await prepareInChild(data, place);
    return open(entry, data);
  };
}

/** What is remembered, if it still holds: by the marks of the files, else by all that is in them. */
async function recalled(data: SourcePlan, { home, samples, signal }: PreparePlace): Promise<SourceEntry | null> {
  const entry = recall(home, keyOf(data));
  if (entry === null) return null;
  const paths = pathsOf(data, samples);
  const mark = marksOf(paths, hasNeighbours(entry.sourceFormat))?.mark;
  if (mark === undefined || mark === entry.mark) return mark === undefined ? null : entry;
  if (hasNeighbours(entry.sourceFormat) || (await bytesDigest(paths, signal)) !== entry.bytes) return null;
  const renewed = { ...entry, mark };
  remember(home, renewed);
  return renewed;
}

function opened(entry: SourceEntry | null, open: (entry: SourceEntry) => PreparedDataset): PreparedDataset | null {
  if (entry === null) return null;
  try {
    return open(entry);
  } catch {
    return null; // removed or damaged since: it is made again
  }
}

/** The folder's own name and notes are those of its first reading. */
function openPrepared(entry: SourceEntry, { source, types }: SourcePlan, home: string, now: Date): PreparedDataset {
  const { name, sourceFormat, notes, digest, found, scale } = entry;
  const folder = datasetFolder(home, digest);
  const { array, ...rest } = readPrepared(folder);
  markLookedAt(folder, now);
  const own = { name, source, format: sourceFormat, notes, ...(found && { found }), ...(types && { types }) };
  return { ...rest, array: array?.kind === 'image' ? { ...array, ...(scale && { scale }) } : array, ...own };
}
