/** Finds the processes below another one, to end an engine worker as a crash would. Linux only: it reads /proc. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';

export const canSeeProcesses = existsSync('/proc/self/stat');

/** Numbers of the engine workers that a process, or a process below it, has started. */
export function engineWorkersBelow(pid: number): number[] {
  return processesBelow(pid).filter((child) => read(`/proc/${child}/cmdline`).includes('engine/worker'));
}

/** The lab's own process under a window. */
export function labProcessBelow(pid: number): number | null {
  return processesBelow(pid).find((child) => read(`/proc/${child}/cmdline`).includes('lab/process.ts')) ?? null;
}

function processesBelow(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : '';
    if (stat !== '') parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const isBelow = (child: number): boolean => {
    for (let at = parents.get(child); at !== undefined && at > 1; at = parents.get(at)) if (at === pid) return true;
    return false;
  };
  return [...parents.keys()].filter(isBelow);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // it has ended meanwhile
  }
}
