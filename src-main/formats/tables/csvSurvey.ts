/** A first look at all bytes of a text file: its beginning, whether it is UTF-8, where it is not, how many lines it can have. */
import { isAscii, isUtf8 } from 'node:buffer';

const headBytes = 1024 * 1024;
const mostHeadBytes = 64 * 1024 * 1024; // of a table whose first lines are longer than a mebibyte
const mostForeignBytes = 128 * 1024;
const mostScannedBytes = 32 * 1024 * 1024;

export class TextSurvey {
  bytes = 0;
  lineFeeds = 0;
  carriageReturns = 0; // counted in the head alone when there are line feeds
  lastByte = 0;
  firstZeroLine = 0; // 0: there is none
  sequences = 0; // well-formed UTF-8 of several bytes, counted when some is not well-formed
  invalid = 0; // bytes that fit no UTF-8
  firstInvalid: { readonly line: number; readonly byte: number } | null = null;
  #head: Buffer[] = [];
  #headSize = 0;
  #foreign: Buffer[] = []; // lines with bytes beyond ASCII
  #foreignSize = 0;
  #lastLine: Buffer | null = null; // what stands behind the last line end, from its first byte
  #scanned = 0;
  #carry = Buffer.alloc(0); // an unfinished UTF-8 sequence

  /** The beginning of the file: all of it when it is small, else a mebibyte or three lines. */
  get head(): Buffer {
    if (this.#head.length !== 1) this.#head = [Buffer.concat(this.#head)];
    return this.#head[0] ?? Buffer.alloc(0);
  }

  get isWhole(): boolean {
    return this.#headSize === this.bytes;
  }

  /** Lines with bytes beyond ASCII, from all over the file. */
  get foreign(): Buffer {
    return Buffer.concat(this.#foreign);
  }

  push(chunk: Buffer): void {
    if (this.#headSize === this.bytes && (this.#headSize < headBytes || (this.lineFeeds + this.carriageReturns < 3 && this.#headSize < mostHeadBytes))) {
      const piece = Buffer.from(chunk);
      this.#head.push(piece);
      this.#headSize += piece.length;
    }
    if (this.firstZeroLine === 0) {
      const zero = chunk.indexOf(0);
      if (zero >= 0) this.firstZeroLine = 1 + this.lineFeeds + countOf(chunk.subarray(0, zero), 10);
    }
    this.#checkUtf8(chunk);
    this.lineFeeds += countOf(chunk, 10);
    if (this.lineFeeds === 0 || this.bytes < headBytes) this.carriageReturns += countOf(chunk, 13);
    this.bytes += chunk.length;
    this.lastByte = chunk.at(-1) ?? this.lastByte;
  }

  end(): void {
    if (this.#carry.length > 0) this.#scan(this.#carry);
    if (this.#lastLine !== null) this.#collectLine(this.#lastLine);
  }

  #checkUtf8(chunk: Buffer): void {
    const all = this.#carry.length > 0 ? Buffer.concat([this.#carry, chunk]) : chunk;
    const end = wholeSequences(all);
    this.#carry = Buffer.from(all.subarray(end));
    const whole = all.subarray(0, end);
    if (this.invalid === 0 && isUtf8(whole)) return;
    this.#scan(whole);
    this.#collect(chunk);
  }

  /** Counts well-formed sequences and bytes that fit none (RFC 3629), and where the first such byte stands. */
  #scan(bytes: Buffer): void {
    if (this.#scanned > mostScannedBytes) return;
    this.#scanned += bytes.length;
    for (let i = 0; i < bytes.length;) {
      const lead = bytes[i] ?? 0;
      const length = lead < 0x80 ? 1 : lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
      if (length > 0 && i + length <= bytes.length && (length === 1 || isUtf8(bytes.subarray(i, i + length)))) {
        if (length > 1) this.sequences++;
        i += length;
      } else {
        this.firstInvalid ??= { line: 1 + this.lineFeeds + countOf(bytes.subarray(0, i), 10), byte: lead };
        this.invalid++;
        i++;
      }
    }
  }

  /** Takes whole lines alone: half a letter would speak against the right encoding. */
  #collect(chunk: Buffer): void {
    const end = this.lineFeeds > 0 || chunk.includes(10) ? 10 : 13;
    let at = this.bytes === 0 ? 0 : chunk.indexOf(end) + 1;
    for (let next = chunk.indexOf(end, at); next >= 0 && this.#foreignSize < mostForeignBytes; next = chunk.indexOf(end, at)) {
      this.#collectLine(chunk.subarray(at, next + 1));
      at = next + 1;
    }
    this.#lastLine = at > 0 || this.bytes === 0 ? Buffer.from(chunk.subarray(at, at + mostForeignBytes)) : null;
  }

  #collectLine(line: Buffer): void {
    if (isAscii(line) || (line.length > mostForeignBytes && this.#foreignSize > 0)) return;
    this.#foreign.push(Buffer.from(line));
    this.#foreignSize += line.length;
  }
}

function countOf(bytes: Buffer, byte: number): number {
  let count = 0;
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) count++;
  return count;
}

/** The bytes without a sequence at their end that may go on. */
function wholeSequences(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
