/** Temporary folders and the assertions that the format tests share. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { LabError } from '../../src-main/contract/errors.ts';
import type { RawArray, RawColumn, RawDataset } from '../../src-main/formats/format.ts';
import { FileNumbers, wholeOf } from '../../src-main/formats/numbers/numbers.ts';
import { textsOf } from '../../src-main/formats/rawColumns.ts';

/** A folder that goes when the test file ends, and a function that writes files into it. */
export function temporaryFolder(): { readonly root: string; readonly write: (name: string, content: string | Uint8Array) => string } {
  const root = mkdtempSync(join(tmpdir(), 'auxlab-formats-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  };
  return { root, write };
}

export function fixture(name: string): string {
  return join(import.meta.dirname, '..', 'fixtures', 'formats', name);
}

/** The whole sentence of a refusal. */
export async function expectRefusal(work: Promise<unknown> | (() => unknown), text: string): Promise<void> {
  let caught: unknown;
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(LabError);
  expect(caught).toMatchObject({ code: 'bad-input', message: text });
}

/** Column name -> values as a plain list: missing numbers are NaN, missing texts null. */
export function plain(data: RawDataset): Record<string, (string | number | null)[]> {
  return Object.fromEntries(data.columns.map((column) => [column.name, column.kind === 'number' ? [...wholeOf(column.values)] : textsOf(column)]));
}

export function columnOf(data: RawDataset, name: string): RawColumn {
  const column = data.columns.find((candidate) => candidate.name === name);
  if (column === undefined) throw new Error(`There is no column ${name}.`);
  return column;
}

type InMemory<A extends RawArray> = Omit<A, 'values'> & { readonly values: Uint8Array | Float32Array };

/** The array of a kind, its values in memory. */
export function arrayOf<K extends RawArray['kind']>(data: RawDataset, kind: K): InMemory<Extract<RawArray, { kind: K }>> {
  const { array } = data;
  if (array?.kind !== kind) throw new Error(`Expected a ${kind} array, found ${array?.kind ?? 'none'}.`);
  const values = array.values instanceof FileNumbers ? array.values.read(0, array.values.length) : array.values;
  return { ...(array as Extract<RawArray, { kind: K }>), values }; // the check above; TypeScript does not narrow by a generic key
}
