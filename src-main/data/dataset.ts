/** A prepared data set in memory, and what one run sees of it. The types that formats' output becomes and that the engine reads. */
import type { InputShape } from '../contract/inputShape.ts';
import type { ColumnType, ReadOptions } from '../contract/reading.ts';
import type { RawArray } from '../formats/format.ts';
import type { Numbers } from '../formats/numbers/numbers.ts';

/** A column after its kind has been settled. Missing: code -1, value NaN. */
export type DataColumn =
  | { readonly name: string; readonly kind: 'class'; readonly classes: readonly string[]; readonly codes: Numbers<'int32'> }
  | { readonly name: string; readonly kind: 'number'; readonly values: Numbers<'float64'> }
  | { readonly name: string; readonly kind: 'date'; readonly values: Numbers<'float64'> }; // milliseconds since 1970, UTC

/** The array of the reader; series also say how long the longest is. */
export type DataArray = Exclude<RawArray, RawSeries> | (RawSeries & { readonly maxLength: number });
type RawSeries = Extract<RawArray, { kind: 'sequence' }>;

export interface PreparedDataset {
  readonly name: string;
  readonly source: string;
  readonly format: string;
  readonly digest: string; // SHA-256 of the content, hex
  readonly rows: number;
  readonly columns: readonly DataColumn[];
  readonly array: DataArray | null;
  /** Every column's cell, row by row, as a number (a class's code): [rows, columns]. Of tables that are larger than memory; their columns lie in files too. */
  readonly cells?: Numbers<'float64'>;
  readonly notes: readonly string[];
  readonly types?: Readonly<Record<string, ColumnType>>; // what a person said that columns hold; no part of the content
  readonly found?: ReadOptions; // how it was read, told or found out
}

export interface Split {
  readonly train: Int32Array; // row numbers, ascending
  readonly validation: Int32Array;
  readonly test: Int32Array;
  readonly digest: string; // SHA-256 over the three lists
}

/** Inputs encoded with statistics of the training rows alone (standardised numbers, one-hot classes, missing-value indicators). */
export interface EncodedInputs {
  readonly shape: InputShape;
  readonly featureNames: readonly string[]; // of a table; [] otherwise
  /** Writes the encoded rows one after the other, each padded to the full shape; `out` has rows.length * size entries. */
  write(rows: ArrayLike<number>, out: Float32Array): void;
  /** Valid time steps of a row of a sequence data set; null for other kinds. */
  readonly lengths: Int32Array | null;
}
