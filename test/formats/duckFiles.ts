/** Files that DuckDB writes for the tests of the formats that it reads. */
import { DuckDBInstance } from '@duckdb/node-api';

/** Writes what a query gives.  @param options of COPY: 'format parquet' */
export async function writeQuery(path: string, query: string, options: string): Promise<string> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`copy (${query}) to '${path.replaceAll("'", "''")}' (${options})`);
  connection.closeSync();
  instance.closeSync();
  return path;
}
