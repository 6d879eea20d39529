/** Goes through a folder and what is below it, links included where they lead to something else than a circle. */
import { readdir, realpath, stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { join, sep } from 'node:path';
import { LabError } from '../contract/errors.ts';

const maxDepth = 32;
const maxFiles = 5_000_000;
const shownLinks = 5;

interface Walk {
  readonly root: string; // without links
  readonly see: (path: string) => void;
  readonly signal: AbortSignal | null;
  readonly outward: string[]; // 'dogs (to /data/dogs)'
  outwardCount: number;
  brokenCount: number;
  fileCount: number;
}

/** Calls `see` with every file, folder by folder, sorted by code unit. Hidden files and __MACOSX stay out. A link is followed where a person has put it into
 *  the folder, also to a place outside; within such a place links lead no further out. None is followed to a folder that holds the link or the whole.
 *  @throws what `signal` throws; LabError when there are more files than a data set has */
export async function walkFolder(root: string, see: (path: string) => void, signal: AbortSignal | null): Promise<{ readonly notes: readonly string[] }> {
  const real = await realpath(root);
  const walk: Walk = { root: real, see, signal, outward: [], outwardCount: 0, brokenCount: 0, fileCount: 0 };
  await walkInto(walk, { inside: '', here: real, home: real, above: [real] });
  return { notes: linkNotes(walk) };
}

interface Place {
  readonly inside: string; // path below the root, as people see it
  readonly here: string; // the same without links
  readonly home: string; // what links here may not lead out of, once they have led out of the root
  readonly above: readonly string[];
}

async function walkInto(walk: Walk, { inside, here, home, above }: Place): Promise<void> {
  if (above.length > maxDepth)
    throw new LabError('bad-input', `${join(walk.root, inside)} lies ${maxDepth} folders deep. Give the folder of the data set itself.`);
  walk.signal?.throwIfAborted();
  const entries = await readdir(here, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === '__MACOSX') continue;
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (entry.isSymbolicLink()) await followLink(walk, { inside: path, here: join(here, entry.name), home, above });
    else if (entry.isDirectory()) await walkInto(walk, { inside: path, here: join(here, entry.name), home, above: [...above, join(here, entry.name)] });
    else if (entry.isFile()) seeFile(walk, path);
  }
}

function seeFile(walk: Walk, path: string): void {
  walk.fileCount++;
  if (walk.fileCount > maxFiles) throw new LabError('bad-input', `${walk.root} holds more than ${maxFiles} files. Give the folder of the data set itself.`);
  walk.see(path);
}

async function followLink(walk: Walk, { inside, here, home, above }: Place): Promise<void> {
  const target = await realpath(here).catch(() => null); // a broken link leads nowhere
  const info: Stats | null = target === null ? null : await stat(target).catch(() => null);
  const isCircle = target !== null && [walk.root, ...above].some((folder) => isInside(folder, target));
  const isOutside = target !== null && !isInside(target, walk.root);
  const isFurther = isOutside && home !== walk.root && !isInside(target, home);
  if (target === null || info === null || (!info.isDirectory() && !info.isFile()) || (info.isDirectory() && isCircle) || isFurther) {
    walk.brokenCount++;
    return;
  }
  if (isOutside && !isInside(target, home)) {
    walk.outwardCount++;
    if (walk.outward.length < shownLinks) walk.outward.push(`${inside} (to ${target})`);
  }
  if (info.isFile()) seeFile(walk, inside);
  else await walkInto(walk, { inside, here: target, home: isOutside ? target : home, above: [...above, target] });
}

/** Whether a path is a folder or lies in it. */
function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function linkNotes({ outward, outwardCount, brokenCount }: Walk): string[] {
  const notes: string[] = [];
  if (outwardCount > 0) {
    const more = outwardCount > outward.length ? ` and ${outwardCount - outward.length} more` : '';
    notes.push(
      `${outwardCount === 1 ? '1 link leads' : `${outwardCount} links lead`} out of the folder and ${outwardCount === 1 ? 'was' : 'were'} ` +
        `followed: ${outward.join(', ')}${more}.`,
    );
  }
  if (brokenCount > 0)
    notes.push(
      `${brokenCount === 1 ? '1 link that leads' : `${brokenCount} links that lead`} nowhere or in a circle ` +
        `${brokenCount === 1 ? 'was' : 'were'} not followed.`,
    );
  return notes;
}
