/** Opens files and folders for the readers: heads for matching, whole contents (unzipped when gzip), file system errors as sentences. */
import { open, readFile, readdir, stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync } from 'node:zlib';
import { LabError, nearestNames } from '../contract/errors.ts';
import type { SourceHead } from './format.ts';
import { maxFileBytes, maxUnpackedBytes, sizeText } from './limits.ts';

const headBytes = 4096;
const gunzipAsync = promisify(gunzip);

/** What a format sees of a path before it is opened. @throws LabError when there is no such file or folder */
export async function readHead(path: string): Promise<SourceHead> {
  const info = await statOf(path);
  if (info.isDirectory()) return { path, isDirectory: true, entries: await listFolder(path), head: new Uint8Array(0) };
  if (!info.isFile()) throw new LabError('bad-input', `${path} is neither a file nor a folder.`);
  return { path, isDirectory: false, entries: [], head: unzippedHead(await firstBytes(path)) };
}

/** The whole content of a file, unzipped when it starts as gzip does. @throws LabError when it is missing, empty, too large or damaged */
export async function readBytes(path: string): Promise<Buffer> {
  await checkFile(path);
  const bytes = await readFile(path).catch((error: unknown) => refuse(path, error));
  if (bytes.length === 0) throw new LabError('bad-input', `${path} is empty.`);
  return isGzip(bytes) ? unpackGzip(path, bytes) : bytes;
}

/** What a gzip file holds, unzipped; null for any other, which can be read by position. @throws LabError as readBytes does */
export async function readIfGzip(path: string): Promise<Buffer | null> {
  await checkFile(path);
  const head = await firstBytes(path);
  if (head.length === 0) throw new LabError('bad-input', `${path} is empty.`);
  return isGzip(head) ? readBytes(path) : null;
}

/** Names in a folder, sorted by code unit, without hidden ones. */
export async function listFolder(path: string): Promise<string[]> {
  const names = await readdir(path).catch((error: unknown) => refuse(path, error));
  return names.filter((name) => !name.startsWith('.')).sort();
}

async function checkFile(path: string): Promise<void> {
  const info = await statOf(path);
  if (info.isDirectory()) throw new LabError('bad-input', `${path} is a folder, not a file.`);
  if (!info.isFile()) throw new LabError('bad-input', `${path} is neither a file nor a folder.`); // a pipe would be waited for without end
  if (info.size > maxFileBytes) throw new LabError('bad-input', `${path} has ${sizeText(info.size)}. Files up to ${sizeText(maxFileBytes)} are read.`);
}

export async function statOf(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') return refuse(path, error);
    const near = nearestNames(basename(path), await readdir(dirname(path)).catch(() => [])); // a folder that is missing too has no near names
    const help = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : '';
    throw new LabError('bad-input', `${path} does not exist.${help}`, { cause: error });
  }
}

/** A file name without its folder, and without '.gz'. */
export function plainName(path: string): string {
  return basename(path).replace(/\.gz$/i, '');
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
}

async function unpackGzip(path: string, packed: Buffer): Promise<Buffer> {
  const limit = maxUnpackedBytes(packed.length);
  let bytes: Buffer;
  try {
    bytes = await gunzipAsync(packed, { maxOutputLength: limit });
  } catch (error) {
    if (codeOf(error) === 'ERR_BUFFER_TOO_LARGE')
      throw new LabError('bad-input', `${path} unpacks from ${sizeText(packed.length)} to more than ${sizeText(limit)} and is refused.`, { cause: error });
    throw new LabError('bad-input', `${path} cannot be unpacked: its gzip data is damaged or cut off.`, { cause: error });
  }
  if (bytes.length === 0) throw new LabError('bad-input', `${path} is empty.`);
  return bytes;
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((error: unknown) => refuse(path, error));
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0).catch((error: unknown) => refuse(path, error));
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function unzippedHead(head: Uint8Array): Uint8Array {
  if (!isGzip(head)) return head;
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, headBytes);
  } catch {
    return new Uint8Array(0); // damaged gzip: the reader that is chosen by name says so
  }
}

function refuse(path: string, error: unknown): never {
  const code = codeOf(error);
  const reason = code === 'EACCES' || code === 'EPERM' ? 'permission denied' : (code ?? String(error));
  throw new LabError('bad-input', `${path} cannot be read: ${reason}.`, { cause: error });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
