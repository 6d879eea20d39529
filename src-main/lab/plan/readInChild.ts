/** Reads data sets, the files of strangers, in a process of their own, and only then takes the prepared numbers in. */
import * as v from 'valibot';
import { LabError } from '../../contract/errors.ts';
import { readPrepared } from '../../data/preparedFolder.ts';
import { askChild } from '../process/askChild.ts';
import type { ReadData } from './dataShelf.ts';
import { datasetFolder } from '../paths.ts';

const dataReader = new URL('./dataReader.ts', import.meta.url);
const Read = v.object({ name: v.string(), source: v.string(), format: v.string(), digest: v.string(), notes: v.array(v.string()) });

/** @param samples the folder of the bundled samples; the checkout's when left out */
export function readInChild(home: string, samples: string | undefined): ReadData {
  return async (data, signal) => {
    const order = { data: { source: data.source, format: data.format, options: data.options ?? {} }, home, samples };
    const what = `Reading ${data.source}`;
    const read = v.parse(Read, await askChild({ entry: dataReader, order, what, signal, lost: (how, lines) => lost(data.source, how, lines) }));
    return { ...readPrepared(datasetFolder(home, read.digest)), ...read }; // the folder's own name and notes are those of its first reading
  };
}

function lost(source: string, how: string, lines: readonly string[]): LabError {
  const isMemory = /SIGKILL|SIGABRT/.test(how) || lines.some((line) => /out of memory/i.test(line));
  const why = isMemory ? ' It probably needs more memory than this computer has.' : '';
  return new LabError('bad-input', `${source} could not be read: the process that read it ended (${how}).${why} Try a smaller file.`);
}
