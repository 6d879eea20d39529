/** The data formats, in the order in which they are asked whether a file or folder is theirs. */
import { LabError, unknownName } from '../contract/errors.ts';
import { csv } from './csv.ts';
import { idx } from './idx.ts';
import { imageFolder } from './imageFolder.ts';
import { npz } from './npz.ts';
import type { Format, RawDataset, ReadOptions } from './format.ts';
import { readHead } from './source.ts';
import { ts } from './ts.ts';

export const formats: readonly Format[] = [idx, npz, ts, imageFolder, csv];

/** Reads a file or folder with the format that is told, or with the first that recognises it.
 *  @throws LabError when the path is missing, no format fits, or the content is broken */
export async function openSource(path: string, request: { readonly format?: string; readonly options?: ReadOptions } = {}): Promise<RawDataset> {
  const head = await readHead(path);
  const format = request.format === undefined ? formats.find((candidate) => candidate.match(head)) : formats.find(({ id }) => id === request.format);
  if (format !== undefined) return format.read(path, request.options ?? {});
  if (request.format !== undefined)
    throw unknownName(
      'data format',
      request.format,
      formats.map(({ id }) => id),
    );
  const known = formats.map(({ title, extensions }) => (extensions.length > 0 ? `${title} (${extensions.join(', ')})` : title)).join('; ');
  throw new LabError('bad-input', `${path} is of no known data format. There are: ${known}. Set the option format when the name misleads.`);
}
