/** Reads CSV and TSV tables (RFC 4180 and what people make of it), of any size: the bytes are looked at a piece at a time, and the numbers of what is large go
 *  into a file. */
import { LabError } from '../../contract/errors.ts';
import { settleEncoding, utf8Into } from './csvEncoding.ts';
import { planTable } from './csvPlan.ts';
import type { TablePlan } from './csvPlan.ts';
import { TableReading } from './csvReading.ts';
import { TextSurvey } from './csvSurvey.ts';
import type { Format, RawDataset, ReadOptions } from '../format.ts';
import { mostInMemory as mostBytesInMemory } from '../numbers/numbers.ts';
import { plainName } from '../source.ts';
import { feedFromBytes, feedFromSource, fileSource } from './tableSource.ts';
import type { Feed } from './tableSource.ts';

export const csv: Format = {
  id: 'csv',
  title: 'CSV or TSV table',
  extensions: ['.csv', '.tsv', '.tab', '.txt', '.data', '.csv.gz', '.tsv.gz'],
  help: 'A text file with one row a line and a header line; delimiter, encoding, quoting and decimal mark are found out.',
  opens: ['gzip'],
  match: ({ path, isDirectory }) => !isDirectory && /\.(csv|tsv|tab|txt|data)$/i.test(plainName(path)),
  read: async (path, options, room) => feedFromSource(await fileSource(path), tableSteps(path, options, { folder: room.folder }), room),
};

/** Reads the bytes of a table. Columns in which every non-missing cell is a number become number columns, the others texts by code.
 *  @param path names the file in errors
 *  @param textNames columns that are text whatever they hold, in lower case: names of files keep their leading zeros
 *  @throws LabError with file and row */
export function readTable(path: string, bytes: Buffer, options: ReadOptions, textNames: readonly string[] = []): RawDataset {
  return feedFromBytes(bytes, tableSteps(path, options, { folder: null, textNames }));
}

export interface TableRoom {
  readonly folder: string | null; // for the numbers of a large table; null keeps all in memory
  readonly textNames?: readonly string[];
  readonly mostInMemory?: number; // bytes of numbers
}

/** The readings that a table needs, each of which asks for all bytes once: a survey, then the columns, then those that turned out to be none of numbers. */
export function* tableSteps(
  path: string,
  options: ReadOptions,
  { folder, textNames = [], mostInMemory = mostBytesInMemory }: TableRoom,
): Generator<Feed, RawDataset, void> {
  const survey = new TextSurvey();
  yield survey;
  if (survey.bytes === 0) throw new LabError('bad-input', `${path} is empty.`);
  const encoding = settleEncoding(path, survey, options.encoding);
  const pieces: Buffer[] = [];
  const head = utf8Into(path, encoding, { push: (piece) => pieces.push(piece), end: () => undefined });
  head.push(survey.head);
  if (survey.isWhole) head.end();
  const plan = planTable(path, Buffer.concat(pieces), survey.isWhole, options, textNames);
  const most = mostRows(survey, plan);
  const read = new TableReading(path, plan, options, most * plan.names.length * 8 > mostInMemory ? folder : null, most);
  try {
    while (!read.isDone) {
      const pass = read.nextPass();
      const sink = utf8Into(path, encoding, pass);
      yield {
        push: (bytes) => sink.push(bytes),
        end: () => sink.end(),
        get rows() {
          return pass.rows;
        },
      };
      read.take(pass);
    }
    const header = plan.layout.header === null ? false : plan.layout.header.line > 1 ? plan.layout.header.line : true;
    const found: ReadOptions = { delimiter: plan.dialect.delimiter, encoding: encoding.encoding, decimal: plan.decimal, header };
    const { columns, notes } = read.finish();
    return { format: 'csv', rows: read.rows, columns, notes: [...encoding.notes, ...plan.notes, ...notes], found };
  } finally {
    read.close();
  }
}

/** As many rows as there are lines: exact for a table without line ends inside of quotes and without empty lines. */
function mostRows(survey: TextSurvey, { dialect, layout }: TablePlan): number {
  const lines = dialect.newline === '\n' ? survey.lineFeeds : survey.carriageReturns;
  const isUnended = survey.lastByte !== dialect.newline.charCodeAt(0);
  return Math.max(1, lines + (isUnended ? 1 : 0) - (dialect.firstLine - 1) - layout.skip);
}
