/** Takes files from the browser into AUXLAB_HOME/uploads. Names, counts and sizes are checked before a byte is written; what is never finished is removed. */
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import { LabError } from '../contract/errors.ts';
import { uploadLimits, UploadManifest } from '../contract/upload.ts';

const idleMs = 60 * 60_000;
const partial = '.partial';

export interface Uploads {
  /** @throws LabError bad-input naming what is wrong with the list, store when the disk is too full */
  begin(manifest: unknown): Promise<{ readonly id: string }>;
  /** Appends a piece. @param content its bytes, at most uploadLimits.pieceBytes   @throws LabError bad-input */
  piece(id: string, file: number, offset: number, content: Readable): Promise<void>;
  /** @returns what data.inspect takes   @throws LabError bad-input when pieces are missing */
  end(id: string): Promise<{ readonly source: string }>;
  /** Removes what was begun and not finished. */
  close(): Promise<void>;
}

interface Upload {
  readonly folder: string; // until the end with '.partial'
  readonly files: readonly { readonly path: string; readonly size: number }[];
  readonly received: number[];
  busy: boolean;
  timer: NodeJS.Timeout;
}

/** @param root the folder of all uploads */
export function openUploads(root: string): Uploads {
  const uploads = new Map<string, Upload>();

  const drop = async (id: string): Promise<void> => {
    const upload = uploads.get(id);
    uploads.delete(id);
    if (upload === undefined) return;
    clearTimeout(upload.timer);
    await rm(upload.folder, { recursive: true, force: true });
  };
  const later = (id: string): NodeJS.Timeout => setTimeout(() => void drop(id), idleMs).unref();
  const find = (id: string): Upload => {
    const upload = uploads.get(id);
    if (upload === undefined) throw new LabError('not-found', 'This upload is not known; it may have been given up. Drop the files again.');
    clearTimeout(upload.timer);
    upload.timer = later(id);
    return upload;
  };

  return {
    async begin(given) {
      const files = checkManifest(given);
      await checkRoom(root, files);
      const id = randomUUID();
      const folder = join(root, id + partial);
      await mkdir(folder, { recursive: true });
      uploads.set(id, { folder, files, received: files.map(() => 0), busy: false, timer: later(id) });
      return { id };
    },
    async piece(id, at, offset, content) {
      const upload = find(id);
      const file = upload.files[at];
      const received = upload.received[at];
      if (file === undefined || received === undefined)
        throw new LabError('bad-input', `This upload has ${upload.files.length} files; there is no file number ${at}.`);
      if (upload.busy || offset !== received) throw new LabError('bad-input', `The next piece of ${file.path} must begin at ${received}. Received: ${offset}.`);
      const path = join(upload.folder, file.path);
      upload.busy = true;
      try {
        await mkdir(dirname(path), { recursive: true });
        let bytes = 0;
        const counted = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
          for await (const part of source) {
            bytes += part.length;
            if (bytes > uploadLimits.pieceBytes) throw new LabError('bad-input', `A piece must have at most ${uploadLimits.pieceBytes} bytes.`);
            if (received + bytes > file.size) throw new LabError('bad-input', `${file.path} was announced with ${file.size} bytes; more came.`);
            yield part;
          }
        };
        // Written at its place: a piece that breaks off and comes again overwrites its own beginning.
        await pipeline(content, counted, createWriteStream(path, received === 0 ? {} : { flags: 'r+', start: received }));
        upload.received[at] = received + bytes;
      } finally {
        upload.busy = false;
      }
    },
    async end(id) {
      const upload = find(id);
      const short = upload.files.find(({ size }, at) => upload.received[at] !== size);
      if (short !== undefined) throw new LabError('bad-input', `${short.path} has not arrived whole. Drop the files again.`);
      for (const { path, size } of upload.files) {
        if (size > 0) continue; // no piece of it came
        await mkdir(dirname(join(upload.folder, path)), { recursive: true });
        await writeFile(join(upload.folder, path), '');
      }
      const folder = upload.folder.slice(0, -partial.length);
      await rename(upload.folder, folder);
      clearTimeout(upload.timer);
      uploads.delete(id);
      return { source: join(folder, topOf(upload.files.map(({ path }) => path))) };
    },
    async close() {
      await Promise.all([...uploads.keys()].map(drop));
    },
  };
}

/** Removes what earlier servers left unfinished. */
export async function clearUnfinished(root: string): Promise<void> {
  const names = await readdir(root).catch(() => []); // no folder yet: nothing is left in it
  await Promise.all(names.filter((name) => name.endsWith(partial)).map((name) => rm(join(root, name), { recursive: true, force: true })));
}

function checkManifest(given: unknown): UploadManifest['files'] {
  const checked = v.safeParse(UploadManifest, given);
  if (!checked.success) throw new LabError('bad-input', `The list of files is not usable. ${v.summarize([checked.issues[0]])}`);
  const { files } = checked.output;
  const seen = new Set<string>();
  for (const { path } of files) {
    if (!isInside(path)) throw new LabError('bad-input', `${JSON.stringify(path.slice(0, 200))} is no name for a file inside a folder.`);
    const key = path.normalize('NFC').toLowerCase(); // some file systems hold these for one name
    if (seen.has(key)) throw new LabError('bad-input', `The file ${path} is there twice.`);
    seen.add(key);
  }
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (total > uploadLimits.totalBytes)
    throw new LabError(
      'bad-input',
      `${files.length === 1 ? (files[0]?.path ?? '') : `These ${files.length} files`} ${files.length === 1 ? 'has' : 'have'} ${gigabytes(total)}. ` +
        `Up to ${gigabytes(uploadLimits.totalBytes)} can be uploaded; give the path of a larger data set on this computer to the command line.`,
    );
  return files;
}

/** Relative, with '/' between plain names: nothing that climbs, names a drive or a stream, or that some system cannot write. */
function isInside(path: string): boolean {
  return path.split('/').every((name) => isPlainName(name) && !reservedNames.test(name));
}

const reservedNames = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i; // devices on Windows

function isPlainName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && name.length <= 255 && !/[\\:*?"<>|\p{Cc}]/u.test(name) && !/[. ]$/.test(name);
}

async function checkRoom(root: string, files: UploadManifest['files']): Promise<void> {
  await mkdir(root, { recursive: true });
  const { bavail, bsize } = await statfs(root);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (bavail * bsize < total + 100 * 2 ** 20)
    throw new LabError('store', `The disk of ${root} has too little room for ${gigabytes(total)}. Free some, or set AUXLAB_HOME to a folder on another disk.`);
}

/** What a reader opens: the one file, the one folder that was dropped, or the upload itself. */
function topOf(paths: readonly string[]): string {
  const tops = new Set(paths.map((path) => path.split('/')[0] ?? ''));
  const [top = ''] = tops;
  return tops.size === 1 ? top : '.';
}

function gigabytes(bytes: number): string {
  return bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GB` : `${Math.ceil(bytes / 2 ** 20)} MB`;
}
