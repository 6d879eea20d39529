/** The two output streams, as commands see them: results on standard output, everything else on standard error. */
import { createInterface } from 'node:readline/promises';
import type { ReadStream, WriteStream } from 'node:tty';

export interface Terminal {
  /** Writes a result to standard output. */
  readonly print: (text: string) => void;
  /** Writes a remark to standard error, below a status that stands there. */
  readonly remark: (text: string) => void;
  /** Rewrites the lines at the bottom of standard error; only where it is live. */
  readonly status: (lines: readonly string[]) => void;
  /** Asks the person at the terminal; anything but "y" or "yes" is a no, and so is the end of the input or an abort. null: there is nobody to ask. */
  readonly ask: ((question: string, signal: AbortSignal) => Promise<boolean>) | null;
  readonly colour: boolean; // of standard output
  readonly isLive: boolean; // standard error is a terminal that can be rewritten
  readonly columns: number; // of standard error
}

type Stream = NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;
type Input = NodeJS.ReadableStream & Partial<Pick<ReadStream, 'isTTY'>>;

/** @param stdin where answers come from; left out: there is nobody to ask
 *  @param env NO_COLOR and TERM=dumb switch colours and rewriting off */
export function openTerminal(stdout: Stream, stderr: Stream, env: Readonly<Record<string, string | undefined>>, stdin?: Input): Terminal {
  const isDumb = env['TERM'] === 'dumb';
  let statusLines = 0;
  const leaveStatus = (): void => {
    if (statusLines > 0) stderr.write('\n');
    statusLines = 0;
  };
  return {
    print: (text) => {
      leaveStatus();
      stdout.write(`${text}\n`);
    },
    remark: (text) => {
      leaveStatus();
      stderr.write(`${text}\n`);
    },
    status: (lines) => {
      const up = statusLines > 1 ? `\u001b[${statusLines - 1}A` : '';
      stderr.write(`${statusLines > 0 ? `\r${up}\u001b[0J` : ''}${lines.join('\n')}`);
      statusLines = lines.length;
    },
    ask:
      stdin?.isTTY === true && stderr.isTTY === true
        ? async (question, signal) => {
            leaveStatus();
            return askYes(question, stdin, stderr, signal);
          }
        : null,
    colour: stdout.isTTY === true && (env['NO_COLOR'] ?? '') === '' && !isDumb,
    isLive: stderr.isTTY === true && !isDumb,
    get columns() {
      const columns = stderr.columns ?? 0;
      return columns >= 40 ? columns : 100; // terminals without a size say 0
    },
  };
}

async function askYes(question: string, stdin: NodeJS.ReadableStream, stderr: NodeJS.WritableStream, signal: AbortSignal): Promise<boolean> {
  const reader = createInterface({ input: stdin, output: stderr });
  const isOver = new Promise<string>((resolve) => reader.once('close', () => resolve('')));
  reader.once('SIGINT', () => process.kill(process.pid, 'SIGINT')); // as without a question: the program's own handler decides
  try {
    const answer = await Promise.race([reader.question(`${question} [y/N] `, { signal }), isOver]);
    return /^y(es)?$/i.test(answer.trim());
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  } finally {
    reader.close();
  }
}

/** A reader that went away (`auxlab list | head -1`) is no error: the program ends without a word.
 *  A closed standard error only loses remarks, so training goes on. */
export function quietBrokenPipes(stdout: NodeJS.WritableStream, stderr: NodeJS.WritableStream, end: () => void): void {
  const onError = (then: () => void) => (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    then();
  };
  stdout.on('error', onError(end));
  stderr.on(
    'error',
    onError(() => undefined),
  );
}

type Style = 'bold' | 'dim' | 'green' | 'red' | 'yellow';
const codes: Readonly<Record<Style, readonly [on: number, off: number]>> = { bold: [1, 22], dim: [2, 22], green: [32, 39], red: [31, 39], yellow: [33, 39] };

/** Wraps a text in a terminal style, or leaves it alone. */
export function paint(colour: boolean, style: Style, text: string): string {
  const [on, off] = codes[style];
  return colour ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}
