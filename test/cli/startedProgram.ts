/** The command line as its users start it: a process with words, two streams and an exit code. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

export const root = resolve(import.meta.dirname, '../..');
export const main = join(root, 'src-main/cli/main.ts');

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface StartedProgram {
  /** @returns a path in the test's own home, in which the program is started */
  readonly inHome: (path?: string) => string;
  readonly environment: () => NodeJS.ProcessEnv;
  /** @param onError sees standard error as it grows and may send signals to the process */
  readonly start: (program: string, words: readonly string[], onError?: (err: string, pid: number) => void) => Promise<Outcome>;
  readonly auxlab: (...words: string[]) => Promise<Outcome>;
}

/** Gives each test of the file that calls it a home of its own. */
export function startedProgram(): StartedProgram {
  let home = '';
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'auxlab-home-'));
  });
  afterEach(() => rm(home, { recursive: true, force: true, maxRetries: 20 })); // a worker may still be writing its last words

  const environment = (): NodeJS.ProcessEnv => ({ ...process.env, AUXLAB_HOME: join(home, 'data'), NO_COLOR: '1', AUXLAB_DEBUG: '' });
  const start: StartedProgram['start'] = (program, words, onError = () => undefined) =>
    new Promise((done, fail) => {
      const child = spawn(process.execPath, [program, ...words], { cwd: home, env: environment() });
      let out = '';
      let err = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
        if (child.pid !== undefined) onError(err, child.pid);
      });
      child.on('error', fail);
      child.on('close', (code) => done({ code, out, err }));
    });
  return { inHome: (path = '') => join(home, path), environment, start, auxlab: (...words) => start(main, words) };
}
