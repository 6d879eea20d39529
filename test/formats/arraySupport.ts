/** Makes small files of arrays for tests, by NumPy's description of the format ("numpy.lib.format"), and reads such bytes back. */
import { strToU8, zipSync } from 'fflate';
import { sourceOfBytes } from '../../src-main/formats/archives/byteSource.ts';
import { allNumbers, isLeftOut } from '../../src-main/formats/arrays/namedArray.ts';
import { openNpy } from '../../src-main/formats/arrays/npyArray.ts';

const writers: Readonly<Record<string, (view: DataView, at: number, value: number) => void>> = {
  '|u1': (view, at, value) => view.setUint8(at, value),
  '|b1': (view, at, value) => view.setUint8(at, value),
  '<i8': (view, at, value) => view.setBigInt64(at, BigInt(value), true),
  '>i4': (view, at, value) => view.setInt32(at, value),
  '<u2': (view, at, value) => view.setUint16(at, value, true),
  '<f4': (view, at, value) => view.setFloat32(at, value, true),
  '>f4': (view, at, value) => view.setFloat32(at, value),
  '<f8': (view, at, value) => view.setFloat64(at, value, true),
};

/** An NPY file of version 1.0 with a header of one's own. */
export function npy(header: string, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  const text = strToU8(`${header}\n`);
  return Buffer.concat([Buffer.from([0x93]), Buffer.from('NUMPY'), Buffer.from([1, 0, text.length & 255, text.length >> 8]), text, body]);
}

/** An NPY file. @param value of a place in row-major order; the place itself when left out */
export function npyOf(descr: string, shape: readonly number[], value: (place: number) => number = (place) => place): Uint8Array {
  const size = Number(descr.slice(2));
  const count = shape.reduce((product, length) => product * length, 1);
  const view = new DataView(new ArrayBuffer(count * size));
  const write = writers[descr];
  if (write === undefined) throw new Error(`The tests do not write ${descr}.`);
  for (let place = 0; place < count; place++) write(view, place * size, value(place));
  return npy(headerOf(`'${descr}'`, shape), new Uint8Array(view.buffer));
}

/** An NPY file of a type that is not read, with as many zeros as it needs. */
export function oddNpy(descr: string, shape: readonly number[], bytes: number): Uint8Array {
  return npy(headerOf(descr, shape), new Uint8Array(bytes * shape.reduce((product, length) => product * length, 1)));
}

export function npz(arrays: Readonly<Record<string, Uint8Array>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(arrays).map(([name, content]) => [`${name}.npy`, [content, { level: 6 }] as const])));
}

/** What one NPY file of numbers holds. */
export async function readNpy(bytes: Uint8Array): Promise<{ readonly type: string; readonly shape: readonly number[]; readonly values: readonly number[] }> {
  const array = await openNpy('t', 't', sourceOfBytes(bytes));
  if (isLeftOut(array)) throw new Error(array.why);
  return { type: array.type, shape: array.shape, values: [...(await allNumbers(array))] };
}

function headerOf(descr: string, shape: readonly number[]): string {
  return `{'descr': ${descr}, 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
}
