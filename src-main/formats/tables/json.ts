/** Reads JSON: a list of records, each a row. Through DuckDB. */
import { readFile } from 'node:fs/promises';
import { LabError } from '../../contract/errors.ts';
import type { Format } from '../format.ts';
import { readDuckTable } from './duckTable.ts';
import { jsonLines } from './jsonLines.ts';
import { plainName, readHead, statOf } from '../source.ts';

const mostExplained = 64 * 1024 * 1024;

export const json: Format = {
  id: 'json',
  title: 'JSON table',
  extensions: ['.json'],
  help: 'A list of records with the same keys: [{"size": 1, "kind": "a"}, ...].',
  match: ({ path, isDirectory }) => !isDirectory && /\.json$/i.test(plainName(path)),
  read: async (path, options, room) => {
    const { head } = await readHead(path);
    const start = Buffer.from(head)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trimStart();
    if (start.startsWith('{')) {
      if (/^\{[^\n]*\}[ \t]*\r?\n\s*\{/.test(start)) return { ...(await jsonLines.read(path, options, room)), format: 'json' };
      throw new LabError(
        'bad-input',
        `${path} holds one record, not a list of them. Save a list with one record a row: in Python with pandas.DataFrame.to_json(..., orient="records").`,
      );
    }
    if (!start.startsWith('[')) throw new LabError('bad-input', `${path} is no JSON: it does not begin with a list, "[".`);
    const settings = ["format = 'array'", 'records = true', 'sample_size = -1', 'map_inference_threshold = -1'];
    return readDuckTable({ path, format: 'json', title: 'JSON', reader: 'read_json', settings, explain: explainJson }, options, room);
  },
};

/** What is wrong with a JSON file, with its line; null when that is not to be found out. */
async function explainJson(path: string): Promise<string | null> {
  const { size } = await statOf(path);
  if (size > mostExplained) return null;
  try {
    const value: unknown = JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/, ''));
    if (Array.isArray(value) && value.length === 0) return `${path} holds no rows.`;
    const other = Array.isArray(value) ? value.findIndex((one) => typeof one !== 'object' || one === null || Array.isArray(one)) : -1;
    return other < 0 ? null : `${path}: value ${other + 1} of the list is no record. Each row is one: {"name": value, ...}.`;
  } catch (error) {
    const where = /line (\d+) column (\d+)/.exec(error instanceof Error ? error.message : '');
    return where === null ? null : `${path} is no valid JSON: line ${where[1] ?? ''}, letter ${where[2] ?? ''}.`;
  }
}
