/** Starts a program in the place of this one: same words, same terminal, its exit code. Plain JavaScript that also Node 18 reads. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

export function startChild(program, words, options = {}) {
  const child = spawn(program, words, { ...options, stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  // A terminal sends Ctrl+C to both processes; main.ts takes two signals within half a second for one.
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`auxlab: ${program} does not start: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 0);
  });
}

/** Where there is no Node that runs TypeScript. */
export function refuse() {
  process.stderr.write(
    `auxlab needs Node 22.18 or later. This is Node ${process.versions.node}, and no newer one came with the package. Run "npm ci" in the package's folder.\n`,
  );
  process.exitCode = 2;
}
