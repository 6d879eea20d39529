/** The header of an NPY array (NumPy, "numpy.lib.format", versions 1.0 to 3.0). */
import { LabError } from '../../contract/errors.ts';

export interface NpyHeader {
  readonly descr: string | null; // as NumPy writes it: '<f4', '|u1', '<U10'; null for records of several fields
  readonly isFortran: boolean;
  readonly shape: readonly number[];
  readonly start: number; // byte of the first value
}

const maxHeaderBytes = 65_536;
/** Bytes that hold the longest header that is read. */
export const npyHeadBytes = maxHeaderBytes + 12;

export function startsAsNpy(head: Uint8Array): boolean {
  return head[0] === 0x93 && String.fromCharCode(...head.subarray(1, 6)) === 'NUMPY';
}

/** @param bytes the first of the file, as many as there are up to npyHeadBytes
 *  @throws LabError for what is no NPY array */
export function readNpyHeader(where: string, bytes: Uint8Array): NpyHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const major = bytes[6] ?? 0;
  if (!startsAsNpy(bytes) || bytes.length < 12 || major < 1 || major > 3) throw new LabError('bad-input', `${where} is not an NPY array of version 1, 2 or 3.`);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const begin = major === 1 ? 10 : 12;
  if (length > maxHeaderBytes) throw new LabError('bad-input', `${where} has a header of ${length} bytes. At most ${maxHeaderBytes} are read.`);
  if (begin + length > bytes.length) throw new LabError('bad-input', `${where} is cut off in its header.`);
  const text = new TextDecoder(major === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(begin, begin + length));
  const descr = /'descr'\s*:\s*(?:'([^']*)'|\[)/.exec(text);
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const sizes = /'shape'\s*:\s*\(([\d\sL,]*)\)/.exec(text)?.[1];
  if (descr === null || order === undefined || sizes === undefined)
    throw new LabError('bad-input', `${where} has a header without descr, fortran_order and shape.`);
  const shape = (sizes.match(/\d+/g) ?? []).map(Number);
  if (shape.length > 32 || !Number.isSafeInteger(shape.reduce((product, size) => product * Math.max(1, size), 1)))
    throw new LabError('bad-input', `${where} states an impossible shape (${sizes.trim()}).`);
  return { descr: descr[1] ?? null, isFortran: order === 'True', shape, start: begin + length };
}
