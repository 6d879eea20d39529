/** What a program and everything that it started hold in memory of their own: the sum of RssAnon over all its processes. Pages of files do not count: the
 *  system keeps them once for all and gives them up when it needs room. Linux only. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { leftOut } from './leftOut.ts';

/** For tests that measure so. */
export const needsProc = leftOut(process.platform === 'linux' ? null : 'They measure memory in /proc, which only Linux has.');

export interface ProcessMemory {
  readonly pid: number;
  readonly what: string; // its program: 'dataReader.ts'
  readonly anonymousBytes: number;
}

export interface TreeMemory {
  readonly anonymousBytes: number;
  readonly processes: readonly ProcessMemory[]; // the largest first
}

/** @param root the first process; what it started counts, and what stayed in its process group when its parent ended     @returns nothing once all have ended
 *  */
export function processTreeMemory(root: number): TreeMemory {
  const processes = processTree(root)
    .map(memoryOf)
    .filter((found) => found !== null)
    .sort((a, b) => b.anonymousBytes - a.anonymousBytes);
  return { anonymousBytes: processes.reduce((sum, { anonymousBytes }) => sum + anonymousBytes, 0), processes };
}

/** The ids of a process, of all that it started and of its process group, those that have ended left out. */
export function processTree(root: number): number[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? placeOf(Number(name)) : []));
  const chosen = new Set(all.flatMap(({ pid, group }) => (pid === root || group === root ? [pid] : [])));
  for (let before = -1; before !== chosen.size;) {
    before = chosen.size;
    for (const { pid, parent } of all) if (chosen.has(parent)) chosen.add(pid);
  }
  return [...chosen];
}

export interface TreeWatch {
  readonly samples: () => number; // so far
  /** Ends the sampling.  @returns the sample with the largest sum, and how many there were */
  readonly stop: () => { readonly peak: TreeMemory; readonly samples: number };
}

/** Samples the sum while the program works. */
export function watchTree(root: number, everyMs = 200): TreeWatch {
  let peak: TreeMemory = { anonymousBytes: 0, processes: [] };
  let samples = 0;
  const look = (): void => {
    const now = processTreeMemory(root);
    samples += 1;
    if (now.anonymousBytes > peak.anonymousBytes) peak = now;
  };
  look();
  const timer = setInterval(look, everyMs);
  return {
    samples: () => samples,
    stop() {
      clearInterval(timer);
      return { peak, samples };
    },
  };
}

/** '1234 MiB: main.ts 300, worker.ts 934' */
export function memoryText({ anonymousBytes, processes }: TreeMemory): string {
  const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
  return `${mebibytes(anonymousBytes)} MiB: ${processes.map(({ what, anonymousBytes: own }) => `${what} ${mebibytes(own)}`).join(', ')}`;
}

interface Place {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

function placeOf(pid: number): Place[] {
  const text = readOrNull(`/proc/${pid}/stat`);
  if (text === null) return [];
  const [state = '', parent, group] = text.slice(text.lastIndexOf(')') + 2).split(' '); // a name may hold blanks and brackets
  return 'ZX'.includes(state) ? [] : [{ pid, parent: Number(parent), group: Number(group) }];
}

function memoryOf(pid: number): ProcessMemory | null {
  const status = readOrNull(`/proc/${pid}/status`);
  const kibibytes = status === null ? undefined : /^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kibibytes === undefined) return null; // it has just ended
  const words = readOrNull(`/proc/${pid}/cmdline`)?.split('\0') ?? [];
  return { pid, what: basename(words.find((word) => /\.[cm]?[jt]s$/.test(word)) ?? words[0] ?? ''), anonymousBytes: Number(kibibytes) * 1024 };
}

/** null: the process has ended meanwhile. */
function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
