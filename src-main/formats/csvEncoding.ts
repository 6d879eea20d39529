/** Finds the encoding of a text file and turns its bytes into UTF-8 without a byte order mark. */
import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { LabError } from '../contract/errors.ts';
import type { ReadOptions } from './format.ts';

export type Encoding = NonNullable<ReadOptions['encoding']>;

export interface DecodedText {
  readonly bytes: Buffer; // UTF-8, no byte order mark
  readonly notes: readonly string[];
}

const titles: Readonly<Record<Encoding, string>> = { 'utf-8': 'UTF-8', 'utf-16le': 'UTF-16LE', 'utf-16be': 'UTF-16BE', latin1: 'Latin-1' };
const marks: readonly (readonly [Encoding, Buffer])[] = [
  ['utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
];

/** Decodes by the told encoding, else by the byte order mark, else by the bytes themselves.
 *  @throws LabError naming the file, and the row of the first byte that is no text */
export function decodeText(path: string, bytes: Buffer, told?: Encoding): DecodedText {
  const mark = marks.find(([, start]) => bytes.subarray(0, start.length).equals(start));
  const encoding = told ?? mark?.[0] ?? sniffEncoding(path, bytes);
  const body = mark !== undefined && mark[0] === encoding ? bytes.subarray(mark[1].length) : bytes;
  const notes = told === undefined && encoding !== 'utf-8' ? [`Encoding ${titles[encoding]} (${mark === undefined ? 'sniffed' : 'byte order mark'}).`] : [];
  if (encoding === 'utf-8') return { bytes: checkedUtf8(path, body), notes };
  return { bytes: encoding === 'latin1' ? fromLatin1(path, body) : fromUtf16(path, body, encoding), notes };
}

/** UTF-16 puts a zero into every other byte of ordinary text; what is no valid UTF-8 is Latin-1. */
function sniffEncoding(path: string, bytes: Buffer): Encoding {
  const sample = bytes.subarray(0, 4096);
  const zeros = [0, 0];
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > 0.15 * sample.length && even < 0.05 * sample.length) return 'utf-16le';
  if (even > 0.15 * sample.length && odd < 0.05 * sample.length) return 'utf-16be';
  if (isUtf8(bytes)) return 'utf-8';
  const { sequences, invalid, first } = scanUtf8(bytes);
  if (sequences > invalid) throw invalidUtf8(path, bytes, first); // UTF-8 with damage: read as Latin-1 all its letters would be wrong
  return 'latin1';
}

function checkedUtf8(path: string, bytes: Buffer): Buffer {
  if (!isUtf8(bytes)) throw invalidUtf8(path, bytes, scanUtf8(bytes).first);
  refuseBinary(path, bytes);
  return bytes;
}

/** Latin-1 as browsers and spreadsheets mean it: Windows-1252, which differs in 0x80 to 0x9f only. */
function fromLatin1(path: string, bytes: Buffer): Buffer {
  refuseBinary(path, bytes);
  return transcode(bytes, 'win1252', () => undefined);
}

function fromUtf16(path: string, bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): Buffer {
  if (bytes.length % 2 !== 0)
    throw new LabError('bad-input', `${path} is not valid ${titles[encoding]}: it has an odd number of bytes. Set the option encoding, for example utf-8.`);
  let row = 1;
  return transcode(bytes, encoding, (text) => {
    if (!text.isWellFormed()) {
      const bad = text.search(/\p{Surrogate}/u);
      throw new LabError(
        'bad-input',
        `${path}, row ${row + newlines(text.slice(0, bad))}: not valid ${titles[encoding]}. Set the option encoding, for example utf-8.`,
      );
    }
    row += newlines(text);
  });
}

/** Piece by piece, because one JavaScript string cannot hold a large file. */
function transcode(bytes: Buffer, encoding: string, check: (text: string) => void): Buffer {
  const decoder = iconv.getDecoder(encoding);
  const pieces: Buffer[] = [];
  const add = (text: string | undefined): void => {
    if (text === undefined || text === '') return;
    check(text);
    pieces.push(Buffer.from(text, 'utf8'));
  };
  for (let start = 0; start < bytes.length; start += 1 << 22) add(decoder.write(bytes.subarray(start, start + (1 << 22))));
  add(decoder.end());
  return Buffer.concat(pieces);
}

function refuseBinary(path: string, bytes: Buffer): void {
  const zero = bytes.indexOf(0);
  if (zero >= 0)
    throw new LabError(
      'bad-input',
      `${path}, row ${rowOfByte(bytes, zero)}: a zero byte, so this is not a text file. If it is UTF-16, set the option encoding.`,
    );
}

function invalidUtf8(path: string, bytes: Buffer, offset: number): LabError {
  const value = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return new LabError(
    'bad-input',
    `${path}, row ${rowOfByte(bytes, offset)}: byte 0x${value} is not valid UTF-8. Set the option encoding, for example latin1.`,
  );
}

/** 1-based line of a byte; lines end with the newline byte (10, or 13 in files that know no other). */
export function rowOfByte(bytes: Buffer, offset: number, newline = 10): number {
  let row = 1;
  for (let at = bytes.indexOf(newline); at >= 0 && at < offset; at = bytes.indexOf(newline, at + 1)) row++;
  return row;
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** Counts well-formed multi-byte sequences and bytes that fit none (RFC 3629), and where the first such byte stands. */
function scanUtf8(bytes: Buffer): { sequences: number; invalid: number; first: number } {
  let sequences = 0;
  let invalid = 0;
  let first = -1;
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i] ?? 0;
    const length = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
    if (length > 0 && i + length <= bytes.length && (length === 1 || isUtf8(bytes.subarray(i, i + length)))) {
      if (length > 1) sequences++;
      i += length;
    } else {
      if (first < 0) first = i;
      invalid++;
      i++;
    }
  }
  return { sequences, invalid, first };
}
