/** A table of 300,000 rows and 21 columns, as CSV and as Parquet, against pandas and polars. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { formats } from '../../../src-main/formats/index.ts';
import { writeTable } from '../../support/made/table.ts';
import { megabytes, scaled, type Part, type PartOrder } from './part.ts';
import { claimLine, figureLines, race, secondsOf, type Measured } from './race.ts';
import { looks, lookTurn, peerTurns, readingTurn, startName, startTurn } from './turns.ts';

const libraries = ['pandas', 'polars'] as const;

export const tables: Part = async (order) => {
  const rows = scaled(300_000, order.scale);
  const [csv, parquet, small] = ['table.csv', 'table.parquet', 'three.csv'].map((name) => join(order.scratch, name)) as [string, string, string]; // three names
  writeTable(csv, { rows, numbers: 19, decimals: 4 });
  writeTable(small, { rows: 3, numbers: 2, decimals: 1 });
  const asCsv = await one(order, 'csv', csv, small, rows);
  if (!formats.some(({ extensions }) => extensions.includes('.parquet'))) {
    order.say('\nParquet: left out, no reader has it.');
    return { csv: asCsv };
  }
  await writeParquet(csv, parquet);
  return { csv: asCsv, parquet: await one(order, 'parquet', parquet, small, rows) };
};

async function one({ scratch, rounds, peers, say }: PartOrder, what: string, path: string, small: string, rows: number): Promise<Measured[]> {
  const others = libraries.flatMap((library) => peerTurns(peers, library, `${library}, read and describe`, ['table', library, path]));
  const figures = await race([lookTurn(scratch, path, small), startTurn(scratch, small), readingTurn(scratch, path), ...others], rounds);
  say(`\nA table of ${rows} rows and 21 columns, ${what}, ${megabytes(statSync(path).size)}`);
  for (const line of figureLines(figures, `pandas, read and describe`)) say(line);
  const [first, second, start] = [looks.first, looks.second, startName].map((name) => secondsOf(figures, name)) as [number, number, number]; // three names
  const pandas = secondsOf(figures, 'pandas, read and describe');
  const claims = [
    ...claimLine('the first look, against three times pandas and half a second', first, 3 * pandas + 0.5),
    ...claimLine('the first look in a used data directory, against the same', secondsOf(figures, looks.used), 3 * pandas + 0.5),
    ...claimLine('the second look beside the start', second - start, 0.3),
    ...claimLine('the second look beside the start, against pandas at its work', second - start, pandas),
    ...claimLine('the second look, against the whole process of pandas', second, secondsOf(figures, 'pandas, read and describe, whole process')),
  ];
  for (const line of claims) say(line);
  return figures;
}

async function writeParquet(csv: string, parquet: string): Promise<void> {
  const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`;
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', autoinstall_known_extensions: 'false' });
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT * FROM read_csv(${quoted(csv)})) TO ${quoted(parquet)} (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}
