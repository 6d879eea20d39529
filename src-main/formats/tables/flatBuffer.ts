/** Looks into FlatBuffers ("Internals" of its description): every place is checked to lie inside, and offsets lead forward alone, so that nothing goes round.
 *  */

export class Flat {
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** The place of the outermost table. */
  root(): number {
    return this.follow(0);
  }

  /** Where an offset leads.  @throws RangeError when that is outside, or not forward */
  follow(at: number): number {
    const offset = this.int32(at);
    if (offset <= 0 || at + offset + 4 > this.#view.byteLength) throw new RangeError(`an offset at ${at} that leads outside`);
    return at + offset;
  }

  /** The place of a field of a table, by its number from 0; null when it is not there. */
  field(table: number, number: number): number | null {
    const list = table - this.int32(table);
    if (list < 0 || list + 4 > this.#view.byteLength) throw new RangeError(`a table at ${table} without its list`);
    const entry = 4 + 2 * number;
    if (entry + 2 > this.#view.getUint16(list, true)) return null;
    if (list + entry + 2 > this.#view.byteLength) throw new RangeError(`a table at ${table} whose list is cut off`);
    const offset = this.#view.getInt16(list + entry, true);
    if (offset < 0) throw new RangeError(`a field of the table at ${table} that leads outside`);
    return offset === 0 ? null : table + offset;
  }

  /** The table that a field leads to. */
  table(table: number, number: number): number | null {
    const at = this.field(table, number);
    return at === null ? null : this.follow(at);
  }

  /** The entries of a list.  @param size bytes of an entry   @throws RangeError when there are more than fit */
  vector(table: number, number: number, size: number): { readonly start: number; readonly length: number } {
    const at = this.table(table, number);
    if (at === null) return { start: 0, length: 0 };
    const length = this.int32(at);
    if (length < 0 || at + 4 + length * size > this.#view.byteLength) throw new RangeError(`a list of ${length} entries that is cut off`);
    return { start: at + 4, length };
  }

  byte(at: number): number {
    return this.#view.getUint8(at);
  }

  int32(at: number): number {
    return this.#view.getInt32(at, true);
  }

  int64(at: number): number {
    return Number(this.#view.getBigInt64(at, true));
  }
}
