/** Gives equal texts equal numbers, in the order in which they are first seen. Works on UTF-8 bytes: a text that was seen before makes no string. */

const fewBytes = 1 << 12;

export class TextCodes {
  readonly counts: number[] = []; // how often each was asked for
  #bytes = Buffer.alloc(fewBytes); // of all texts, one after the other
  #ends = new Float64Array(64);
  #table = new Int32Array(256); // code + 1 by hash; 0 is free
  #size = 0;
  #used = 0;

  get size(): number {
    return this.#size;
  }

  /** Memory that the texts take, about. */
  get bytesHeld(): number {
    return this.#bytes.length + this.#ends.byteLength + this.#table.byteLength + 8 * this.#size;
  }

  codeOf(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5; // FNV-1a
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
    const mask = this.#table.length - 1;
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const code = (this.#table[slot] ?? 0) - 1;
      if (code < 0) return this.#add(bytes, start, end, slot);
      if (this.#isText(code, bytes, start, end)) {
        this.counts[code] = (this.counts[code] ?? 0) + 1;
        return code;
      }
    }
  }

  text(code: number): string {
    return this.#bytes.toString('utf8', this.#startOf(code), this.#ends[code]);
  }

  #startOf(code: number): number {
    return code === 0 ? 0 : (this.#ends[code - 1] ?? 0);
  }

  #isText(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    const own = this.#startOf(code);
    const length = end - start;
    if ((this.#ends[code] ?? 0) - own !== length) return false;
    for (let at = 0; at < length; at++) if (this.#bytes[own + at] !== bytes[start + at]) return false;
    return true;
  }

  #add(bytes: Uint8Array, start: number, end: number, slot: number): number {
    const code = this.#size++;
    const length = end - start;
    if (this.#used + length > this.#bytes.length) {
      const larger = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#used + length));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes.subarray(start, end), this.#used);
    this.#used += length;
    if (code === this.#ends.length) {
      const larger = new Float64Array(code * 2);
      larger.set(this.#ends);
      this.#ends = larger;
    }
    this.#ends[code] = this.#used;
    this.counts[code] = 1;
    this.#table[slot] = code + 1;
    if (this.#size * 2 > this.#table.length) this.#rehash();
    return code;
  }

  #rehash(): void {
    const table = new Int32Array(this.#table.length * 4);
    const mask = table.length - 1;
    for (let code = 0; code < this.#size; code++) {
      let hash = 0x811c9dc5;
      for (let at = this.#startOf(code); at < (this.#ends[code] ?? 0); at++) hash = Math.imul(hash ^ (this.#bytes[at] ?? 0), 0x01000193);
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = code + 1;
    }
    this.#table = table;
  }
}
