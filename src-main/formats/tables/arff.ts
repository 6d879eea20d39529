/** Reads ARFF tables (Weka, OpenML), dense and sparse, and the time series that UEA and UCR publish as ARFF. */
import { LabError } from '../../contract/errors.ts';
import { readArffHeader, startsAsArff } from './arffHeader.ts';
import type { ArffAttribute, ArffHeader } from './arffHeader.ts';
import { ArffColumn, rowValues } from './arffRows.ts';
import { uniqueNames } from '../columnNames.ts';
import { decodeText } from './csvEncoding.ts';
import type { Format, RawColumn, RawDataset, ReadOptions } from '../format.ts';
import type { ReadRoom } from '../readRoom.ts';
import { plainName, readBytes } from '../source.ts';
import { decodeTs } from '../series/tsSeries.ts';

export const arff: Format = {
  id: 'arff',
  title: 'ARFF table or series',
  extensions: ['.arff', '.arff.gz'],
  help: 'A text file with @relation, @attribute lines and @data; attributes att1, att2 ... beside a class are the steps of a series.',
  opens: ['gzip'],
  startsAs: ({ head, isDirectory }) => !isDirectory && startsAsArff(head),
  match: ({ path, isDirectory }) => !isDirectory && /\.arff$/i.test(plainName(path)),
  read: async (path, options, room) => readArff(path, await readBytes(path), options, room),
};

/** @param path names the file in errors     @throws LabError with file and row */
export function readArff(path: string, bytes: Buffer, options: ReadOptions, room: ReadRoom): RawDataset {
  const { bytes: text, notes } = decodeText(path, withNewlines(bytes), options.encoding);
  const header = readArffHeader(path, text);
  const { attributes } = header;
  const series = seriesOf(attributes);
  const missing = new Set(['?', '', ...(options.missing ?? [])]);
  const columns = attributes.map((attribute) => new ArffColumn(attribute, missing));
  for (const place of series?.places ?? []) columns[place]?.skip();
  const lines: string[] = []; // of the series, one a row of the file
  let rows = 0;
  for (const { where, row, line } of dataLines(path, text, header)) {
    const values = rowValues(where, line, attributes);
    columns.forEach((column, at) => column.add(where, values[at] ?? '?'));
    if (series !== null) {
      while (lines.length < row - header.dataRow) lines.push('#');
      lines.push(series.lineOf(values));
    }
    rows++;
    if (rows % 10_000 === 0) {
      room.signal?.throwIfAborted();
      room.onProgress({ rows });
    }
  }
  if (rows === 0) throw new LabError('bad-input', `${path} has attributes but no rows after @data.`);
  const kept = columns.filter(({ isKept }) => isKept);
  const unique = uniqueNames(kept.map(({ name }) => name));
  const finished = kept.map((column, at): RawColumn => column.finish(unique.names[at] ?? column.name));
  const data: RawDataset = { format: 'arff', rows, columns: finished, notes: [...notes, ...unique.notes, ...unreadNotes(attributes, series)] };
  if (series === null) return data;
  const { array, notes: seriesNotes } = decodeTs(path, asTs(header.dataRow, lines));
  return { ...data, ...(array !== undefined && { array }), notes: [...data.notes, series.note, ...seriesNotes] };
}

function unreadNotes(attributes: readonly ArffAttribute[], series: Series | null): string[] {
  const unread = attributes.filter(({ type }, at) => type.kind === 'relational' && series?.places.includes(at) !== true);
  return unread.map(({ name }) => `Attribute "${name}" holds tables and is not used.`);
}

/** Old Mac line ends as new ones: the bytes are one each. */
function withNewlines(bytes: Buffer): Buffer {
  if (bytes.includes(10) || !bytes.includes(13)) return bytes;
  return Buffer.from(bytes.map((byte) => (byte === 13 ? 10 : byte)));
}

function* dataLines(path: string, text: Buffer, { dataStart, dataRow }: ArffHeader): Generator<{ where: string; row: number; line: string }> {
  let row = dataRow - 1;
  for (let start = dataStart; start < text.length;) {
    const newline = text.indexOf(10, start);
    const end = newline < 0 ? text.length : newline;
    const line = text.toString('utf8', start, end).trim();
    start = end + 1;
    row++;
    if (line !== '' && !line.startsWith('%')) yield { where: `${path}, row ${row}`, row, line };
  }
}

interface Series {
  readonly places: readonly number[]; // of the attributes that hold it
  readonly note: string;
  lineOf(values: readonly string[]): string; // as in a .ts file: steps between commas, dimensions between colons
}

const stepName = /^(?:att|attribute|t|time|timepoint|timestep|step)[ _-]?(\d+)$/i;
const fewestSteps = 5;
const mostLabels = 2;

/** Whether the attributes are those of a time series: one that is a table of numbers, or numbered steps beside a label. null for a table */
function seriesOf(attributes: readonly ArffAttribute[]): Series | null {
  const relational = attributes.findIndex(({ type }) => type.kind === 'relational');
  if (relational >= 0) return relationalSeries(attributes, relational);
  const places = attributes.flatMap(({ name, type }, at) => (type.kind === 'number' && stepName.test(name) ? [at] : []));
  if (places.length < fewestSteps || attributes.length - places.length > mostLabels || !areSteps(places.map((at) => attributes[at]?.name ?? ''))) return null;
  const [first, last] = [attributes[places[0] ?? 0]?.name ?? '', attributes[places.at(-1) ?? 0]?.name ?? ''];
  return {
    places,
    note: `The attributes ${first} to ${last} are read as the steps of a series.`,
    lineOf: (values) => places.map((at) => values[at] ?? '?').join(','),
  };
}

/** UEA writes a dimension a line, the steps being the inner attributes; in other files a line is a step. */
function relationalSeries(attributes: readonly ArffAttribute[], at: number): Series | null {
  const { name, type } = attributes[at] ?? {};
  if (type?.kind !== 'relational' || type.attributes.some((inner) => inner.type.kind !== 'number')) return null;
  const isByDimension = areSteps(type.attributes.map((inner) => inner.name)) && type.attributes.every((inner) => stepName.test(inner.name));
  const what = isByDimension ? 'its lines are the dimensions' : 'its lines are the steps';
  return {
    places: [at],
    note: `The relational attribute "${name ?? ''}" is read as a series: ${what}.`,
    lineOf: (values) => {
      const lines = (values[at] ?? '').split(/\r?\n|\\n/).filter((line) => line.trim() !== '');
      if (isByDimension) return lines.join(':');
      const cells = lines.map((line) => line.split(','));
      return type.attributes.map((_, feature) => cells.map((row) => (row[feature] ?? '?').trim()).join(',')).join(':');
    },
  };
}

/** Numbers at the ends of the names go up by one. */
function areSteps(names: readonly string[]): boolean {
  const numbers = names.map((name) => Number(/\d+$/.exec(name)?.[0] ?? NaN));
  return numbers.every((number, at) => number === (numbers[0] ?? 0) + at);
}

/** A .ts file without labels whose rows stand where they stand in the ARFF file, so that what is refused names the right one. */
function asTs(dataRow: number, lines: readonly string[]): Buffer {
  const header = ['@problemname series', ...new Array<string>(Math.max(0, dataRow - 3)).fill('#'), '@data'];
  return Buffer.from([...header, ...lines].join('\n'));
}
