/** Reads a source in a folder of its own and leaves it prepared in the data directory, remembered under the way it was read. */
import type { PreparedDataset } from '../../data/dataset.ts';
import { openFactsBeside } from '../../data/factsBeside.ts';
import { beginPrepared } from '../../data/writePrepared.ts';
import type { Progress } from '../../formats/readRoom.ts';
import { datasetFolder } from '../paths.ts';
import { loadData, pathsOf } from './loadData.ts';
import { openReadRoom, removeReadRoom } from './readRooms.ts';
import { keyOf, remember, type SourceEntry, type SourcePlan } from './sourceIndex.ts';
import { bytesDigest, bytesOfFiles, marksOf } from './sourceMarks.ts';
import { hasNeighbours } from '../../formats/index.ts';

const momentMs = 1000;
const betweenMs = 200;

export interface PreparePlace {
  readonly home: string;
  readonly samples: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (progress: Progress) => void;
}

/** @returns what is remembered of the source
 *  @throws LabError bad-input naming file, row or option; store when the disk is full; interrupted */
export async function prepareSource(data: SourcePlan, { home, samples, signal, onProgress }: PreparePlace): Promise<SourceEntry> {
  const paths = pathsOf(data, samples);
  const folder = openReadRoom(home);
  const facts = openFactsBeside(bytesOfFiles(paths));
  try {
    const [narrow, wide] = [marksOf(paths, false), marksOf(paths, true)];
    const dataset = await loadData(data, samples, { folder, signal: signal ?? null, onProgress: nowAndThen(onProgress) });
    const known = facts.find(dataset.columns);
    const prepared = beginPrepared(dataset, datasetFolder(home, dataset.digest));
    let bytes: string;
    try {
      bytes = await bytesDigest(paths, signal);
      await known;
      prepared.finish();
    } catch (error) {
      prepared.abandon();
      throw error;
    }
    const entry = entryOf(dataset, keyOf(data), bytes, (hasNeighbours(dataset.format) ? wide : narrow)?.mark ?? '');
    if (marksOf(paths, hasNeighbours(dataset.format))?.mark === entry.mark) remember(home, entry); // else it was written while it was read
    return entry;
  } finally {
    await facts.close();
    removeReadRoom(folder);
  }
}

function entryOf({ name, format, digest, notes, found, array }: PreparedDataset, key: string, bytes: string, mark: string): SourceEntry {
  const scale = array?.kind === 'image' ? array.scale : undefined;
  return {
    format: 'auxlab-source/1',
    key,
    mark,
    bytes,
    digest,
    name,
    sourceFormat: format,
    notes: [...notes],
    ...(found && { found }),
    ...(scale && { scale }),
  };
}

/** Of what is over in a moment nothing is told, of the rest a few times a second. */
function nowAndThen(tell: PreparePlace['onProgress']): PreparePlace['onProgress'] {
  let nextMs = performance.now() + momentMs;
  return (progress) => {
    const now = performance.now();
    if (now < nextMs) return;
    nextMs = now + betweenMs;
    tell(progress);
  };
}
