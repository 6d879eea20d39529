/** How a table was read: what the person said, and else what the reader found out and noted, so that a form can show both. */
import type { CallOutput } from '../../contract/calls.ts';
import type { DataPlan } from '../../contract/plan.ts';
import type { PreparedDataset } from '../../data/dataset.ts';
import { delimiterTitle } from '../../formats/csvDialect.ts';

type Reading = CallOutput<'data.inspect'>['reading'];

const delimiters = [',', ';', '\t', '|', ' ', ':'] as const;
const encodings: Readonly<Record<string, string>> = { 'UTF-16LE': 'utf-16le', 'UTF-16BE': 'utf-16be', 'Latin-1': 'latin1' };

/** All null for data that are no text table. */
export function readingFound({ format, notes }: Pick<PreparedDataset, 'format' | 'notes'>, told: DataPlan['options']): Reading {
  if (format !== 'csv') return { delimiter: null, encoding: null, decimal: null, header: null };
  const noted = (text: string): boolean => notes.some((note) => note.startsWith(text));
  const sniffed = delimiters.find((sign) => noted(`Delimiter ${delimiterTitle(sign)} `));
  const encoding = Object.keys(encodings).find((title) => noted(`Encoding ${title} `));
  return {
    delimiter: told.delimiter ?? sniffed ?? ',',
    encoding: told.encoding ?? encodings[encoding ?? ''] ?? 'utf-8',
    decimal: told.decimal ?? (noted('Decimal comma') ? ',' : '.'),
    header: told.header ?? !noted('The first row is data'),
  };
}
