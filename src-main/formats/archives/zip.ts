/** Reads ZIP files entry by entry, ZIP64 included: of what is in them no more is held in memory than a piece. The directory is yauzl's to read; length and
 *  CRC-32 of every entry are checked here. Which names, counts and sizes a stranger's archive may have, zipArchive.ts says. */
import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { LabError } from '../../contract/errors.ts';
import { bytesOf, openBytes } from './bytesAt.ts';
import type { BytesAt } from './bytesAt.ts';
import { sizeText } from '../limits.ts';

const pieceBytes = 1 << 20;
const utf8Flag = 0x800; // of the general purpose bits (PKWARE APPNOTE 6.3.10, 4.4.4)
const [stored, deflated] = [0, 8]; // compression methods (4.4.5)

export interface ZipEntry {
  readonly name: string; // as it stands in the directory
  readonly bytes: number; // unpacked, as the directory says
  readonly isExecutable: boolean;
  readonly listed: Entry;
}

export interface Zip {
  readonly path: string;
  readonly size: number; // bytes of the whole file
  /** In the order of the directory, without folders. To be gone through once. @throws LabError bad-input when the directory is damaged */
  entries(): AsyncGenerator<ZipEntry>;
  /** The entry's content in pieces of at most 1 MiB. @throws LabError bad-input when it is damaged, encrypted or compressed in an unknown way */
  read(entry: ZipEntry, signal?: AbortSignal): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/** @param content the file's content, when it is in memory already
 *  @throws LabError bad-input when it is no ZIP file or has been cut off */
export async function openZip(path: string, content: Buffer | null = null): Promise<Zip> {
  const source = content === null ? await openBytes(path) : bytesOf(content);
  try {
    const zip = await openDirectory(source, path);
    return {
      path,
      size: source.size,
      entries: () => listEntries(zip, path),
      read: (entry, signal) => readEntry(zip, source, path, entry, signal),
      close: () => source.close(),
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** @throws LabError bad-input when the entry's content is one that is not read */
export function checkPacking(path: string, { name, listed }: ZipEntry): void {
  if (listed.isEncrypted()) throw new LabError('bad-input', `${path}: ${name} is encrypted. Encrypted ZIP files are not read.`);
  if (listed.compressionMethod !== stored && listed.compressionMethod !== deflated)
    throw new LabError('bad-input', `${path}: ${name} is compressed with method ${listed.compressionMethod}. Read are 0 (stored) and 8 (deflated).`);
}

/** The whole content of an entry. Its size is reserved at once: it must have been found honest. */
export async function contentOf(zip: Zip, entry: ZipEntry): Promise<Uint8Array> {
  const whole = new Uint8Array(entry.bytes);
  let at = 0;
  for await (const piece of zip.read(entry)) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

class PositionReader extends RandomAccessReader {
  readonly #source: BytesAt;

  constructor(source: BytesAt) {
    super();
    this.#source = source;
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    this.#source.at(position, length).then((bytes) => {
      bytes.copy(buffer, offset);
      callback(null);
    }, callback);
  }
}

async function openDirectory(source: BytesAt, path: string): Promise<ZipFile> {
  // Names are decoded here, so that nothing in them is put right before it is judged; sizes are checked here, so that the refusal can tell both.
  const options = { autoClose: false, decodeStrings: false, validateEntrySizes: false };
  try {
    return await fromRandomAccessReaderPromise(new PositionReader(source), source.size, options);
  } catch (cause) {
    const text = `${path} is not a complete ZIP file: its directory is missing (${source.size} bytes). It was probably cut off; get it again.`;
    throw new LabError('bad-input', text, { cause });
  }
}

async function* listEntries(zip: ZipFile, path: string): AsyncGenerator<ZipEntry> {
  let count = 0;
  try {
    for await (const listed of zip.eachEntry()) {
      count++;
      const name = nameOf(listed);
      if (name.endsWith('/')) continue;
      yield { name, bytes: listed.uncompressedSize, isExecutable: ((listed.externalFileAttributes >>> 16) & 0o111) !== 0, listed };
    }
  } catch (cause) {
    throw damaged(path, `its directory breaks off after ${count} of ${zip.entryCount} entries`, cause);
  }
}

/** UTF-8 where the entry says so or where it is: many programs write it without a word. Else the code page 437 of the standard. */
function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  return getFileNameLowLevel(isUtf8(fileNameRaw) ? generalPurposeBitFlag | utf8Flag : generalPurposeBitFlag, fileNameRaw, extraFields, true);
}

async function* readEntry(zip: ZipFile, source: BytesAt, path: string, entry: ZipEntry, signal?: AbortSignal): AsyncGenerator<Buffer> {
  checkPacking(path, entry);
  const { name, bytes, listed } = entry;
  const start = await zip.readLocalFileHeaderPromise(listed, { minimal: true }).then(
    ({ fileDataStart }) => fileDataStart,
    (cause: unknown) => Promise.reject(damaged(path, `${name} does not start or end where the directory says`, cause)),
  );
  const packed = packedPieces(source, start, listed.compressedSize, signal);
  let seen = 0;
  let sum = 0;
  try {
    for await (const piece of listed.compressionMethod === stored ? packed : inflate(packed, bytes)) {
      seen += piece.length;
      if (seen > bytes) break;
      sum = crc32(piece, sum);
      yield piece;
    }
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    throw new LabError('bad-input', `${path} is damaged: ${name} cannot be decompressed. Get the file again.`, { cause });
  }
  if (seen !== bytes) {
    const found = seen > bytes ? 'more' : sizeText(seen);
    throw new LabError('bad-input', `${path}, entry ${name}: ${sizeText(bytes)} expected, ${found} found. The archive is damaged.`);
  }
  if (sum !== listed.crc32) throw damaged(path, `${name} has another CRC-32 than the directory says`);
}

async function* packedPieces(source: BytesAt, start: number, length: number, signal?: AbortSignal): AsyncGenerator<Buffer> {
  for (let done = 0; done < length; done += pieceBytes) {
    signal?.throwIfAborted();
    yield await source.at(start + done, Math.min(pieceBytes, length - done));
  }
}

async function* inflate(packed: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  const unpacker = createInflateRaw({ chunkSize: Math.min(pieceBytes, Math.max(64, bytes)) }); // 64 is zlib's least
  const source = Readable.from(packed);
  source.once('error', (error) => unpacker.destroy(error));
  source.pipe(unpacker);
  try {
    for await (const piece of unpacker) yield piece as Buffer; // no encoding is set: pieces are Buffers
  } finally {
    source.destroy();
    unpacker.destroy();
  }
}

function damaged(path: string, what: string, cause?: unknown): LabError {
  return new LabError('bad-input', `${path} is damaged or cut off: ${what}. Get the file again.`, { cause });
}
