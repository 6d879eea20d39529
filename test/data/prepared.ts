/** Small prepared data sets written down by hand. */
import { prepareDataset } from '../../src-main/data/prepare.ts';
import type { ColumnKinds } from '../../src-main/data/prepare.ts';
import type { RawArray, RawColumn } from '../../src-main/formats/format.ts';
import { lengthOf } from '../../src-main/formats/rawColumns.ts';
import type { PreparedDataset, Split } from '../../src-main/data/dataset.ts';

type Cells = readonly (number | null)[] | readonly (string | null)[];

/** Columns by name: texts become classes, numbers numbers, null a missing value. */
export function prepared(columns: Readonly<Record<string, Cells>>, array?: RawArray, kinds: ColumnKinds = {}): PreparedDataset {
  const raw = Object.entries(columns).map(([name, cells]) => rawColumn(name, cells));
  const rows = (raw[0] === undefined ? undefined : lengthOf(raw[0])) ?? (array?.kind === 'sequence' ? array.lengths.length : 0);
  return prepareDataset({ format: 'test', rows, columns: raw, notes: [], ...(array === undefined ? {} : { array }) }, 'a test', 'test.csv', kinds);
}

export function rawColumn(name: string, cells: Cells): RawColumn {
  const values: (number | string | null)[] = [...cells];
  if (values.some((cell) => typeof cell === 'string')) return { name, kind: 'text', values: values.map((cell) => (cell === null ? null : String(cell))) };
  return { name, kind: 'number', values: Float64Array.from(values, (cell) => (cell === null ? NaN : Number(cell))) };
}

/** 0 .. count-1 through a function. */
export function series<T>(count: number, valueOf: (row: number) => T): T[] {
  return Array.from({ length: count }, (_, row) => valueOf(row));
}

/** A split written down by hand. */
export function splitOf(train: readonly number[], validation: readonly number[], test: readonly number[]): Split {
  return { train: Int32Array.from(train), validation: Int32Array.from(validation), test: Int32Array.from(test), digest: 'by hand' };
}
