/** What tells, without opening it, whether a source was written since it was read: sizes, times and places on the disk of its files. */
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { closeSync, lstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

const mostNeighbours = 10_000;

export interface SourceMarks {
  readonly mark: string; // SHA-256, hex
  readonly files: number;
}

/** @param hasNeighbours whether files beside a single file belong to it
 *  @returns null when one of the files or folders is not there */
export function marksOf(paths: readonly string[], hasNeighbours: boolean): SourceMarks | null {
  const each = paths.map((path) => marksOfOne(path, hasNeighbours));
  if (each.includes(null)) return null;
  const mark = createHash('sha256').update(JSON.stringify(each.map((one) => one?.mark)));
  return { mark: mark.digest('hex'), files: each.reduce((sum, one) => sum + (one?.files ?? 0), 0) };
}

function marksOfOne(path: string, hasNeighbours: boolean): SourceMarks | null {
  const info = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (info === undefined) return null;
  const hash = createHash('sha256');
  let files = 0;
  add(hash, '.', info);
  if (info.isDirectory())
    for (const { name, info: each } of walk(path, '')) {
      add(hash, name, each);
      files++;
    }
  else files++;
  if (!info.isDirectory() && hasNeighbours)
    for (const name of readdirSync(dirname(path)).sort().slice(0, mostNeighbours)) {
      const each = lstatSync(join(dirname(path), name), { bigint: true, throwIfNoEntry: false });
      if (each?.isFile() === true) add(hash, name, each);
    }
  return { mark: hash.digest('hex'), files };
}

/** Bytes of the files themselves; what lies in folders does not count. */
export function bytesOfFiles(paths: readonly string[]): number {
  return paths.reduce((sum, path) => {
    const info = statSync(path, { throwIfNoEntry: false });
    return sum + (info?.isFile() === true ? info.size : 0);
  }, 0);
}

/** SHA-256, hex, over the bytes of files; of a folder, over the names, sizes and bytes of its files in the order of their names. */
export async function bytesDigest(paths: readonly string[], signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  let since = 0; // bytes since others had their turn
  for (const piece of piecesOf(paths)) {
    hash.update(piece);
    since += piece.length;
    if (since < bytesAtATime) continue;
    since = 0;
    await setImmediate();
    signal?.throwIfAborted();
  }
  return hash.digest('hex');
}

const bytesAtATime = 4 * 2 ** 20;

/** One room serves all files: of a folder there may be many thousand small ones. */
function* piecesOf(paths: readonly string[]): Generator<string | Uint8Array> {
  const room = Buffer.allocUnsafe(2 ** 20);
  for (const path of paths)
    if (!statSync(path).isDirectory()) yield* bytesOf(path, room);
    else
      for (const { name, info } of walk(path, '')) {
        yield JSON.stringify([name, Number(info.size)]);
        yield* bytesOf(join(path, name), room);
      }
}

function* bytesOf(path: string, room: Buffer): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    for (let count = readSync(file, room); count > 0; count = readSync(file, room)) yield room.subarray(0, count);
  } finally {
    closeSync(file);
  }
}

/** Files below a folder in the order of their names. Links are followed once; what cannot be read is left out, as the reader leaves it out or says so. */
function* walk(root: string, inside: string, above: readonly string[] = []): Generator<{ readonly name: string; readonly info: BigIntStats }> {
  const names = readdirSync(join(root, inside)).sort();
  for (const each of names) {
    const name = inside === '' ? each : `${inside}/${each}`;
    const info = statSync(join(root, name), { bigint: true, throwIfNoEntry: false });
    if (info === undefined) continue;
    const place = `${info.dev}/${info.ino}`;
    if (info.isFile()) yield { name, info };
    else if (info.isDirectory() && !above.includes(place)) yield* walk(root, name, [...above, place]);
  }
}

function add(hash: Hash, name: string, { size, mtimeNs, ctimeNs, ino }: BigIntStats): void {
  hash.update(`${JSON.stringify(name)} ${size} ${mtimeNs} ${ctimeNs} ${ino}\n`);
}
