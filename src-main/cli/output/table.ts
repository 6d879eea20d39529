/** Plain-text tables and wrapped text. */

/** A text from data or a plan as a terminal may show it: controls and marks that turn the direction of writing, which could move the cursor, recolour
 *  or reorder the screen, are spelled out. */
export function harmless(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, spelledOut);
}

function spelledOut(character: string): string {
  return character === '\n' ? '\\n' : character === '\t' ? '\\t' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Columns padded to their widest cell, two spaces apart. Columns whose cells are all numbers (below the header) are set right. */
export function textTable(header: readonly string[], texts: readonly (readonly string[])[]): string {
  const rows = texts.map((row) => row.map(harmless));
  const widths = header.map((title, j) => Math.max(title.length, ...rows.map((row) => row[j]?.length ?? 0)));
  const isNumeric = header.map((_, j) => rows.length > 0 && rows.every((row) => /^[-+−±]?[\d.,]+( ± [\d.,]+)?( ?(%|ms|s))?$|^[-–]?$/.test(row[j] ?? '')));
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, j) => (isNumeric[j] === true ? (cells[j] ?? '').padStart(width) : (cells[j] ?? '').padEnd(width)))
      .join('  ')
      .trimEnd();
  return [header, ...rows].map(line).join('\n');
}

/** Breaks a text at spaces so that no line is longer than `width`, every line behind `indent`. */
export function wrapText(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .split(/\s+/)
    .filter((part) => part !== '')
    .map(harmless)) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(indent + line);
  return lines.join('\n');
}

/** "  name   text", the texts wrapped in their own column. */
export function definitionList(entries: readonly (readonly [name: string, text: string])[], width: number): string {
  const column = Math.min(34, Math.max(0, ...entries.map(([name]) => name.length)));
  return entries
    .map(([name, text]) => {
      const indent = ' '.repeat(column + 4);
      const wrapped = wrapText(text, width, indent);
      return name.length > column ? `  ${name}\n${wrapped}` : `  ${name.padEnd(column)}  ${wrapped.slice(indent.length)}`;
    })
    .join('\n');
}
