/** A look at a source that is killed in the middle, and what must be so afterwards: nothing half-read is used, the next look succeeds and finds what an
 *  undisturbed one finds, and no scratch file is left. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cli, startCli } from '../cliRun.ts';
import { processTree, processTreeMemory } from '../processTree.ts';

/** Who gets SIGKILL: the whole process group as a terminal has it, the program alone, or the process that reads alone. */
export const victims = ['group', 'program', 'reader'] as const;
export type Victim = (typeof victims)[number];

export interface Undisturbed {
  readonly report: string; // what `data inspect --json` printed
  readonly files: readonly string[]; // in the data directory
  readonly ms: number;
}

/** @param home is made, and removed afterwards */
export async function undisturbedLook(home: string, source: string): Promise<Undisturbed> {
  const startedAt = performance.now();
  const report = await lookAt(home, source);
  const ms = performance.now() - startedAt;
  const files = filesOf(home);
  rmSync(home, { recursive: true });
  return { report, files, ms };
}

export interface Kill {
  readonly source: string;
  readonly victim: Victim;
  readonly entry: string; // a piece of a name: the moment comes when there is such an entry in the folder of the data sets
  readonly afterMs?: number; // and so long later
}

export interface Killed {
  readonly wasHit: boolean; // false: it had ended before
  readonly left: readonly string[]; // in the folder of the data sets, right after the kill
  readonly survivors: number; // processes that still lived a while later
  readonly report: string; // of the next look
  readonly files: readonly string[]; // after it
}

const patienceMs = 20_000; // for orphans to notice

/** @param home is made, and removed afterwards    @throws Error when the next look does not succeed */
export async function killedLook(home: string, { source, victim, entry, afterMs = 0 }: Kill): Promise<Killed> {
  mkdirSync(join(home, 'datasets'), { recursive: true, mode: 0o700 });
  const { child, done } = startCli(home, ['data', 'inspect', source, '--json']);
  const group = -(child.pid ?? 1);
  const stop = new AbortController();
  const moment = entryMade(join(home, 'datasets'), entry, stop.signal).then(() => (afterMs === 0 ? undefined : pause(afterMs)));
  const isMoment = await Promise.race([moment.then(() => true), done.then(() => false)]);
  if (isMoment) send(group, 'SIGSTOP'); // what is found now is what the kill leaves
  stop.abort();
  const left = datasetEntries(home);
  const { processes } = processTreeMemory(-group);
  const reader = processes.find(({ what }) => what === 'dataReader.ts')?.pid;
  const target = victim === 'group' ? group : victim === 'program' ? -group : reader;
  if (isMoment && target !== undefined) send(target, 'SIGKILL');
  send(group, 'SIGCONT');
  const { code } = await done;
  const survivors = await survivorsOf(-group);
  const report = await lookAt(home, source);
  const files = filesOf(home);
  rmSync(home, { recursive: true });
  return { wasHit: code !== 0, left, survivors, report, files };
}

/** Resolves when an entry with this piece in its name is made in the folder. */
async function entryMade(folder: string, piece: string, signal: AbortSignal): Promise<void> {
  try {
    for await (const { filename } of watch(folder, { signal })) if (filename?.includes(piece) === true) return;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** To a process that may have ended meanwhile. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function survivorsOf(root: number): Promise<number> {
  for (const startedAt = performance.now(); performance.now() - startedAt < patienceMs; await pause(50)) if (processTree(root).length === 0) return 0;
  return processTree(root).length;
}

async function lookAt(home: string, source: string): Promise<string> {
  const { code, stdout, stderr } = await cli(home, ['data', 'inspect', source, '--json']);
  if (code !== 0) throw new Error(`data inspect ${source} ended with ${String(code)}: ${stderr}`);
  return stdout;
}

function datasetEntries(home: string): string[] {
  const folder = join(home, 'datasets');
  return existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
}

/** All files of a data directory, but for the cache and what the store keeps beside its own file while it is open. */
function filesOf(home: string): string[] {
  return readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith(`cache${sep}`) && !/-(wal|shm)$/.test(name))
    .sort();
}
