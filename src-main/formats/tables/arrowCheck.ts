/** Holds the sizes and counts that an Arrow file states against what there is, before anything is made of them: the library that reads it believes them.
 *  Layout: Apache Arrow, "Serialization and Interprocess Communication", Message.fbs, Schema.fbs and File.fbs; FlatBuffers' own, "Internals". */
import { Flat } from './flatBuffer.ts';

const [schemaHeader, dictionaryHeader, recordHeader] = [1, 2, 3]; // Message.fbs, union MessageHeader
const [decimal, union] = [7, 14]; // Schema.fbs, union Type
const mostDigits = 76; // of a decimal number of 256 bits
const mostDepth = 32;
const mostFields = 100_000;

/** @param limit bytes that all packed buffers together may unpack to
 *  @throws RangeError saying what is wrong */
export function checkArrow(bytes: Uint8Array, isFile: boolean, limit: number): void {
  const state: State = { unpacked: 0, limit, fields: 0 };
  if (isFile) return checkFile(bytes, state);
  for (let at = 0; at < bytes.length;) {
    const next = checkMessage(bytes, at, state);
    if (next === null) return;
    at = next;
  }
}

interface State {
  unpacked: number;
  readonly limit: number;
  fields: number;
}

/** Field numbers of a table, from 0: the offset in its own list is 4 and 2 for each. */
function checkFile(bytes: Uint8Array, state: State): void {
  const end = bytes.length - 10; // the length of the footer, and ARROW1
  if (end < 8) throw new RangeError('no footer');
  const flat = new Flat(bytes);
  const length = flat.int32(end);
  if (length < 8 || length > end) throw new RangeError('no footer');
  const footer = new Flat(bytes.subarray(end - length, end));
  const root = footer.root();
  const schema = footer.table(root, 1);
  if (schema === null) throw new RangeError('no schema');
  checkSchema(footer, schema, state);
  footer.vector(root, 4, 4);
  for (const field of [2, 3]) {
    const blocks = footer.vector(root, field, 24);
    for (let i = 0; i < blocks.length; i++) {
      const at = footer.int64(blocks.start + 24 * i);
      if (at < 8 || at > end || checkMessage(bytes, at, state) === null) throw new RangeError('a block that is not there');
    }
  }
}

/** @returns where the next message begins; null at the end */
function checkMessage(bytes: Uint8Array, start: number, state: State): number | null {
  const flat = new Flat(bytes);
  const isMarked = flat.int32(start) === -1;
  const at = start + (isMarked ? 8 : 4);
  const length = flat.int32(at - 4);
  if (length === 0) return null;
  if (length < 0 || at + length > bytes.length) throw new RangeError('a message that is cut off');
  const head = new Flat(bytes.subarray(at, at + length));
  const root = head.root();
  const body = head.field(root, 3) === null ? 0 : head.int64(head.field(root, 3) ?? 0);
  const next = at + length + body;
  if (body < 0 || next > bytes.length) throw new RangeError('a message that is cut off');
  const header = head.table(root, 2);
  if (header === null) return next;
  const type = head.byte(head.field(root, 1) ?? 0);
  const content = bytes.subarray(at + length, next);
  if (type === schemaHeader) checkSchema(head, header, state);
  else if (type === recordHeader) checkBatch(head, header, content, state);
  else if (type === dictionaryHeader) {
    const batch = head.table(header, 1);
    if (batch !== null) checkBatch(head, batch, content, state);
  }
  return next;
}

function checkSchema(flat: Flat, schema: number, state: State): void {
  checkFields(flat, flat.vector(schema, 1, 4), state, 0);
  checkPairs(flat, schema, 2);
  flat.vector(schema, 3, 8);
}

function checkFields(flat: Flat, { start, length }: { readonly start: number; readonly length: number }, state: State, depth: number): void {
  if (depth > mostDepth) throw new RangeError('fields too deep');
  state.fields += length;
  if (state.fields > mostFields) throw new RangeError(`more than ${mostFields} fields`);
  for (let i = 0; i < length; i++) {
    const field = flat.follow(start + 4 * i);
    const type = flat.table(field, 3);
    if (type !== null) checkType(flat, type, flat.byte(flat.field(field, 2) ?? 0));
    checkFields(flat, flat.vector(field, 5, 4), state, depth + 1);
    checkPairs(flat, field, 6);
  }
}

function checkType(flat: Flat, type: number, id: number): void {
  if (id === union) flat.vector(type, 1, 4);
  if (id !== decimal) return;
  const digits = [0, 1].map((number) => flat.field(type, number)).map((at) => (at === null ? 0 : flat.int32(at)));
  if (digits.some((count) => Math.abs(count) > mostDigits)) throw new RangeError('a decimal number of too many digits');
}

/** A frame of LZ4 ("LZ4 Frame Format Description"): its blocks must lie in it.  @throws RangeError */
export function checkLz4Frame(frame: Uint8Array): void {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.length);
  const flags = view.getUint8(4);
  // No checksum of blocks, no dictionary
  if (view.getUint32(0, true) !== 0x184d2204 || (flags & 0b1101_0001) !== 0b0100_0000) throw new RangeError('a frame of LZ4 of another kind');
  for (let at = (flags & 0b1000) === 0 ? 7 : 15; ;) {
    const size = view.getUint32(at, true) & 0x7fff_ffff; // the highest bit says that a block is not packed
    if (size === 0) return;
    at += 4 + size;
    if (at + 4 > frame.length) throw new RangeError('a frame of LZ4 that is cut off');
  }
}

function checkPairs(flat: Flat, table: number, field: number): void {
  const { start, length } = flat.vector(table, field, 4);
  for (let i = 0; i < length; i++) flat.follow(start + 4 * i);
}

/** Buffers must lie in the body, and no column can have more rows than they have bits. */
function checkBatch(flat: Flat, batch: number, body: Uint8Array, state: State): void {
  const content = new Flat(body);
  const isPacked = flat.field(batch, 3) !== null;
  const buffers = flat.vector(batch, 2, 16);
  let bytes = 0;
  for (let i = 0; i < buffers.length; i++) {
    const [at, length] = [flat.int64(buffers.start + 16 * i), flat.int64(buffers.start + 16 * i + 8)];
    if (at < 0 || length < 0 || at + length > body.length) throw new RangeError('a buffer that is not there');
    const unpacked = isPacked && length > 0 ? content.int64(at) : length;
    bytes += unpacked < 0 ? length : unpacked;
  }
  state.unpacked += bytes;
  if (state.unpacked > state.limit) throw new TooLarge();
  const nodes = flat.vector(batch, 1, 16);
  for (let i = 0; i < nodes.length; i++) {
    const rows = flat.int64(nodes.start + 16 * i);
    if (rows < 0 || rows > 8 * (bytes + body.length)) throw new RangeError(`${rows} rows in ${bytes} bytes`);
  }
  flat.vector(batch, 4, 8);
}

/** What is packed would become larger than allowed. */
export class TooLarge extends RangeError {}
