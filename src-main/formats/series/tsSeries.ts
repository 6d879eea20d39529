/** Decodes one .ts file of the UEA and UCR time series archives (format of sktime and tsml): header lines with @, then a series a line, dimensions separated
 *  by ':'. */
import { LabError } from '../../contract/errors.ts';
import type { RawColumn, RawDataset } from '../format.ts';

interface Header {
  readonly label: 'class' | 'target' | 'none';
  readonly classes: readonly string[]; // [] when the header lists none
  readonly dimensions: number | null;
  readonly dataStart: number; // byte after the @data line
  readonly dataRow: number; // file line of the first series
}

/** Whether bytes may start a .ts file; TypeScript files end in .ts too. */
export function startsAsTs(head: Uint8Array): boolean {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  const line = text.split(/\r?\n/).find((candidate) => candidate.trim() !== '' && !candidate.startsWith('#'));
  return line === undefined
    ? head.length > 0
    : /^@(problemname|timestamps|missing|univariate|dimensions?|equallength|serieslength|classlabel|targetlabel|data)\b/i.test(line.trim());
}

/** Reads all series into one ragged array [length, dimensions] a row, with a text column 'class' or a number column 'target'.
 *  @param path names the file in errors     @throws LabError with file and row */
export function decodeTs(path: string, bytes: Buffer): RawDataset {
  const header = readHeader(path, bytes);
  const series: Float32Array[] = [];
  const lengths: number[] = [];
  const labels: (string | null)[] = [];
  const repairs = { filled: 0, cut: 0 };
  let dimensions = header.dimensions;
  let row = header.dataRow - 1;
  for (const line of linesFrom(bytes, header.dataStart)) {
    row++;
    if (line === '' || line.startsWith('#')) continue;
    const where = `${path}, row ${row}`;
    const pieces = line.split(':');
    if (header.label !== 'none') labels.push(readLabel(where, pieces, header));
    dimensions ??= pieces.length;
    if (pieces.length !== dimensions)
      throw new LabError('bad-input', `${where}: ${counted(pieces.length, 'dimension')}, but ${counted(dimensions, 'dimension')} expected.`);
    const read = pieces.map((piece) => readNumbers(where, piece));
    const [{ length } = [], ...others] = read;
    const odd = others.findIndex((values) => values.length !== length);
    if (odd >= 0)
      throw new LabError(
        'bad-input',
        `${where}: dimension ${odd + 2} has ${others[odd]?.length ?? 0} steps, ` +
          `but dimension 1 has ${length ?? 0}. All dimensions of a row must be equally long.`,
      );
    const steps = usedSteps(read);
    if (steps === 0) throw new LabError('bad-input', `${where}: the series has no values.`);
    repairs.cut += (length ?? 0) - steps;
    repairs.filled += read.reduce((sum, values) => sum + fillGaps(values, steps), 0);
    lengths.push(steps);
    series.push(interleave(read, steps));
  }
  if (series.length === 0) throw new LabError('bad-input', `${path} has no series after @data.`);
  return assemble(header, series, lengths, labels, dimensions ?? 1, repairs);
}

function assemble(
  header: Header,
  series: readonly Float32Array[],
  lengths: readonly number[],
  labels: readonly (string | null)[],
  features: number,
  repairs: { readonly filled: number; readonly cut: number },
): RawDataset {
  const values = new Float32Array(series.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of series) {
    values.set(piece, at);
    at += piece.length;
  }
  const columns: RawColumn[] = [];
  if (header.label === 'class') columns.push({ name: 'class', kind: 'text', values: labels });
  if (header.label === 'target')
    columns.push({ name: 'target', kind: 'number', values: Float64Array.from(labels, (label) => (label === null ? NaN : Number(label))) });
  const shortest = lengths.reduce((a, b) => Math.min(a, b), Infinity);
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0);
  const notes = [`Series of ${counted(features, 'dimension')} and ${shortest === longest ? counted(longest, 'step') : `${shortest} to ${longest} steps`}.`];
  if (repairs.cut > 0) notes.push(`${repairs.cut} missing steps at the ends of series were cut off.`);
  if (repairs.filled > 0)
    notes.push(`${repairs.filled} missing values inside series were filled by linear interpolation (0 where a whole dimension is missing).`);
  return { format: 'ts', rows: series.length, columns, array: { kind: 'sequence', features, lengths: Int32Array.from(lengths), values }, notes };
}

function readHeader(path: string, bytes: Buffer): Header {
  let label: Header['label'] = 'none';
  let classes: string[] = [];
  let dimensions: number | null = null;
  let row = 0;
  let start = 0;
  while (start < bytes.length) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    const line = bytes
      .toString('utf8', start, end)
      .replace(/^\ufeff/, '')
      .trim();
    row++;
    start = end + 1;
    if (line === '' || line.startsWith('#')) continue;
    if (!line.startsWith('@'))
      throw new LabError('bad-input', `${path}, row ${row}: expected a header line such as @problemName or @data, found "${line.slice(0, 40)}".`);
    const [tag = '', ...words] = line.split(/\s+/);
    const isTrue = words[0]?.toLowerCase() === 'true';
    switch (tag.toLowerCase()) {
      case '@data':
        return { label, classes, dimensions, dataStart: start, dataRow: row + 1 };
      case '@timestamps':
        if (isTrue)
          throw new LabError('bad-input', `${path}, row ${row}: series with time stamps are not read. Save the values alone, with @timestamps false.`);
        break;
      case '@univariate':
        if (isTrue) dimensions = 1;
        break;
      case '@dimension':
      case '@dimensions':
        dimensions = Number(words[0]);
        if (!Number.isInteger(dimensions) || dimensions < 1)
          throw new LabError('bad-input', `${path}, row ${row}: ${tag} must be a whole number of at least 1, found "${words[0] ?? ''}".`);
        break;
      case '@classlabel':
        if (isTrue) label = 'class';
        classes = words.slice(1).flatMap((word) => word.split(',').filter((name) => name !== ''));
        break;
      case '@targetlabel':
        if (isTrue) label = 'target';
        break;
      default: // problem name, lengths and other remarks say nothing that the data does not
    }
  }
  throw new LabError('bad-input', `${path} has no @data line.`);
}

/** Takes the label off the end of a row. */
function readLabel(where: string, pieces: string[], { label, classes }: Header): string | null {
  const text = pieces.length > 1 ? (pieces.pop() ?? '').trim() : '';
  if (text === '') throw new LabError('bad-input', `${where}: no ${label === 'class' ? 'class' : 'target value'} after the last ":".`);
  if (text === '?') return null;
  if (label === 'class' && classes.length > 0 && !classes.includes(text))
    throw new LabError('bad-input', `${where}: the class "${text}" is not among those of @classLabel (${classes.join(', ')}).`);
  if (label === 'target' && !Number.isFinite(Number(text))) throw new LabError('bad-input', `${where}: the target value "${text}" is not a number.`);
  return text;
}

/** Missing values are NaN. */
function readNumbers(where: string, piece: string): Float64Array {
  const words = piece.split(',');
  return Float64Array.from(words, (word, i) => {
    const text = word.trim();
    if (text === '?' || text.toLowerCase() === 'nan' || (text === '' && words.length === 1)) return NaN;
    const value = text === '' ? NaN : Number(text);
    if (!Number.isFinite(value)) throw new LabError('bad-input', `${where}, step ${i + 1}: "${text}" is not a number.`);
    return value;
  });
}

/** Steps up to the last that has a value in any dimension: archives pad short series with missing values. */
function usedSteps(read: readonly Float64Array[]): number {
  let steps = read[0]?.length ?? 0;
  while (steps > 0 && read.every((values) => Number.isNaN(values[steps - 1] ?? NaN))) steps--;
  return steps;
}

/** Fills missing values on the line between their neighbours, at the ends with the nearest, and with 0 where there is none. @returns how many */
function fillGaps(values: Float64Array, steps: number): number {
  let filled = 0;
  let before = -1;
  for (let step = 0; step <= steps; step++) {
    if (step < steps && Number.isNaN(values[step] ?? NaN)) continue;
    const left = values[before];
    const right = step < steps ? values[step] : undefined;
    for (let gap = before + 1; gap < step; gap++) {
      filled++;
      const share = (gap - before) / (step - before);
      values[gap] = left !== undefined && right !== undefined ? left + (right - left) * share : (left ?? right ?? 0);
    }
    before = step;
  }
  return filled;
}

/** [dimensions][steps] to [steps, dimensions] */
function interleave(read: readonly Float64Array[], steps: number): Float32Array {
  const out = new Float32Array(steps * read.length);
  read.forEach((values, dimension) => {
    for (let step = 0; step < steps; step++) out[step * read.length + dimension] = values[step] ?? 0;
  });
  return out;
}

/** Trimmed lines; a large file fits no single string. */
function* linesFrom(bytes: Buffer, first: number): Generator<string> {
  for (let start = first; start < bytes.length;) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    yield bytes.toString('utf8', start, end).trim();
    start = end + 1;
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
