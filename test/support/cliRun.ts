/** Starts the command line as a user does, right from its sources, on a home of its own. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ExperimentDocument } from '../../src-main/contract/results.ts';

const main = fileURLToPath(new URL('../../src-main/cli/main.ts', import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliProcess {
  readonly child: ChildProcess;
  readonly done: Promise<CliResult>;
  readonly errorText: () => string; // standard error so far
}

export function startCli(home: string, args: readonly string[], folder?: string): CliProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    env: { ...process.env, AUXLAB_HOME: home, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a process group of its own, as in a terminal: a test can kill all of it
    ...(folder !== undefined && { cwd: folder }),
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const done = new Promise<CliResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, done, errorText: () => stderr };
}

export function cli(home: string, args: readonly string[], folder?: string): Promise<CliResult> {
  return startCli(home, args, folder).done;
}

/** Runs a command with --json. @throws Error with its standard error when it does not end with the expected code */
export async function cliDocument(home: string, args: readonly string[], code = 0): Promise<ExperimentDocument> {
  const result = await cli(home, [...args, '--json']);
  if (result.code !== code) throw new Error(`auxlab ${args.join(' ')} ended with ${result.code ?? String(result.signal)}: ${result.stderr}`);
  return JSON.parse(result.stdout) as ExperimentDocument;
}

export function hashes(document: ExperimentDocument): Record<string, string | null> {
  return Object.fromEntries(document.arms.flatMap((arm) => arm.runs.map((run) => [`${arm.id} ${run.seed}`, run.finalWeightsSha256])));
}
