/** Commands of the program whose memory is watched: its own, that of the processes that read and of those that train, summed. */
import { statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { startCli } from '../cliRun.ts';
import { memoryText, watchTree, type TreeMemory } from '../processTree.ts';

export interface WatchedRun {
  readonly stdout: string;
  readonly seconds: number;
  readonly peak: TreeMemory;
  readonly samples: number;
}

/** @throws Error with the standard error when the command does not end well */
export async function watchedCli(home: string, args: readonly string[]): Promise<WatchedRun> {
  const startedAt = performance.now();
  const { child, done } = startCli(home, args);
  const watch = watchTree(child.pid ?? -1);
  const result = await done.finally(() => watch.stop());
  const { peak, samples } = watch.stop();
  if (result.code !== 0) throw new Error(`auxlab ${args.join(' ')} ended with ${result.code ?? String(result.signal)}: ${result.stderr}`);
  return { stdout: result.stdout, seconds: (performance.now() - startedAt) / 1000, peak, samples };
}

/** 'training: 12.3 s, at most 812 MiB: worker.ts 700, main.ts 112' */
export function watchedLine(what: string, { seconds, peak }: WatchedRun): string {
  return `${what}: ${seconds.toFixed(1)} s, at most ${memoryText(peak)}`;
}

/** Where large made files lie: AUXLAB_LARGE_FOLDER, else the system's folder for temporary files. @throws Error when it is not there */
export function largeFolder(): string {
  const folder = resolve(process.env['AUXLAB_LARGE_FOLDER'] ?? tmpdir());
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw new Error(`AUXLAB_LARGE_FOLDER names no folder: ${folder}`);
  return folder;
}

/** A share of the full size: AUXLAB_LARGE_SHARE, 1 when it is not set. @throws Error when it is no share */
export function largeShare(): number {
  const share = Number(process.env['AUXLAB_LARGE_SHARE'] ?? 1);
  if (!(share > 0 && share <= 1)) throw new Error(`AUXLAB_LARGE_SHARE must lie above 0 and be at most 1. Received: ${process.env['AUXLAB_LARGE_SHARE'] ?? ''}`);
  return share;
}
