import { deflateRawSync, gzipSync } from 'node:zlib';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { expectRefusal, temporaryFolder } from './support.ts';

const { root, write } = temporaryFolder();
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const zip = (...names: readonly string[]): Uint8Array => zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array([1])])));
const lfs = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n';
const rest = '\0'.repeat(600);

describe('what is not the data is said, whatever it is called', () => {
  test.each(['data.csv', 'data.parquet', 'images.npz', 'train-images-idx3-ubyte', 'series.ts', 'book.xlsx', 'data.h5'])(
    'a Git LFS pointer called %s',
    async (name) => {
      const path = write(`lfs/${name}`, lfs);
      await expectRefusal(
        openSource(path),
        `${path} is a Git LFS pointer, not the data: it only names a file of the repository. Run "git lfs pull" there, or download the file itself.`,
      );
    },
  );

  test.each([
    '<!DOCTYPE html>\n<html><body>Sign in</body></html>',
    '\ufeff <html lang="en">',
    '<!-- saved from --><HTML>',
    '<table><tr><td>1</td></tr></table>',
  ])('a web page: %s', async (content) => {
    const path = write('page.csv', content);
    await expectRefusal(
      openSource(path),
      `${path} is a web page, not data. It was probably saved in the place of the file: use the download link of the page, and sign in there ` +
        'if it asks for it.',
    );
  });

  test('an empty file', async () => {
    for (const name of ['empty.csv', 'empty.parquet', 'empty', 'empty.xlsx']) await expectRefusal(openSource(write(name, '')), `${join(root, name)} is empty.`);
  });

  test('a folder in the place of a file is told what is in it', async () => {
    mkdirSync(join(root, 'nothing.csv'));
    await expectRefusal(openSource(join(root, 'nothing.csv')), expect.stringMatching(/nothing\.csv (?:is|holds) /) as string); // matched as a text
  });
});

/** Name, content, and a part of what is said. The first bytes are those of the formats' own descriptions and of files made by the programs. */
const kinds: readonly (readonly [name: string, content: Uint8Array, says: string])[] = [
  ['a.mat', bytes(`MATLAB 5.0 MAT-file, Platform: GLNXA64${rest}`), 'is a MATLAB file, which is not read. In MATLAB: writetable(...) to CSV'],
  ['a.mat', bytes(`MATLAB 7.3 MAT-file, Platform: GLNXA64${rest}`), 'is a MATLAB file'],
  ['a.csv', bytes('\xfd7zXZ\0\0'), 'is packed with xz, which is not read. Unpack it with "unxz" or 7-Zip and give what is in it.'],
  ['a.csv.bz2', bytes('BZh91AY&SY\0'), 'is packed with bzip2'],
  ['a.csv', bytes("7z\xbc\xaf'\x1c\0"), 'is a 7-Zip archive'],
  ['a', bytes('Rar!\x1a\x07\x01\0'), 'is a RAR archive'],
  ['a.tar', bytes(`a.csv${'\0'.repeat(252)}ustar\x0000${rest}`), 'is a tar archive'],
  ['a.tar.gz', gzipSync(bytes(`a.csv${'\0'.repeat(252)}ustar\x0000${rest}`)), 'is a tar archive'],
  ['a.pkl', bytes('\x80\x04\x95\x10\0\0\0'), 'is a Python pickle, which is not read, because opening it can run code.'],
  ['a.csv', bytes('\x80\x02}q\0'), 'is a Python pickle'],
  ['model.pt', zip('model/data.pkl', 'model/version'), 'is a PyTorch file, which is not read, because opening it can run code.'],
  ['a.rds', gzipSync(bytes('X\n\0\0\0\x03\0\x04')), 'is an R file, which is not read. In R: write.csv('],
  ['a.RData', gzipSync(bytes('RDX3\nX\n\0\0\0\x03')), 'is an R file'],
  ['a.sav', bytes('$FL2@(#) SPSS DATA FILE'), 'is an SPSS file, which is not read. Save it as Parquet or CSV: in Python with pandas.read_spss'],
  ['a.dta', bytes('<stata_dta><header>'), 'is a Stata file'],
  ['old.dta', bytes('\x72\x02\x01\0'), 'is a Stata file'],
  ['a.sas7bdat', bytes(`${'\0'.repeat(12)}\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\0`), 'is a SAS file'],
  ['a.tfrecord', bytes('\x10\0\0\0\0\0\0\0'), 'is a TFRecord file'],
  ['a.csv', bytes('SQLite format 3\0'), 'is an SQLite database'],
  ['a.db', bytes('SQLite format 3\0'), 'is an SQLite database'],
  ['a.pdf', bytes('%PDF-1.7\n'), 'is a PDF document'],
  [
    'a.xls',
    bytes(`\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1${rest}`),
    'is an old Excel file (.xls), which is not read. Open it in a spreadsheet program and save it as .xlsx or CSV.',
  ],
  ['a.xlsx', bytes(`\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1${rest}`), 'is a spreadsheet with a password'],
  ['a.ods', zip('mimetype', 'content.xml', 'META-INF/manifest.xml'), 'is an OpenDocument file (.ods)'],
  ['a.docx', zip('[Content_Types].xml', 'word/document.xml'), 'is a text document'],
  ['a.xml', bytes('<?xml version="1.0"?><annotation/>'), 'is an XML file'],
  ['a.xls', bytes('<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'), 'is an Excel file of 2003 in XML'],
  ['instances.json', bytes('{"info": {"year": 2017}, "licenses": [], "images": [{"file_name": "1.jpg"}], "annotations": []}'), 'holds COCO annotations'],
  ['a.feather', bytes('FEA1\0\0\0\0'), 'is a Feather file of version 1'],
  ['a.lz4', bytes('\x04\x22\x4d\x18\x64\x40'), 'is packed with LZ4'],
  ['a.nc', bytes('CDF\x01\0\0\0\0'), 'is a NetCDF file of version 3'],
  ['scan.dcm', bytes(`${'\0'.repeat(128)}DICM`), 'is a medical picture (DICOM)'],
  ['cat.jpg', bytes('\xff\xd8\xff\xe0\0\x10JFIF'), 'is one picture. Give the folder that it lies in, with a folder a class.'],
  ['a.keras', zip('metadata.json', 'config.json', 'model.weights.h5'), 'holds the weights of a network'],
  ['a.csv.crdownload', bytes('a,b\n1,2'), 'is an unfinished download'],
  ['a.h5ad', bytes('?'), 'is an AnnData file'],
];

test.each(kinds.map(([name, content, says], at) => ({ name, content, says, at })))('$name: $says', async ({ name, content, says, at }) => {
  const path = write(`kinds/${at}/${name}`, content);
  await expectRefusal(openSource(path), expect.stringContaining(`${path} ${says}`) as string); // matched as a text
});

test('what only begins like one of them is not refused for it', async () => {
  const tables = {
    'pdf.csv': 'PDF,x\n1,2\n3,4\n',
    'orc.csv': 'ORC,age\n1,2\n3,4\n',
    'json.csv': '"images","annotations"\n1,2\n3,4\n',
    'zip.csv': 'PK,x\n1,2\n3,4\n',
  };
  for (const [name, content] of Object.entries(tables)) expect((await openSource(write(name, content))).rows, name).toBe(2);
});

test('bytes that say nothing are shown', async () => {
  const path = write('unknown.bin', deflateRawSync(Buffer.alloc(5000, 'abc')));
  // Matched as a text
  await expectRefusal(openSource(path), expect.stringMatching(/It looks binary: its first bytes are (?:[0-9a-f]{2} ){7}[0-9a-f]{2}\./) as string);
});
