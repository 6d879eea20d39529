/** What a data format reader must offer, and the raw form in which it hands data over. Readers know nothing of roles, tasks or splits. */

/** A scalar column. Missing values are NaN in numbers and null in texts. */
export type RawColumn =
  | { readonly name: string; readonly kind: 'number'; readonly values: Float64Array }
  | { readonly name: string; readonly kind: 'text'; readonly values: readonly (string | null)[] };

/** The one array-valued input that image and sequence formats bring besides their columns. */
export type RawArray =
  // [rows, height, width, channels]; bytes are 0..255
  | { readonly kind: 'image'; readonly height: number; readonly width: number; readonly channels: number; readonly values: Uint8Array | Float32Array }
  // Rows one after the other, each [length, features]
  | { readonly kind: 'sequence'; readonly features: number; readonly lengths: Int32Array; readonly values: Float32Array }
  | { readonly kind: 'vector'; readonly features: number; readonly values: Float32Array }; // [rows, features]

export interface RawDataset {
  readonly format: string;
  readonly rows: number;
  readonly columns: readonly RawColumn[];
  readonly array?: RawArray;
  /** What was found out rather than told, a sentence each: 'Delimiter ";" (sniffed).' */
  readonly notes: readonly string[];
}

/** What the user may override; a reader uses the ones that concern it. */
export interface ReadOptions {
  readonly delimiter?: string;
  readonly encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';
  readonly decimal?: '.' | ',';
  readonly header?: boolean;
  readonly missing?: readonly string[]; // markers besides the empty cell
  readonly width?: number; // images are resized to these when they differ
  readonly height?: number;
}

/** What a format sees of a path before it is opened. */
export interface SourceHead {
  readonly path: string;
  readonly isDirectory: boolean;
  readonly entries: readonly string[]; // names in the folder, sorted; [] for a file
  readonly head: Uint8Array; // the first 4096 bytes of a file, unzipped when it is a .gz
}

export interface Format {
  readonly id: string;
  readonly title: string;
  readonly extensions: readonly string[];
  readonly help: string; // one sentence: what a file of it must look like
  match(source: SourceHead): boolean;
  /** @throws LabError bad-input with file and row or entry named */
  read(path: string, options: ReadOptions): Promise<RawDataset>;
}
