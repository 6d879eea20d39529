/** `auxlab query`: read-only SQL over the store. No call carries SQL: a window has no use for it. */
import { defineCommand, jsonOption } from '../command.ts';
import { withLab } from '../context.ts';
import { textTable } from '../output/table.ts';

export const query = defineCommand({
  name: 'query',
  usage: '"SELECT ..." [--json]',
  help: 'Read the store with SQL; nothing can be changed. "SELECT name FROM sqlite_schema" lists tables and views.',
  positionals: [1, 1],
  options: jsonOption,
  examples: ['auxlab query "SELECT name FROM sqlite_schema"'],
  run: ({ positionals: [sql = ''], options }, context) =>
    withLab(context, async (lab) => {
      const { columns, rows, note } = lab.query(sql);
      if (options.json)
        context.terminal.print(
          JSON.stringify(
            { columns, rows },
            (_, value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : typeof value === 'bigint' ? value.toString() : value),
            2,
          ),
        );
      else
        context.terminal.print(
          textTable(
            columns,
            rows.map((row) => row.map(cellText)),
          ),
        );
      if (note !== undefined) context.terminal.remark(note);
      return 0;
    }),
});

function cellText(value: unknown): string {
  if (value instanceof Uint8Array) return `<${value.byteLength} bytes>`;
  // SQLite has texts, numbers, blobs and NULL.
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
}
