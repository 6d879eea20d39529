/** From a plan's data section to a data set. */
import { basename } from 'node:path';
import { LabError } from '../../contract/errors.ts';
import { isSample, sampleOf } from '../../contract/samples.ts';
import type { PreparedDataset } from '../../data/dataset.ts';
import { prepareDataset } from '../../data/prepare.ts';
import { samplePath } from '../../data/samples.ts';
import { openSource } from '../../formats/index.ts';
import { noRoom, type ReadRoom } from '../../formats/readRoom.ts';
import { splitNames } from '../../formats/splitNames.ts';
import type { SourcePlan } from './sourceIndex.ts';

/** @param data a source (a path or sample:NAME), and how to read it when that cannot be told from the file
 *  @param samples the folder of the bundled samples; the checkout's unless told otherwise
 *  @param room all in memory unless told otherwise
 *  @throws LabError bad-input naming file, row or option */
export async function loadData(data: SourcePlan, samples?: string, room: ReadRoom = noRoom): Promise<PreparedDataset> {
  const { source, format, types, parts } = data;
  const options = given(data.options ?? {});
  const [path = source] = pathsOf(data, samples);
  const raw = await openSource(path, {
    options,
    room,
    ...(format !== undefined && { format }),
    ...(parts !== undefined && { parts: given(parts) }),
  });
  return prepareDataset(raw, isSample(source) ? sampleOf(source).title : basename(source), source, types, options.dates);
}

/** Where a source lies. @throws LabError bad-input for a sample that is none */
export function pathOf(source: string, samples?: string): string {
  return isSample(source) ? samplePath(source, samples) : source;
}

/** Where the files of a source lie: it, and the files of its parts. @throws LabError bad-input as pathOf does, and for parts of a sample */
export function pathsOf({ source, parts = {} }: SourcePlan, samples?: string): string[] {
  const further = splitNames.flatMap((split) => (split === 'train' ? [] : (parts[split] ?? [])));
  if (further.length > 0 && [source, ...further].some(isSample))
    throw new LabError('bad-input', 'A sample is divided as it comes: it is not given together with files of test or validation rows.');
  return [pathOf(source, samples), ...further];
}

/** The entries without those that are undefined. */
function given<T extends object>(entries: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  // Of the same keys
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as { [Key in keyof T]?: NonNullable<T[Key]> };
}
