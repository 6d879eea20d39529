/** Settles the encoding of a text file and turns its bytes into UTF-8 without a byte order mark, a piece at a time. */
import iconv from 'iconv-lite';
import { LabError } from '../../contract/errors.ts';
import { encodingTitles, type EncodingId } from '../../contract/reading.ts';
import { TextSurvey } from './csvSurvey.ts';
import { guessEncoding } from './csvEncodingGuess.ts';

export type Encoding = EncodingId;

const marks: readonly (readonly [Encoding, Buffer])[] = [
  ['utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
];

export interface SettledEncoding {
  readonly encoding: Encoding;
  readonly markBytes: number; // of the byte order mark
  readonly notes: readonly string[];
}

/** The told encoding, else that of the byte order mark, else what the bytes say.
 *  @throws LabError naming the file, and the row of the first byte that is no text */
export function settleEncoding(path: string, survey: TextSurvey, told?: Encoding): SettledEncoding {
  const { head } = survey;
  const mark = marks.find(([, start]) => head.subarray(0, start.length).equals(start));
  const encoding = told ?? mark?.[0] ?? sniffEncoding(path, survey);
  const markBytes = mark !== undefined && mark[0] === encoding ? mark[1].length : 0;
  const notes: string[] = [];
  if (told === undefined && encoding !== 'utf-8') {
    notes.push(`Encoding ${encodingTitles[encoding]} (${mark === undefined ? 'sniffed' : 'byte order mark'}).`);
    if (mark === undefined && !encoding.startsWith('utf-16') && encoding !== 'latin1')
      notes.push('If letters look wrong, set the option encoding: files without a mark do not say it.');
  }
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    if ((survey.bytes - markBytes) % 2 !== 0)
      throw new LabError(
        'bad-input',
        `${path} is not valid ${encodingTitles[encoding]}: it has an odd number of bytes. Set the option encoding, for example utf-8.`,
      );
  } else {
    if (encoding === 'utf-8' && survey.firstInvalid !== null) throw invalidUtf8(path, survey.firstInvalid);
    if (survey.firstZeroLine > 0)
      throw new LabError(
        'bad-input',
        `${path}, row ${survey.firstZeroLine}: a zero byte, so this is not a text file. If it is UTF-16, set the option encoding.`,
      );
  }
  return { encoding, markBytes, notes };
}

/** UTF-16 puts a zero into every other byte of ordinary text; what is no valid UTF-8 is guessed from its letters. */
function sniffEncoding(path: string, survey: TextSurvey): Encoding {
  const sample = survey.head.subarray(0, 4096);
  const zeros = [0, 0];
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > 0.15 * sample.length && even < 0.05 * sample.length) return 'utf-16le';
  if (even > 0.15 * sample.length && odd < 0.05 * sample.length) return 'utf-16be';
  if (survey.firstInvalid === null) return 'utf-8';
  if (survey.sequences > survey.invalid) throw invalidUtf8(path, survey.firstInvalid); // UTF-8 with damage: read as Latin-1 all its letters would be wrong
  return guessEncoding(survey.foreign);
}

function invalidUtf8(path: string, { line, byte }: { readonly line: number; readonly byte: number }): LabError {
  const value = byte.toString(16).toUpperCase().padStart(2, '0');
  return new LabError('bad-input', `${path}, row ${line}: byte 0x${value} is not valid UTF-8. Set the option encoding, for example latin1.`);
}

/** What takes bytes in, a piece at a time. */
export interface ByteSink {
  push(bytes: Buffer): void;
  end(): void;
}

/** Hands on the bytes of a file as UTF-8, without the mark. Refuses what the encoding has no letter for: two classes must not become one.
 *  @throws LabError naming the row */
export function utf8Into(path: string, { encoding, markBytes }: SettledEncoding, sink: ByteSink): ByteSink {
  let marked = markBytes;
  const unmarked = (bytes: Buffer): Buffer => {
    const left = Math.min(marked, bytes.length);
    marked -= left;
    return left > 0 ? bytes.subarray(left) : bytes;
  };
  if (encoding === 'utf-8') return { push: (bytes) => sink.push(unmarked(bytes)), end: () => sink.end() };
  // Latin-1 as browsers and spreadsheets mean it: Windows-1252, which differs in 0x80 to 0x9f only.
  const decoder = iconv.getDecoder(encoding === 'latin1' ? 'win1252' : encoding, { stripBOM: false });
  let row = 1;
  const pass = (text: string | undefined): void => {
    if (text === undefined || text === '') return;
    const bad = encoding.startsWith('utf-16') ? (text.isWellFormed() ? -1 : text.search(/\p{Surrogate}/u)) : text.indexOf('\uFFFD');
    if (bad >= 0) throw notInEncoding(path, row + newlines(text.slice(0, bad)), encoding);
    row += newlines(text);
    sink.push(Buffer.from(text, 'utf8'));
  };
  return {
    push: (bytes) => pass(decoder.write(unmarked(bytes))),
    end: () => {
      pass(decoder.end());
      sink.end();
    },
  };
}

function notInEncoding(path: string, row: number, encoding: Encoding): LabError {
  if (encoding.startsWith('utf-16'))
    return new LabError('bad-input', `${path}, row ${row}: not valid ${encodingTitles[encoding]}. Set the option encoding, for example utf-8.`);
  return new LabError(
    'bad-input',
    `${path}, row ${row}: there is a byte that is no letter in ${encodingTitles[encoding]}, and different texts would become one. Set the ` +
      `option encoding to the file's own.`,
  );
}

/** Decodes a small text at once. @throws as settleEncoding and utf8Into do */
export function decodeText(path: string, bytes: Buffer, told?: Encoding): { readonly bytes: Buffer; readonly notes: readonly string[] } {
  const survey = new TextSurvey();
  survey.push(bytes);
  survey.end();
  const settled = settleEncoding(path, survey, told);
  const pieces: Buffer[] = [];
  const sink = utf8Into(path, settled, { push: (piece) => pieces.push(piece), end: () => undefined });
  // One JavaScript string cannot hold a large file
  for (let start = 0; start < bytes.length; start += 1 << 22) sink.push(bytes.subarray(start, start + (1 << 22)));
  sink.end();
  return { bytes: Buffer.concat(pieces), notes: settled.notes };
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
