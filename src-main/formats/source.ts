/** Opens files and folders for the readers: heads for matching, whole contents (unzipped when gzip), file system errors as sentences. */
import { open, readFile, readdir, stat } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { LabError, nearestNames } from '../contract/errors.ts';
import type { Packing, SourceHead } from './format.ts';
import { maxArchiveEntries, maxFileBytes, maxUnpackedBytes, sizeText } from './limits.ts';
import { openZip } from './archives/zip.ts';

const headBytes = 4096;
const packedHeadBytes = 256 * 1024; // a block of Zstandard has up to 128 KiB (RFC 8878, 3.1.1.2.3), and nothing is known before its end
const { constants, gunzip, gunzipSync } = zlib;
const gunzipAsync = promisify(gunzip);

/** What a format sees of a path before it is opened. @throws LabError when there is no such file or folder */
export async function readHead(path: string): Promise<SourceHead> {
  const info = await statOf(path);
  if (info.isDirectory()) return { path, isDirectory: true, entries: await listFolder(path), head: new Uint8Array(0), packing: null };
  if (!info.isFile()) throw new LabError('bad-input', `${path} is neither a file nor a folder.`);
  const first = await firstBytes(path, packedHeadBytes);
  const packing = packingOf(first);
  const head = first.subarray(0, headBytes);
  switch (packing) {
    case 'zip':
      return { path, isDirectory: false, entries: await namesInZip(path), head, packing };
    case 'gzip':
      return { path, isDirectory: false, entries: [], head: unzippedHead(head), packing };
    case 'zstd':
      return { path, isDirectory: false, entries: [], head: unpackedZstd(first), packing };
    case null:
      return { path, isDirectory: false, entries: [], head, packing };
    default:
      return packing satisfies never;
  }
}

/** Whether the Node that runs this unpacks Zstandard: from 22.15 on. */
export const unpacksZstd = 'createZstdDecompress' in zlib;

function packingOf(head: Uint8Array): Packing | null {
  if (isGzip(head)) return 'gzip';
  if (head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd) return 'zstd';
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5) ? 'zip' : null;
}

/** Names of files in a ZIP; none when it is damaged, which its reader says. */
async function namesInZip(path: string): Promise<string[]> {
  const names: string[] = [];
  const zip = await openZip(path).catch(() => null);
  try {
    for await (const { name } of zip?.entries() ?? []) if (names.push(name) > maxArchiveEntries) break;
  } catch {
    // a directory that breaks off
  } finally {
    await zip?.close();
  }
  return names;
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

/** A file name without its folder, and without '.gz' or '.zst'. */
export function plainName(path: string): string {
  return basename(path).replace(/\.(?:gz|zst)$/i, '');
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

/** The first bytes of a file, as they are. */
export async function firstBytes(path: string, count = headBytes): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((error: unknown) => refuse(path, error));
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0).catch((error: unknown) => refuse(path, error));
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

/** The first bytes of what a Zstandard file holds; the file's own where this Node does not unpack it. */
function unpackedZstd(first: Uint8Array): Uint8Array {
  if (!unpacksZstd) return first.subarray(0, headBytes);
  try {
    return zlib.zstdDecompressSync(first, { finishFlush: constants.ZSTD_e_flush }).subarray(0, headBytes);
  } catch {
    return new Uint8Array(0); // damaged: unpacking says so
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
