/** Asks a process of its own one question. What could crash, hang, want much memory or take long is done there, so that it costs that process and not the
 *  lab. */
import { fork } from 'node:child_process';
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { fromWire, LabError } from '../../contract/errors.ts';
import { WireErrorSchema } from '../../contract/wire.ts';
import { LastLines } from './lastLines.ts';

const Told = v.strictObject({ progress: v.unknown() });
const Answer = v.union([v.strictObject({ value: v.unknown() }), v.strictObject({ error: WireErrorSchema })]);

export interface Question {
  readonly entry: URL; // of a file that answers with answerParent.ts
  readonly order: unknown; // plain data
  readonly threads?: number; // of Node's pool, where files are read and pictures decoded
  readonly what: string; // for the refusal when it is cancelled: 'Reading cars.csv'
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: unknown) => void) | undefined; // as the child told it; to be checked
  /** The refusal when the process ends without an answer.  @param how 'signal SIGKILL' or 'exit code 1'   @param lines its last ones */
  readonly lost: (how: string, lines: readonly string[]) => LabError;
}

/** The parent's cache of compiled code, which makes the child's start three times as fast. Node names the folder of its own version inside it. */
function codeCache(): Record<string, string> {
  const folder = getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}

/** @throws LabError the child's own, `lost`, or interrupted */
export async function askChild({ entry, order, threads, what, signal, onProgress, lost }: Question): Promise<unknown> {
  const child = fork(fileURLToPath(entry), [], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: { ...process.env, ...codeCache(), ...(threads !== undefined && { UV_THREADPOOL_SIZE: String(threads) }) },
  });
  const lastLines = new LastLines(10);
  child.stderr?.setEncoding('utf8').on('data', (text: string) => lastLines.add(text));
  const stop = (): void => void child.kill('SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const answer = await new Promise<unknown>((resolve, reject) => {
      child.on('message', (message) => {
        const told = v.safeParse(Told, message);
        if (told.success) onProgress?.(told.output.progress);
        else resolve(message);
      });
      child.once('error', reject);
      child.once('close', (code, end) => reject(lost(end === null ? `exit code ${code ?? 'unknown'}` : `signal ${end}`, lastLines.lines)));
      child.send({ order }, (error) => {
        if (error !== null) reject(error);
      });
      if (signal?.aborted === true) stop();
    });
    const parsed = v.parse(Answer, answer);
    if ('error' in parsed) throw fromWire(parsed.error);
    return parsed.value;
  } catch (error) {
    if (signal?.aborted === true) throw new LabError('interrupted', `${what} was cancelled.`, { cause: error });
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
}
