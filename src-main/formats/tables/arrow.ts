/** Reads Arrow IPC files and streams, and Feather files of version 2, which are such files. Buffers packed with LZ4 or Zstandard are unpacked. */
import * as zlib from 'node:zlib';
import { LabError } from '../../contract/errors.ts';
import { checkArrow, checkLz4Frame, TooLarge } from './arrowCheck.ts';
import { arrowColumns } from './arrowColumns.ts';
import type { Format, RawDataset, ReadOptions } from '../format.ts';
import { maxUnpackedBytes, sizeText } from '../limits.ts';
import type { ReadRoom } from '../readRoom.ts';
import { plainName, readBytes, unpacksZstd } from '../source.ts';

export const arrow: Format = {
  id: 'arrow',
  title: 'Arrow or Feather table',
  extensions: ['.arrow', '.feather', '.ipc', '.arrows'],
  help: 'An Arrow IPC file or stream, as pandas.to_feather and polars.write_ipc make it; categories become classes.',
  opens: ['gzip'],
  startsAs: ({ head }) => startsAsArrowFile(head) || startsAsArrowStream(head),
  match: ({ path, isDirectory }) => !isDirectory && /\.(?:arrows?|feather|ipc)$/i.test(plainName(path)),
  read,
};

function startsAsArrowFile(head: Uint8Array): boolean {
  return Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 6)).toString('latin1') === 'ARROW1';
}

/** A stream begins with the marker of a message and its length, then a table of FlatBuffers whose root lies near. */
function startsAsArrowStream(head: Uint8Array): boolean {
  if (head.length < 16 || head.subarray(0, 4).some((byte) => byte !== 0xff)) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  return view.getUint32(4, true) < 1 << 28 && view.getUint32(8, true) < 1024;
}

async function read(path: string, _: ReadOptions, room: ReadRoom): Promise<RawDataset> {
  const bytes = await readBytes(path);
  if (!startsAsArrowFile(bytes) && !startsAsArrowStream(bytes))
    throw new LabError(
      'bad-input',
      `${path} is no Arrow or Feather file: it begins otherwise. Save it again, for example with pandas.to_feather or as Parquet.`,
    );
  const { tableFromIPC, setCompressionCodec, CompressionType } = await import('@uwdata/flechette');
  const lz4 = await import('lz4js');
  const limit = maxUnpackedBytes(bytes.length);
  const unpacker = (unpack: (packed: Uint8Array, size: number) => Uint8Array) => (packed: Uint8Array, size?: number) => {
    const out = unpack(packed, size ?? 0); // checked below
    if (out.length !== size) throw new RangeError(`a buffer of ${out.length} bytes, ${size ?? 0} were stated`);
    return out;
  };
  const isWriting = (): never => {
    throw new RangeError('Arrow files are only read.');
  };
  const unpackLz4 = (packed: Uint8Array, size: number): Uint8Array => {
    checkLz4Frame(packed);
    return lz4.decompress(packed, size);
  };
  setCompressionCodec(CompressionType.LZ4_FRAME, { encode: isWriting, decode: unpacker(unpackLz4) });
  setCompressionCodec(CompressionType.ZSTD, { encode: isWriting, decode: unpacker((packed, size) => unpackZstd(path, packed, size)) });
  try {
    checkArrow(bytes, startsAsArrowFile(bytes), limit);
    // Whole numbers of 64 bits and times as they are: what a double holds of them is decided by column
    const table = tableFromIPC(bytes, { useBigInt: true, useBigIntTimestamp: true });
    if (table.children.some(({ length }) => length !== table.numRows)) throw new RangeError('columns of different lengths');
    if (table.numRows === 0) throw new LabError('bad-input', `${path} has no rows.`);
    return { format: 'arrow', rows: table.numRows, ...arrowColumns(path, table, room) };
  } catch (cause) {
    if (cause instanceof LabError || room.signal?.aborted === true) throw cause;
    if (cause instanceof TooLarge)
      throw new LabError('bad-input', `${path} unpacks from ${sizeText(bytes.length)} to more than ${sizeText(limit)} and is refused.`, { cause });
    const why = cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause);
    throw new LabError('bad-input', `${path} is damaged or cut off, or of a kind of Arrow that is not read (${why}). Save it again, for example as Parquet.`, {
      cause,
    });
  }
}

function unpackZstd(path: string, packed: Uint8Array, size: number): Uint8Array {
  if (!unpacksZstd)
    throw new LabError(
      'bad-input',
      `${path} is packed with Zstandard, which this Node.js does not unpack (22.15 and newer do). Save it with compression="lz4".`,
    );
  return zlib.zstdDecompressSync(packed, { maxOutputLength: Math.max(1, size) });
}
