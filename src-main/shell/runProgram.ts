/** Runs one of the system's programs to its end. Nothing is thrown: how it ended is the answer. */
import { execFile } from 'node:child_process';

const longestMs = 20_000;

/** @returns its exit code, or the name of why there is none; what it wrote */
export function ended(
  program: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<{ readonly code: number | string; readonly text: string }> {
  return new Promise((resolve) => {
    execFile(program, [...words], { env: environment, timeout: longestMs, windowsHide: true }, (error, out, err) => {
      if (error === null) return resolve({ code: 0, text: out });
      resolve({ code: error.code ?? error.signal ?? 'unknown', text: [err, out, error.message].find((text) => text.trim() !== '') ?? '' });
    });
  });
}
