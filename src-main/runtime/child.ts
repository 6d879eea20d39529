/** Runs a program to its end, with its output in hand. The program is ended when the signal aborts. */
import { spawn } from 'node:child_process';

export interface ChildResult {
  readonly code: number | null; // null: ended by a signal
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ChildOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
  readonly onOutput?: (text: string) => void; // standard output, as it comes
}

/** @returns null when there is no such program  @throws the signal's reason when aborted */
export async function runChild(command: string, args: readonly string[], options: ChildOptions = {}): Promise<ChildResult | null> {
  options.signal?.throwIfAborted();
  const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  const end = (): void => {
    child.kill('SIGTERM');
    for (const stream of [child.stdout, child.stderr]) stream.destroy(); // grandchildren (cc1plus under g++) may hold them open
  };
  const timer = options.timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), options.timeoutMs);
  options.signal?.addEventListener('abort', end, { once: true });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    options.onOutput?.(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  try {
    const ended = await new Promise<{ code: number | null; signal: NodeJS.Signals | null } | null>((resolve, reject) => {
      child.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ENOENT' || error.code === 'EACCES' ? resolve(null) : reject(error)));
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
    options.signal?.throwIfAborted();
    return ended === null ? null : { ...ended, stdout, stderr };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', end);
  }
}

/** The last lines of a program's output that say something, for error texts. */
export function lastLines(text: string, count: number): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-count)
    .join(' ');
}
