/** What people have at hand and no well-kept reader exists for, or that is not the data at all: known by its first bytes, by what is inside, or by its ending,
 *  and refused by name with the way out. Opens nothing. */
import type { SourceHead } from './format.ts';
import { unpacksZstd } from './source.ts';

interface Refused {
  readonly says: string; // after the path: 'is a MATLAB file, which is not read. Save it ...'
  readonly endings?: RegExp;
  readonly startsAs?: (source: SourceHead) => boolean;
}

const asCsv = 'Save the table as CSV, XLSX or Parquet.';
const inPython = (read: string): string => `Save it as Parquet or CSV: in Python with ${read}.`;
const unpack = (tool: string): string => `Unpack it with ${tool} and give what is in it.`;

/** The first that fits is said. */
const refused: readonly Refused[] = [
  {
    says: 'is a Git LFS pointer, not the data: it only names a file of the repository. Run "git lfs pull" there, or download the file itself.',
    startsAs: text(/^version https:\/\/git-lfs\.github\.com\/spec\//),
  },
  { says: 'is a DVC pointer, not the data: it only names a file. Run "dvc pull" in its repository.', endings: /\.dvc$/, startsAs: text(/^outs:\s*\n- md5:/) },
  {
    says: 'is a web page, not data. It was probably saved in the place of the file: use the download link of the page, and sign in there if it asks for it.',
    startsAs: text(/^\s*(?:<!--[^]*?-->\s*)?<(?:!doctype html|html|head|body|table)\b/i),
  },
  { says: `is an Excel file of 2003 in XML, which is not read. ${asCsv}`, startsAs: text(/^\s*<\?xml[^]*urn:schemas-microsoft-com:office:spreadsheet/) },
  { says: 'is an XML file, which is not read. Save what is in it as a table: CSV, XLSX or Parquet.', endings: /\.xml$/, startsAs: text(/^\s*<\?xml\s/) },
  { says: `is a PDF document, which is not read. Copy its table into a spreadsheet and save that as CSV or XLSX.`, startsAs: bytes('%PDF-') },
  {
    says:
      'holds COCO annotations (boxes or masks of objects in pictures), which are not read. Auxlab learns one class a picture: put the ' +
      'pictures into a folder a class.',
    startsAs: ({ head }) =>
      /^\s*\{/.test(ascii(head)) &&
      [/"(?:annotations|categories|licenses)"\s*:/, /"(?:images|file_name|coco_url|bbox)"\s*:/].every((sign) => sign.test(ascii(head))),
  },
  { says: 'is a Jupyter notebook, not data. Save the table in it with to_csv or to_parquet.', endings: /\.ipynb$/ },
  { says: 'is a link to Google Sheets, not the table. Download it there: File, Download, CSV or XLSX.', endings: /\.gsheet$/ },
  { says: 'is an unfinished download. Download it again.', startsAs: ({ path }) => /\.(?:crdownload|part|download|partial)$/i.test(path) },

  // Spreadsheets and documents
  {
    says: `is a spreadsheet with a password, which is not read. Save it without one.`,
    endings: /\.(?:xlsx|xlsm)$/,
    startsAs: (source) => isOle(source) && /\.xls[xm]$/i.test(source.path),
  },
  {
    says: `is an old Excel file (.xls), which is not read. Open it in a spreadsheet program and save it as .xlsx or CSV.`,
    endings: /\.(?:xls|xlt)$/,
    startsAs: isOle,
  },
  { says: `is a binary Excel file (.xlsb), which is not read. Save it as .xlsx or CSV.`, endings: /\.xlsb$/, startsAs: inside(/^xl\/workbook\.bin$/) },
  {
    says: `is an OpenDocument file (.ods), which is not read. Open it in a spreadsheet program and save it as .xlsx or CSV.`,
    endings: /\.(?:ods|fods|odt)$/,
    startsAs: inside(/^META-INF\/manifest\.xml$/, /^content\.xml$/),
  },
  {
    says: `is a text document, which is not read. Copy its table into a spreadsheet and save that as CSV or XLSX.`,
    endings: /\.(?:docx?|rtf)$/,
    startsAs: inside(/^word\//),
  },
  {
    says: `is a presentation, which is not read. Copy its table into a spreadsheet and save that as CSV or XLSX.`,
    endings: /\.pptx?$/,
    startsAs: inside(/^ppt\//),
  },
  { says: `is an Apple Numbers file, which is not read. Export it from Numbers as CSV or XLSX.`, endings: /\.numbers$/, startsAs: inside(/^Index\/.*\.iwa$/) },

  // Archives
  { says: `is packed with xz, which is not read. ${unpack('"unxz" or 7-Zip')}`, endings: /\.(?:xz|txz|lzma)$/, startsAs: bytes('\xfd7zXZ\0') },
  {
    says: `is packed with bzip2, which is not read. ${unpack('"bunzip2" or 7-Zip')}`,
    endings: /\.(?:bz2|tbz2?)$/,
    startsAs: ({ head }) => /^BZh[1-9]1AY&SY/.test(latin(head)),
  },
  { says: `is a 7-Zip archive, which is not read. ${unpack('7-Zip')}`, endings: /\.7z$/, startsAs: bytes("7z\xbc\xaf'\x1c") },
  { says: `is a RAR archive, which is not read. ${unpack('a RAR program')}`, endings: /\.rar$/, startsAs: bytes('Rar!\x1a\x07') },
  {
    says: `is a tar archive, which is not read. ${unpack('"tar -xf" or 7-Zip')}`,
    endings: /\.(?:tar|tgz|tar\.(?:gz|xz|bz2|zst))$/,
    startsAs: ({ head }) => latin(head.subarray(257, 262)) === 'ustar',
  },
  { says: `is packed with LZ4, which is not read. ${unpack('"lz4 -d"')}`, endings: /\.lz4$/, startsAs: bytes('\x04\x22\x4d\x18') },
  { says: `is packed with compress (.Z), which is not read. ${unpack('"uncompress" or 7-Zip')}`, startsAs: bytes('\x1f\x9d') },
  {
    says: `is packed with Zstandard, which the Node.js that runs Auxlab does not unpack (22.15 and newer do). ${unpack('"unzstd"')}`,
    startsAs: ({ packing }) => packing === 'zstd' && !unpacksZstd,
  },

  // Files that run code when they are opened
  {
    says: 'is a PyTorch file, which is not read, because opening it can run code. Save its arrays with numpy.savez(...).',
    endings: /\.(?:pt|pth|ckpt)$/,
    startsAs: inside(/(?:^|\/)data\.pkl$/),
  },
  {
    says:
      'is a Python pickle, which is not read, because opening it can run code. ' +
      `${inPython('pandas.read_pickle(...).to_parquet(...), arrays with numpy.savez(...)')}`,
    endings: /\.(?:pkl|pickle|joblib|p)$/,
    startsAs: ({ head }) => head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 0) <= 5,
  },

  // Other programs
  {
    says: 'is a MATLAB file, which is not read. In MATLAB: writetable(...) to CSV, or writematrix(...). In Python: scipy.io.loadmat(...) and numpy.savez(...).',
    endings: /\.mat$/,
    startsAs: bytes('MATLAB '),
  },
  {
    says: 'is an R file, which is not read. In R: write.csv(x, "data.csv", row.names = FALSE).',
    endings: /\.(?:rds|rda|rdata)$/,
    startsAs: ({ head }) => /^(?:RD[AX]\d\n|[XA]\n\0\0\0[\x02\x03])/.test(latin(head)),
  },
  {
    says: `is an SPSS file, which is not read. ${inPython('pandas.read_spss(...).to_parquet(...)')}`,
    endings: /\.(?:sav|zsav|por)$/,
    startsAs: bytes('$FL2', '$FL3'),
  },
  { says: `is a Stata file, which is not read. ${inPython('pandas.read_stata(...).to_parquet(...)')}`, endings: /\.dta$/, startsAs: bytes('<stata_dta>') },
  {
    says: `is a SAS file, which is not read. ${inPython('pandas.read_sas(...).to_parquet(...)')}`,
    endings: /\.(?:sas7bdat|xpt)$/,
    startsAs: bytes('\0'.repeat(12) + '\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\0', 'HEADER RECORD*******LIB'),
  },
  {
    says: 'is a TFRecord file, which is not read. Save what is in it as arrays with numpy.savez(...), or as pictures in a folder a class.',
    endings: /\.tfrecords?$|\.tfrecord-\d+-of-\d+$/,
  },
  {
    says: 'is an SQLite database, which is not read. Save the table or the query as CSV: sqlite3 -header -csv FILE "select * from TABLE" > data.csv.',
    endings: /\.(?:db|sqlite3?)$/,
    startsAs: bytes('SQLite format 3\0'),
  },
  {
    says: "is a DuckDB database, which is not read. Save the table: copy TABLE to 'data.parquet'.",
    endings: /\.duckdb$/,
    startsAs: ({ head }) => latin(head.subarray(8, 12)) === 'DUCK',
  },
  {
    says: `is an Access database, which is not read. ${asCsv}`,
    endings: /\.(?:mdb|accdb)$/,
    startsAs: ({ head }) => /^Standard (?:Jet|ACE) DB/.test(latin(head.subarray(4, 24))),
  },
  { says: `is a Feather file of version 1, which is not read. ${inPython('pandas.read_feather(...).to_parquet(...)')}`, startsAs: bytes('FEA1') },
  { says: `is an Avro file, which is not read. ${asCsv}`, endings: /\.avro$/, startsAs: bytes('Obj\x01') },
  {
    says: `is an ORC file, which is not read. ${inPython('pandas.read_orc(...).to_parquet(...)')}`,
    endings: /\.orc$/,
    startsAs: ({ head, path }) => latin(head.subarray(0, 3)) === 'ORC' && !/\.(?:csv|tsv|txt)$/i.test(path),
  },
  { says: 'is a NetCDF file of version 3, which is not read. Save its arrays with numpy.savez(...).', startsAs: bytes('CDF\x01', 'CDF\x02', 'CDF\x05') },
  { says: 'is an AnnData file, which is not read. In Python: adata.to_df().join(adata.obs).to_parquet(...).', endings: /\.h5ad$/ },
  {
    says: 'holds the weights of a network, not data. Give the file that the network learned from.',
    endings: /\.(?:safetensors|onnx|gguf|tflite|keras|weights)$/,
    startsAs: inside(/^model\.weights\.h5$/),
  },
  {
    says: 'is a medical picture (DICOM), which is not read. Save the pictures as PNG, in a folder a class.',
    endings: /\.(?:dcm|dicom)$/,
    startsAs: ({ head }) => latin(head.subarray(128, 132)) === 'DICM',
  },
  { says: 'is a medical volume, which is not read. Save its layers as PNG, or its arrays with numpy.savez(...).', endings: /\.(?:nii|nii\.gz|mha|mhd|nrrd)$/ },
  {
    says: 'is a recording of sound, which is not read. Save its samples or features as arrays with numpy.savez(...).',
    endings: /\.(?:wav|mp3|flac|ogg|m4a|aiff?)$/,
    startsAs: ({ head }) => /^(?:RIFF[^]{4}WAVE|ID3[\x02-\x04]|fLaC|OggS)/.test(latin(head)),
  },
  {
    says: 'is a film, which is not read. Save its pictures as PNG, in a folder a class.',
    endings: /\.(?:mp4|avi|mov|mkv|webm)$/,
    startsAs: ({ head }) => /^(?:RIFF[^]{4}AVI |[^]{4}ftyp(?:isom|mp4|qt))/.test(latin(head)),
  },
  {
    says: 'is one picture. Give the folder that it lies in, with a folder a class.',
    endings: /\.(?:png|jpe?g|jfif|gif|bmp|tiff?|webp|heic|avif|svg)$/,
    startsAs: ({ head }) => /^(?:\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF[^]{4}WEBP)/.test(latin(head)),
  },
];

/** The sentence that refuses a source for what it holds, whatever its name. null: it is none of these */
export function refusedByContent(source: SourceHead): string | null {
  if (!source.isDirectory && source.head.length === 0 && source.packing === null) return `${source.path} is empty.`;
  return sentence(source, ({ startsAs }) => startsAs?.(source) === true);
}

/** The sentence that refuses a source for the ending of its name. null: none of these */
export function refusedByName(source: SourceHead): string | null {
  return sentence(source, ({ endings }) => endings?.test(source.path.toLowerCase()) === true);
}

/** The last words about what no reader knows: what it looks like. */
export function appearance({ head, isDirectory, packing, entries }: SourceHead): string {
  if (isDirectory) return entries.length === 0 ? 'The folder is empty.' : `In it are: ${listed(entries)}.`;
  if (packing === 'zip') return `It is a ZIP archive with ${entries.length === 0 ? 'nothing in it that can be listed' : listed(entries)}.`;
  const start = latin(head.subarray(0, 400));
  if (/^\s*[[{]/.test(start)) return 'It looks like JSON.';
  const isText = !/[\0-\x08\x0e-\x1f]/.test(start);
  return isText
    ? `It looks like a text that begins "${(start.trim().split(/[\r\n]/)[0] ?? '').slice(0, 40)}".`
    : `It looks binary: its first bytes are ${hex(head.subarray(0, 8))}.`;
}

/** 'a.csv, b.csv, c.csv and 4 more' */
export function listed(names: readonly string[], most = 8): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

function sentence(source: SourceHead, fits: (kind: Refused) => boolean): string | null {
  if (source.isDirectory) return null;
  const kind = refused.find(fits);
  return kind === undefined ? null : `${source.path} ${kind.says}`;
}

function bytes(...starts: readonly string[]): (source: SourceHead) => boolean {
  return ({ head }) => starts.some((start) => latin(head.subarray(0, start.length)) === start);
}

function text(sign: RegExp): (source: SourceHead) => boolean {
  return ({ head }) => sign.test(ascii(head));
}

/** Whether a ZIP holds a name for each of these. */
function inside(...signs: readonly RegExp[]): (source: SourceHead) => boolean {
  return ({ packing, entries }) => packing === 'zip' && signs.every((sign) => entries.some((name) => sign.test(name)));
}

/** The compound file of old Office programs. */
function isOle({ head }: SourceHead): boolean {
  return latin(head.subarray(0, 8)) === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
}

/** One character a byte, so that patterns can be held against bytes. */
function latin(head: Uint8Array): string {
  return Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1');
}

/** Without a byte order mark, and without the zeros of UTF-16. */
function ascii(head: Uint8Array): string {
  return latin(head)
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '');
}

function hex(head: Uint8Array): string {
  return [...head].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
