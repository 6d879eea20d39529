/** Whether the beginning of a file of unknown name reads as a table: lines of text with the same number of values in each, or records in JSON. */

const delimiters = [',', ';', '\t', '|', / +/];
const linesLooked = 50;

/** @param head the first bytes, the last line of them perhaps cut off */
export function looksLikeTable(head: Uint8Array): boolean {
  const text = decode(head);
  if (text === null || looksLikeJson(head) !== null) return false;
  const lines = text.split(/\r\n|\n|\r/);
  if (head.length >= 4096) lines.pop();
  const filled = lines.filter((line) => line.trim() !== '' && !line.startsWith('#')).slice(0, linesLooked);
  return filled.length > 1 && delimiters.some((delimiter) => hasOneWidth(filled, delimiter));
}

/** A list of records, or a record a line. */
export function looksLikeJson(head: Uint8Array): 'list' | 'lines' | null {
  const text = decode(head)?.trimStart() ?? '';
  if (/^\[\s*\{\s*"/.test(text)) return 'list';
  return /^\{\s*"[^\n]*\}\s*\n\s*\{/.test(text) ? 'lines' : null;
}

/** Every line has as many values as the first, and more than one. Between blanks only numbers count: prose has blanks too. */
function hasOneWidth(lines: readonly string[], delimiter: string | RegExp): boolean {
  const rows = lines.map((line) => withoutQuoted(line).trim().split(delimiter));
  const width = rows[0]?.length ?? 0;
  if (width < 2 || rows.some((row) => row.length !== width)) return false;
  return typeof delimiter === 'string' || rows.slice(1).every((row) => row.some((cell) => cell !== '' && Number.isFinite(Number(cell))));
}

function withoutQuoted(line: string): string {
  return line.replace(/"(?:[^"]|"")*"/g, 'q');
}

/** null for what is no text. */
function decode(head: Uint8Array): string | null {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (isUtf16) return new TextDecoder(head[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(head);
  const isBinary = head.some((byte) => byte < 9 || (byte > 13 && byte < 32));
  return isBinary ? null : Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1');
}
