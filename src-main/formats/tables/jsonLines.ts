/** Reads JSON Lines (NDJSON): a record a line, each a row. Through DuckDB. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Format } from '../format.ts';
import { readDuckTable } from './duckTable.ts';
import { plainName } from '../source.ts';

const settings = ["format = 'newline_delimited'", 'records = true', 'sample_size = -1', 'map_inference_threshold = -1'];

export const jsonLines: Format = {
  id: 'json-lines',
  title: 'JSON Lines table',
  extensions: ['.jsonl', '.ndjson'],
  help: 'A record with the same keys on each line: {"size": 1, "kind": "a"}.',
  match: ({ path, isDirectory }) => !isDirectory && /\.(?:jsonl|ndjson)$/i.test(plainName(path)),
  read: (path, options, room) =>
    readDuckTable({ path, format: 'json-lines', title: 'JSON Lines', reader: 'read_json', settings, explain: explainLines }, options, room),
};

/** The first line that is no record; null when all are. */
async function explainLines(path: string): Promise<string | null> {
  const input = createReadStream(path, 'utf8');
  let number = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      number++;
      if (line.trim() !== '' && !isRecord(line)) return `${path}, row ${number}: this line is no record in JSON, {"name": value, ...}. It may be cut off.`;
    }
  } finally {
    input.destroy();
  }
  return null;
}

function isRecord(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false; // which is the answer
  }
}
