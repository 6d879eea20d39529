/** The header of an ARFF file (Weka): what attributes it has. Also cuts ARFF's own way of quoting. */
import { LabError } from '../../contract/errors.ts';

export type ArffType =
  | { readonly kind: 'number' }
  | { readonly kind: 'text' }
  | { readonly kind: 'nominal'; readonly values: readonly string[] }
  | { readonly kind: 'relational'; readonly attributes: readonly ArffAttribute[] }; // a small table in every cell

export interface ArffAttribute {
  readonly name: string;
  readonly type: ArffType;
}

export interface ArffHeader {
  readonly attributes: readonly ArffAttribute[];
  readonly dataStart: number; // byte after the @data line
  readonly dataRow: number; // file line of the first row
}

/** Whether bytes may start an ARFF file. */
export function startsAsArff(head: Uint8Array): boolean {
  const lines = Buffer.from(head.buffer, head.byteOffset, head.length)
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .split(/\r\n|\n|\r/);
  return /^\s*@relation\b/i.test(lines.find((line) => line.trim() !== '' && !line.trimStart().startsWith('%')) ?? '');
}

/** @param text UTF-8 bytes of the whole file   @throws LabError with file and row */
export function readArffHeader(path: string, text: Buffer): ArffHeader {
  const attributes: ArffAttribute[] = [];
  let inner: { readonly name: string; readonly attributes: ArffAttribute[] } | null = null;
  let row = 0;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf(10, start);
    const end = newline < 0 ? text.length : newline;
    const line = text.toString('utf8', start, end).trim();
    start = end + 1;
    row++;
    if (line === '' || line.startsWith('%')) continue;
    const where = `${path}, row ${row}`;
    const [, tag = '', rest = ''] = /^@(\w+)\s*(.*)$/.exec(line) ?? [];
    switch (tag.toLowerCase()) {
      case 'relation':
        break;
      case 'attribute': {
        const { name, type } = readAttribute(where, rest);
        if (type === 'relational') inner = { name, attributes: [] };
        else (inner?.attributes ?? attributes).push({ name, type });
        break;
      }
      case 'end':
        if (inner === null) throw new LabError('bad-input', `${where}: @end without a relational attribute before it.`);
        attributes.push({ name: inner.name, type: { kind: 'relational', attributes: inner.attributes } });
        inner = null;
        break;
      case 'data':
        if (inner !== null) throw new LabError('bad-input', `${where}: the relational attribute "${inner.name}" has no @end.`);
        if (attributes.length === 0) throw new LabError('bad-input', `${where}: there is no @attribute line above @data.`);
        return { attributes, dataStart: start, dataRow: row + 1 };
      default:
        throw new LabError('bad-input', `${where}: expected @relation, @attribute or @data, found "${line.slice(0, 40)}".`);
    }
  }
  throw new LabError('bad-input', `${path} has no @data line.`);
}

function readAttribute(where: string, text: string): { readonly name: string; readonly type: Exclude<ArffType, { kind: 'relational' }> | 'relational' } {
  const [, quoted, bare] = /^(?:('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|([^\s{]+))/.exec(text) ?? [];
  const name = quoted === undefined ? bare : unquoted(quoted);
  const rest = text.slice((quoted ?? bare ?? '').length).trim();
  if (name === undefined) throw new LabError('bad-input', `${where}: an attribute needs a name and a type, for example: @attribute height numeric.`);
  if (rest.startsWith('{')) {
    const close = rest.lastIndexOf('}');
    if (close < 0) throw new LabError('bad-input', `${where}: the values of "${name}" start with { and never end with }.`);
    return { name, type: { kind: 'nominal', values: [...new Set(cutValues(rest.slice(1, close), ','))] } };
  }
  const word = /^[A-Za-z]+/.exec(rest)?.[0].toLowerCase() ?? '';
  switch (word) {
    case 'numeric':
    case 'real':
    case 'integer':
      return { name, type: { kind: 'number' } };
    case 'string':
    case 'date':
      return { name, type: { kind: 'text' } };
    case 'relational':
      return { name, type: 'relational' };
    default:
      throw new LabError(
        'bad-input',
        `${where}: "${rest.slice(0, 40)}" is no type of ARFF. Types are numeric, real, integer, string, date, relational and a list of values in braces.`,
      );
  }
}

/** Values between separators, without the blanks around them and their quotes.  @param separator a comma, or a blank for runs of blanks */
export function cutValues(line: string, separator: ',' | ' '): string[] {
  const values: string[] = [];
  const isEnd = (char: string): boolean => (separator === ',' ? char === ',' || char === '\t' : char === ' ' || char === '\t' || char === ',');
  let at = 0;
  for (;;) {
    while (line[at] === ' ' || line[at] === '\t') at++;
    const start = at;
    const quote = line[at];
    if (quote === "'" || quote === '"') {
      for (at++; at < line.length && line[at] !== quote; at++) if (line[at] === '\\') at++;
      at++;
      values.push(unquoted(line.slice(start, at)));
      while (at < line.length && !isEnd(line[at] ?? '')) at++;
    } else {
      while (at < line.length && !isEnd(line[at] ?? '')) at++;
      values.push(line.slice(start, at).trim());
    }
    while (separator === ' ' && (line[at] === ' ' || line[at] === '\t')) at++;
    if (at >= line.length) return values;
    if (separator === ',' || line[at] === ',') at++;
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** 'a\'b' without its quotes and backslashes. */
function unquoted(text: string): string {
  return text.slice(1, text.at(-1) === text[0] && text.length > 1 ? -1 : undefined).replace(/\\(.)/gs, (_, char: string) => escapes[char] ?? char);
}
