/** Reads data sets, the files of strangers, in a process of their own. */
import { availableParallelism } from 'node:os';
import * as v from 'valibot';
import { LabError } from '../../contract/errors.ts';
import type { Progress } from '../../formats/readRoom.ts';
import { askChild } from '../process/askChild.ts';
import type { PreparePlace } from './prepareSource.ts';
import { SourceEntry, type SourcePlan } from './sourceIndex.ts';

const dataReader = new URL('./dataReader.ts', import.meta.url);
const figure = v.optional(v.pipe(v.number(), v.finite()));
const Told = v.object({ bytes: figure, ofBytes: figure, rows: figure });

/** As prepareSource, in a child.  @throws LabError also when the child dies */
export async function prepareInChild(data: SourcePlan, { home, samples, signal, onProgress }: PreparePlace): Promise<SourceEntry> {
  const order = { data, home, samples };
  const tell = (progress: unknown): void => {
    const checked = v.safeParse(Told, progress);
    if (checked.success) onProgress(checked.output as Progress); // of the form that was checked; TypeScript tells missing from undefined
  };
  const lostHere = (how: string, lines: readonly string[]): LabError => lost(data.source, how, lines);
  return v.parse(
    SourceEntry,
    await askChild({
      entry: dataReader,
      order,
      threads: Math.max(4, availableParallelism()),
      what: `Reading ${data.source}`,
      signal,
      onProgress: tell,
      lost: lostHere,
    }),
  );
}

function lost(source: string, how: string, lines: readonly string[]): LabError {
  const isMemory = /SIGKILL|SIGABRT/.test(how) || lines.some((line) => /out of memory/i.test(line));
  const why = isMemory ? ' It probably needs more memory than this computer has.' : '';
  return new LabError('bad-input', `${source} could not be read: the process that read it ended (${how}).${why} Try a smaller file.`);
}
