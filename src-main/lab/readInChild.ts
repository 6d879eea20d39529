/** Reads data sets in a process of their own, and only then takes the prepared numbers in. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { fromWire, LabError } from '../contract/errors.ts';
import { WireErrorSchema } from '../contract/wire.ts';
import { datasetFolder, readPrepared } from '../data/preparedFolder.ts';
import type { ReadData } from './context.ts';
import { LastLines } from './lastLines.ts';

const readerFile = fileURLToPath(new URL('dataReader.ts', import.meta.url));

const Answer = v.union([
  v.strictObject({ read: v.object({ name: v.string(), source: v.string(), format: v.string(), digest: v.string(), notes: v.array(v.string()) }) }),
  v.strictObject({ error: WireErrorSchema }),
]);

/** @param samples the folder of the bundled samples; the checkout's when left out */
export function readInChild(home: string, samples: string | undefined, reader = readerFile): ReadData {
  return async (data, signal) => {
    const child = fork(reader, [], { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    const lastLines = new LastLines(10);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => lastLines.add(text));
    const stop = (): void => void child.kill('SIGKILL');
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const answer = await new Promise<unknown>((resolve, reject) => {
        child.once('message', resolve);
        child.once('error', reject);
        child.once('close', (code, end) => reject(lost(data.source, end ?? `exit code ${code ?? 'unknown'}`, lastLines.lines)));
        child.send({ data, home, samples });
        if (signal?.aborted === true) stop();
      });
      const parsed = v.parse(Answer, answer);
      if ('error' in parsed) throw fromWire(parsed.error);
      const { read } = parsed;
      return { ...readPrepared(datasetFolder(home, read.digest)), ...read }; // the folder's own name and notes are those of its first reading
    } catch (error) {
      if (signal?.aborted === true) throw new LabError('interrupted', `Reading ${data.source} was cancelled.`, { cause: error });
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
      stop();
    }
  };
}

function lost(source: string, how: string, lines: readonly string[]): LabError {
  const why =
    how === 'SIGKILL' || how === 'SIGABRT' || lines.some((line) => /out of memory/i.test(line)) ? ' It probably needs more memory than this computer has.' : '';
  return new LabError('bad-input', `${source} could not be read: the process that read it ended (${how}).${why} Try a smaller file.`);
}
