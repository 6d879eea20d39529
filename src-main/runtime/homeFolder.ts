/** Makes the data directory before anything is put into it. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { LabError } from '../contract/errors.ts';

/** Level by level: Node's recursive mkdir, and its cache of compiled code, never return on file systems such as /proc that refuse with ENOENT.
 *  @throws LabError store when it cannot be a folder */
export function makeHome(home: string): void {
  const found = statSync(home, { throwIfNoEntry: false });
  if (found?.isDirectory() === true) return;
  const refuse = (why: string, cause?: unknown): never => {
    throw new LabError('store', `The data directory ${home} cannot be made: ${why}. Set AUXLAB_HOME to another folder.`, { cause });
  };
  if (found !== undefined) return refuse('there is a file of that name');
  try {
    make(home);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''; // node:fs throws system errors
    const reasons: Readonly<Record<string, string>> = {
      EACCES: 'no permission',
      EPERM: 'no permission',
      EROFS: 'the disk is read-only',
      ENOSPC: 'the disk is full',
      ENOTDIR: 'a part of its path is a file',
      EEXIST: 'a part of its path is a file',
      ENOENT: 'its file system takes no folders',
    };
    return refuse(reasons[code] ?? (error instanceof Error ? error.message : String(error)), error);
  }
}

function make(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (dirname(folder) !== folder) make(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error; // another process may have been faster
  }
}
