/** Cuts the bytes of a table into records and cells (RFC 4180 and what people make of it), a piece of the file at a time. Knows places alone: what a cell means
 *  is for those who take the records. Lenient as csv-parse is with relax_quotes: a quote inside a value is a letter. */

export const whitespace = 'whitespace'; // the delimiter of tables whose columns stand apart by runs of blanks and tabs

export interface Writing {
  readonly delimiter: string; // whitespace, or what stands between two values
  readonly quote: '"' | "'";
  readonly spaceAfterDelimiter: boolean; // blanks before a quote are no part of the value
  readonly newline: '\n' | '\r'; // '\n' includes '\r\n'
}

/** One record: where its cells lie. Overwritten by the next. */
export interface Cells {
  readonly bytes: Buffer;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly kinds: Uint8Array; // of each cell: bare, quoted, doubled
  readonly count: number;
  readonly line: number; // of the file, from 1, at which the record starts
}

export const bare = 0;
export const quoted = 1;
export const doubled = 2; // quoted, with quotes inside that are written twice

/** A value that starts with a quote has no end. */
export class UnclosedQuote extends Error {
  readonly line: number;

  constructor(line: number) {
    super(`A quoted value in line ${line} is never closed.`);
    this.line = line;
  }
}

const mostBytesOfRecord = 1 << 28;
const [tab, lf, cr, blank] = [9, 10, 13, 32] as const;
const cut = -1; // the record goes on behind the bytes that are there

export class CsvScanner implements Cells {
  bytes: Buffer = Buffer.alloc(0);
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  kinds = new Uint8Array(64);
  count = 0;
  line = 1;
  readonly #take: (record: Cells) => void;
  readonly #quote: number;
  readonly #newline: number;
  readonly #delimiter: Buffer;
  readonly #isSpaced: boolean;
  readonly #record: (at: number, isLast: boolean) => number;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #wantedBytes = 0;
  #nextLine: number;

  /** @param line at which the bytes start   @param take is called with every record that is no empty line, and looks at it at once */
  constructor(writing: Writing, line: number, take: (record: Cells) => void) {
    this.#take = take;
    this.#quote = writing.quote.charCodeAt(0);
    this.#newline = writing.newline === '\n' ? lf : cr;
    this.#delimiter = Buffer.from(writing.delimiter, 'utf8');
    this.#isSpaced = writing.spaceAfterDelimiter;
    this.#record = writing.delimiter === whitespace ? this.#wordRecord : this.#delimitedRecord;
    this.#nextLine = line;
  }

  /** @throws UnclosedQuote when a record is larger than any honest one */
  push(bytes: Buffer): void {
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    if (this.#heldBytes < this.#wantedBytes) return; // a long record is looked at again only when there is twice as much of it
    const all = this.#held.length === 1 ? bytes : Buffer.concat(this.#held);
    const done = this.#records(all, false);
    if (done === 0 && all.length > mostBytesOfRecord) throw new UnclosedQuote(this.#nextLine);
    this.#hold(Buffer.from(all.subarray(done))); // a copy: the caller may use the bytes again
    this.#wantedBytes = done === 0 ? 2 * all.length : 0;
  }

  /** @throws UnclosedQuote */
  end(): void {
    this.#records(Buffer.concat(this.#held), true);
    this.#hold(Buffer.alloc(0));
  }

  #hold(bytes: Buffer): void {
    this.#held = bytes.length > 0 ? [bytes] : [];
    this.#heldBytes = bytes.length;
  }

  /** @returns bytes that were used up */
  #records(bytes: Buffer, isLast: boolean): number {
    this.bytes = bytes;
    for (let start = 0; ;) {
      if (start >= bytes.length) return start;
      this.count = 0;
      this.line = this.#nextLine;
      const end = this.#record(start, isLast);
      if (end === cut) {
        this.#nextLine = this.line;
        return start;
      }
      const isEmpty = this.count === 0 || (this.count === 1 && this.kinds[0] === bare && lengthOfLine(bytes, this.starts[0] ?? 0, this.ends[0] ?? 0) === 0);
      if (!isEmpty) this.#take(this);
      start = end;
    }
  }

  /** @returns the place behind the record and its line end, or cut */
  #delimitedRecord(at: number, isLast: boolean): number {
    const { bytes } = this;
    const [quote, newline, first, width] = [this.#quote, this.#newline, this.#delimiter[0] ?? 0, this.#delimiter.length];
    const isSpaced = this.#isSpaced;
    const { length } = bytes;
    let { starts, ends, kinds } = this;
    let count = 0;
    for (let i = at; ;) {
      if (isSpaced) while (bytes[i] === blank) i++;
      if (count === starts.length) ({ starts, ends, kinds } = this.#moreCells());
      starts[count] = i;
      if (i < length && bytes[i] === quote) {
        const close = this.#quotedEnd(i, isLast);
        if (close === cut) return cut;
        let after = close + 1;
        while ((bytes[after] === blank || bytes[after] === tab) && !this.#isDelimiter(after)) after++;
        if (after >= length - 1 && !isLast) return cut; // whether a carriage return ends the line shows behind it
        const isLine = after >= length || this.#isLineEnd(after);
        if (isLine || this.#isDelimiter(after)) {
          starts[count] = i + 1;
          ends[count] = close;
          kinds[count++] = this.#isDoubled ? doubled : quoted;
          i = after + width;
          if (!isLine) continue;
          this.count = count;
          return after >= length ? length : this.#lineEnded(after);
        }
        i = close + 1; // no quote after all, but letters
      }
      for (; i < length; i++) {
        const byte = bytes[i];
        if (byte === newline || (byte === first && (width === 1 || this.#isDelimiter(i)))) break;
      }
      if (i >= length && !isLast) return cut;
      ends[count] = i;
      kinds[count++] = bare;
      if (i < length && bytes[i] !== newline) {
        i += width;
        continue;
      }
      this.count = count;
      return i >= length ? length : this.#lineEnded(i);
    }
  }

  /** A record whose values stand apart by runs of blanks and tabs, which may also stand before and behind them. */
  #wordRecord(at: number, isLast: boolean): number {
    const { bytes } = this;
    const newline = this.#newline;
    const { length } = bytes;
    const isSpace = (byte: number | undefined): boolean => byte === blank || byte === tab || (byte === cr && newline === lf);
    for (let i = at; ;) {
      while (isSpace(bytes[i])) i++;
      if (i >= length) return isLast ? length : cut;
      if (bytes[i] === newline) return this.#lineEnded(i);
      const start = i;
      if (bytes[i] === this.#quote) {
        const close = this.#quotedEnd(i, isLast);
        if (close === cut || (close + 1 >= length && !isLast)) return cut;
        i = close + 1;
        if (i >= length || isSpace(bytes[i]) || bytes[i] === newline) {
          this.#add(start + 1, close, this.#isDoubled ? doubled : quoted);
          continue;
        }
      }
      while (i < length && !isSpace(bytes[i]) && bytes[i] !== newline) i++;
      if (i >= length && !isLast) return cut;
      this.#add(start, i, bare);
    }
  }

  #isDoubled = false;

  /** @returns the place of the quote that closes, or cut */
  #quotedEnd(open: number, isLast: boolean): number {
    const { bytes } = this;
    const quote = this.#quote;
    this.#isDoubled = false;
    for (let from = open + 1; ;) {
      const close = bytes.indexOf(quote, from);
      if (close < 0 || (close + 1 >= bytes.length && !isLast)) {
        if (isLast) throw new UnclosedQuote(this.line);
        return cut;
      }
      if (bytes[close + 1] !== quote) return close;
      this.#isDoubled = true;
      from = close + 2;
    }
  }

  #isDelimiter(at: number): boolean {
    const delimiter = this.#delimiter;
    for (let i = 0; i < delimiter.length; i++) if (this.bytes[at + i] !== delimiter[i]) return false;
    return true;
  }

  #isLineEnd(at: number): boolean {
    const byte = this.bytes[at];
    return byte === this.#newline || (byte === cr && (at + 1 >= this.bytes.length || this.bytes[at + 1] === lf));
  }

  /** @returns the place of the next record */
  #lineEnded(at: number): number {
    let end = at;
    if (this.#newline === lf && this.bytes[end] === cr) end++;
    this.#nextLine = this.line + 1;
    for (let cell = 0; cell < this.count; cell++)
      if (this.kinds[cell] !== bare) this.#nextLine += this.#newlinesIn(this.starts[cell] ?? 0, this.ends[cell] ?? 0);
    return Math.min(end + 1, this.bytes.length);
  }

  #newlinesIn(start: number, end: number): number {
    let count = 0;
    for (let at = this.bytes.indexOf(this.#newline, start); at >= 0 && at < end; at = this.bytes.indexOf(this.#newline, at + 1)) count++;
    return count;
  }

  #moreCells(): this {
    const length = this.starts.length * 2;
    const [starts, ends, kinds] = [new Int32Array(length), new Int32Array(length), new Uint8Array(length)];
    starts.set(this.starts);
    ends.set(this.ends);
    kinds.set(this.kinds);
    return Object.assign(this, { starts, ends, kinds });
  }

  #add(start: number, end: number, kind: number): void {
    if (this.count === this.starts.length) this.#moreCells();
    this.starts[this.count] = start;
    this.ends[this.count] = end;
    this.kinds[this.count++] = kind;
  }
}

/** Letters in a line, its carriage return apart. */
function lengthOfLine(bytes: Uint8Array, start: number, end: number): number {
  return end - start - (end > start && bytes[end - 1] === cr ? 1 : 0);
}

/** The text of a cell, trimmed. */
export function cellText({ bytes, starts, ends, kinds }: Cells, cell: number, quote: string): string {
  const text = bytes.toString('utf8', starts[cell], ends[cell]);
  return (kinds[cell] === doubled ? text.replaceAll(quote + quote, quote) : text).trim();
}
