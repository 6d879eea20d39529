/** How a source is read: every choice that a person can make where a reader would find out by itself. Part of a plan. */
import * as v from 'valibot';

/** Encodings of text, by the ids that people write. */
export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'latin1',
  'windows-1250',
  'windows-1251',
  'windows-1252',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'koi8-r',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'euc-kr',
] as const;
export type EncodingId = (typeof encodings)[number];

/** How people call the encodings. */
export const encodingTitles: Readonly<Record<EncodingId, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
  latin1: 'Latin-1',
  'windows-1250': 'Windows-1250',
  'windows-1251': 'Windows-1251',
  'windows-1252': 'Windows-1252',
  'windows-1253': 'Windows-1253',
  'windows-1254': 'Windows-1254',
  'windows-1255': 'Windows-1255',
  'windows-1256': 'Windows-1256',
  'koi8-r': 'KOI8-R',
  gb18030: 'GB18030',
  big5: 'Big5',
  shift_jis: 'Shift_JIS',
  'euc-jp': 'EUC-JP',
  'euc-kr': 'EUC-KR',
};

/** What a column holds; text is never learned from and never an input. */
export const columnTypes = ['class', 'number', 'date', 'text'] as const;
export type ColumnType = (typeof columnTypes)[number];

export const axesOrders = ['channels-last', 'channels-first'] as const;
export const dateOrders = ['day-first', 'month-first'] as const;
export type DateOrder = (typeof dateOrders)[number];
export const thousandsMarks = [',', '.', ' ', "'", 'none'] as const;

const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000));
const row = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));
const short = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));

export const ReadOptions = v.strictObject({
  delimiter: v.optional(v.pipe(v.string(), v.maxLength(16))), // one text, or "whitespace" for runs of blanks and tabs
  encoding: v.optional(v.picklist(encodings)),
  decimal: v.optional(v.picklist(['.', ','])),
  thousands: v.optional(v.picklist(thousandsMarks)),
  dates: v.optional(v.picklist(dateOrders)), // of dates such as 3/4/2021, where the column itself does not tell
  header: v.optional(v.union([v.boolean(), row])), // whether the first row is one, or the line that is (from 1); what stands above it is left out
  missing: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(100))), // markers besides the empty cell
  sheet: v.optional(short), // of a spreadsheet, by name or number (from 1)
  entry: v.optional(short), // of an archive or HDF5 file: the table or array that is meant
  axes: v.optional(v.picklist(axesOrders)), // of arrays of pictures and of series
  range: v.optional(v.union([v.picklist(['used', 'full']), v.tuple([v.number(), v.number()])])), // of pictures of 16 bits: what becomes black and white
  width: v.optional(side), // pictures are resized to these when they differ
  height: v.optional(side),
});
export type ReadOptions = v.InferOutput<typeof ReadOptions>;

/** Of pictures with more than 8 bits: the values of the source that became black and white. */
export const ImageScale = v.strictObject({ low: v.pipe(v.number(), v.finite()), high: v.pipe(v.number(), v.finite()) });
export type ImageScale = v.InferOutput<typeof ImageScale>;

const ofText = ['delimiter', 'header', 'encoding', 'decimal', 'thousands', 'dates', 'missing'] as const;
const ofArrays = ['entry', 'axes'] as const;

/** By format, the options that its reader looks at, in the order in which a form shows them. */
export const optionsByFormat: Readonly<Record<string, readonly (keyof ReadOptions)[]>> = {
  csv: ofText,
  xlsx: ['sheet', 'header', 'thousands', 'dates', 'missing'],
  arff: ['encoding', 'dates', 'missing'],
  json: ['dates'],
  'json-lines': ['dates'],
  parquet: ['dates'],
  arrow: ['dates'],
  npz: ofArrays,
  hdf5: ofArrays,
  idx: [],
  ts: [],
  'image-folder': ['range', 'width', 'height'],
};

/** The reading options that concern a data set. Of an archive it can also be said which file in it is meant.
 *  @param format by its id; of an unknown one, as before a first reading, those of text and archives
 *  @param source the path */
export function readOptionsOf(format: string | null, source: string): readonly (keyof ReadOptions)[] {
  const own = format === null ? ['entry' as const, ...ofText, 'sheet' as const] : Object.hasOwn(optionsByFormat, format) ? (optionsByFormat[format] ?? []) : [];
  return /\.zip$/i.test(source) && !own.includes('entry') ? ['entry', ...own] : own;
}

/** Further files of the same form, by the part of the split that they are. */
export const Parts = v.strictObject({ validation: v.optional(path), test: v.optional(path) });
export type Parts = v.InferOutput<typeof Parts>;
