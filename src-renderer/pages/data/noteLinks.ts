/** What a note or warning about data speaks of, so that a button beside it leads there. Notes are sentences; this reads the few forms that they have. Pure. */
import type { OptionName } from './readingFields.ts';

/** By how the sentences begin that name no option. */
const beginnings: readonly (readonly [RegExp, OptionName])[] = [
  [/^(?:No d|D)elimiter /, 'delimiter'],
  [/^Encoding /, 'encoding'],
  [/^Decimal /, 'decimal'],
  [/^(?:The first row is|The header is|Row \d+ holds units|Line \d+)/, 'header'],
  [/^Cells read as missing/, 'missing'],
  [/^(?:Read from it|Read is the sheet|Sheet )/, 'sheet'],
];

/** The reading option that a note is about; null when it is about none of those that are offered. */
export function optionOfNote(note: string, offered: readonly OptionName[]): OptionName | null {
  const named = /\boptions? ([a-z]+)/.exec(note)?.[1];
  const begun = beginnings.find(([start]) => start.test(note))?.[1];
  return offered.find((name) => name === named) ?? offered.find((name) => name === begun) ?? null;
}

/** The first column that a sentence names, the longest where several names begin alike; null when it names none of these. */
export function columnOfNote(note: string, columns: readonly string[]): string | null {
  const named = columns.flatMap((name) => {
    const places = ['olumn', 'olumns'].map((word) => note.indexOf(`${word} "${name}"`)).filter((at) => at >= 0);
    return places.length === 0 ? [] : [{ name, at: Math.min(...places) }];
  });
  return named.sort((a, b) => a.at - b.at || b.name.length - a.name.length)[0]?.name ?? null;
}

/** A sentence without the words that say on the command line what a button beside it does. */
export function withoutOrder(warning: string): string {
  return warning.replace(/ Split with duplicates=together[^.]*\./, '');
}

/** The row of the data, from 1, that a warning names; null when it names none. */
export function rowOfWarning(warning: string, rows: number): number | null {
  const row = Number(/\bin row (\d+)\b/.exec(warning)?.[1] ?? NaN);
  return row >= 1 && row <= rows ? row : null;
}
