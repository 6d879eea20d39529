/** Reads Apache Parquet files through DuckDB. */
import { openBytes } from '../archives/bytesAt.ts';
import type { Format } from '../format.ts';
import { readDuckTable } from './duckTable.ts';

export const parquet: Format = {
  id: 'parquet',
  title: 'Parquet table',
  extensions: ['.parquet', '.pq'],
  help: 'A Parquet file with one value in each cell: numbers, texts, truth values, dates.',
  startsAs: ({ head }) => Buffer.from(head.buffer, head.byteOffset, Math.min(4, head.length)).toString('latin1') === 'PAR1',
  match: ({ path, isDirectory }) => !isDirectory && /\.(?:parquet|pq)$/i.test(path),
  read: (path, options, room) =>
    readDuckTable({ path, format: 'parquet', title: 'Parquet', reader: 'read_parquet', settings: [], explain: explainParquet }, options, room),
};

/** What the end of the file says, where its description stands; null when that is as it should be. */
async function explainParquet(path: string): Promise<string | null> {
  const file = await openBytes(path);
  try {
    const mark = (await file.at(Math.max(0, file.size - 4), Math.min(4, file.size))).toString('latin1');
    if (mark === 'PARE') return `${path} is encrypted, and cannot be read. Save it without encryption.`;
    return mark === 'PAR1' ? null : `${path} does not end as a Parquet file does: it was probably cut off. Download or save it again.`;
  } finally {
    await file.close();
  }
}
