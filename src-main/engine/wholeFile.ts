/** Writes a file of the engine whole or not at all: beside the old one, flushed and renamed, so that a crash at any moment
 *  leaves the old file or the new one. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { LabError } from '../contract/errors.ts';
import { program } from '../contract/programName.ts';
import { syncFolder } from '../data/numberFiles.ts';

/** @param what the file is, for the sentence of an error: 'checkpoint'
 *  @throws LabError store when the disk is full or the folder cannot be written */
export function writeWhole(file: string, parts: readonly Uint8Array[], what: string): void {
  const temporary = `${file}.${process.pid}.new`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    const descriptor = openSync(temporary, 'w');
    try {
      for (const part of parts) for (let at = 0; at < part.length;) at += writeSync(descriptor, part, at, part.length - at);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, file);
    syncFolder(path.dirname(file));
  } catch (error) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // The folder itself cannot be used: there is nothing to remove, and the first error says more.
    }
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOSPC')
      throw new LabError('store', `The disk is full: the ${what} ${file} could not be written. Free some space and run "${program} resume".`, { cause: error });
    throw new LabError('store', `The ${what} ${file} could not be written: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
