/** Folders in which sources are read, each with the number of its process in its name: what a killed process left behind is cleared away by the next, and so
 *  are data sets that were only written in part (preparedFolder.ts). */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from '../../store/processIdentity.ts';

const start = 'reading-';
const unfinished = /^(?:reading-|[0-9a-f]{64}\.partial-)(\d+)-/; // the number is of the process
const oldMs = 24 * 60 * 60_000; // the number of a process is given again some day

/** A fresh folder.  @param home the data directory   @throws what the system says */
export function openReadRoom(home: string): string {
  const folder = join(home, 'datasets');
  mkdirSync(folder, { recursive: true });
  clearLeftRooms(folder);
  return mkdtempSync(join(folder, `${start}${process.pid}-`));
}

export function removeReadRoom(room: string): void {
  rmSync(room, { recursive: true, force: true });
}

function clearLeftRooms(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = unfinished.exec(name)?.[1];
    if (pid === undefined) continue;
    const path = join(folder, name);
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > oldMs || !isRunning(Number(pid))) removeReadRoom(path);
  }
}
