/** What a data format reader must offer, and the raw form in which it hands data over. Readers know nothing of roles, tasks or splits. */
import type { ImageScale, ReadOptions } from '../contract/reading.ts';
import type { Numbers } from './numbers/numbers.ts';
import type { ReadRoom } from './readRoom.ts';

export type { ImageScale, ReadOptions } from '../contract/reading.ts';

/** A scalar column. Missing values are NaN in numbers and dates, null in texts, -1 in codes. */
export type RawColumn =
  | { readonly name: string; readonly kind: 'number'; readonly values: Numbers<'float64'> }
  | { readonly name: string; readonly kind: 'text'; readonly values: readonly (string | null)[] }
  | { readonly name: string; readonly kind: 'coded'; readonly texts: readonly string[]; readonly codes: Numbers<'int32'> }; // texts by their place in a list

/** The one array-valued input that image and sequence formats bring besides their columns. */
export type RawArray =
  // [rows, height, width, channels]; bytes are 0..255
  | {
      readonly kind: 'image';
      readonly height: number;
      readonly width: number;
      readonly channels: number;
      readonly values: Numbers<'uint8'> | Numbers<'float32'>;
      /** Of pictures with more than 8 bits: the values of the source that became 0 and 255. What lies beyond was clipped. */
      readonly scale?: ImageScale;
    }
  // Rows one after the other, each [length, features]
  | { readonly kind: 'sequence'; readonly features: number; readonly lengths: Int32Array; readonly values: Numbers<'float32'> }
  | { readonly kind: 'vector'; readonly features: number; readonly values: Numbers<'float32'> }; // [rows, features]

export interface RawDataset {
  readonly format: string;
  readonly rows: number;
  readonly columns: readonly RawColumn[];
  readonly array?: RawArray;
  /** What was found out rather than told, a sentence each: 'Delimiter ";" (sniffed).' */
  readonly notes: readonly string[];
  /** How the source was read, told or found out, for a form to show. Left out where there is nothing to choose. */
  readonly found?: ReadOptions;
}

/** What a format sees of a path before it is opened. */
export interface SourceHead {
  readonly path: string;
  readonly isDirectory: boolean;
  readonly entries: readonly string[]; // names in the folder, sorted, or in the ZIP file, with '/'; [] for other files
  readonly head: Uint8Array; // the first 4096 bytes of a file, unpacked when it is a .gz or .zst
  readonly packing: Packing | null;
}

/** How a file is packed, by its first bytes. */
export type Packing = 'gzip' | 'zstd' | 'zip';

export interface Format {
  readonly id: string;
  readonly title: string;
  readonly extensions: readonly string[];
  readonly help: string; // one sentence: what a file of it must look like
  readonly hasNeighbours?: boolean; // whether files beside a single file are read with it
  readonly opens?: readonly Packing[]; // packed files that the reader opens itself; of others it gets what is in them
  startsAs?(source: SourceHead): boolean; // whether the content alone says that it is one, whatever its name: asked before all names
  match(source: SourceHead): boolean;
  /** @throws LabError bad-input with file and row or entry named */
  read(path: string, options: ReadOptions, room: ReadRoom): Promise<RawDataset>;
}
