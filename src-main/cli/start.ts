/** Ties the program to its process: streams, signals, exit code. Wiring only. */
import { openTerminal, quietBrokenPipes } from './output/terminal.ts';
import { runProgram } from './program.ts';
import { pauseOnSignal } from './signals.ts';

/** Runs the command that the process was started with and sets its exit code; the process ends by itself when nothing is left to do. */
export async function start(process: NodeJS.Process, home: string): Promise<void> {
  const { stdin, stdout, stderr, env, argv } = process;
  quietBrokenPipes(stdout, stderr, () => process.exit(process.exitCode ?? 0));
  const terminal = openTerminal(stdout, stderr, env, stdin);
  const now = (): number => performance.now();
  const pause = pauseOnSignal(process, terminal, now, (code) => process.exit(code));
  try {
    process.exitCode = await runProgram(argv.slice(2), { terminal, env, folder: process.cwd(), home, signal: pause.signal, now });
  } finally {
    pause.stop();
  }
}
