import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formats, openSource } from '../../src-main/formats/index.ts';
import { expectRefusal, temporaryFolder } from './support.ts';

const { write } = temporaryFolder();

describe('formats', () => {
  test('every format has a name of its own and says what its files look like', () => {
    expect(new Set(formats.map(({ id }) => id)).size).toBe(formats.length);
    expect(formats.at(-1)?.id).toBe('csv'); // a table is what no other format recognises
    for (const { title, help, extensions } of formats) {
      expect(title.length).toBeGreaterThan(3);
      expect(help).toMatch(/\.$/);
      expect(extensions.length).toBeGreaterThan(0);
    }
  });

  test('every format has a file of tests named after it', () => {
    const fileOf = (id: string): string => `${id.replace(/-./g, (part) => part.slice(1).toUpperCase())}.test.ts`;
    for (const { id } of formats) expect(existsSync(join(import.meta.dirname, fileOf(id))), id).toBe(true);
  });

  test('a file of no known kind is refused with the kinds that there are', async () => {
    const path = write('answers.xyz', 'What is known');
    const others = formats.slice(0, -1).map(({ title, extensions }) => `${title} (${extensions.join(', ')}); `);
    await expectRefusal(
      openSource(path),
      `${path} is of no known data format. It looks like a text that begins "What is known". There are: ${others.join('')}` +
        'CSV or TSV table (.csv, .tsv, .tab, .txt, .data, .csv.gz, .tsv.gz). Set the option format when the name misleads.',
    );
  });

  test('a table is found by its content under a name that says nothing or something else', async () => {
    for (const name of ['table', 'table.names', 'export.xls', 'iris.test']) expect((await openSource(write(name, 'a,b\n1,2\n3,4\n'))).format, name).toBe('csv');
    for (const name of ['records', 'records.txt2']) {
      expect((await openSource(write(name, '{"a": 1, "b": "x"}\n{"a": 2, "b": "y"}\n'))).format, name).toBe('json-lines');
      expect((await openSource(write(name, '[{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]'))).format, name).toBe('json');
    }
    expect((await openSource(write('numbers.tra', '  0.5 1e3  7\n  1.5 2e3  8\n'))).rows).toBeGreaterThan(0);
    await expectRefusal(
      openSource(write('letter', 'Dear all, this is\na text, with commas, and\nnothing else')),
      expect.stringMatching(/is of no known data format/) as string, // matched as a text
    );
  });

  test('a told format is used whatever the name, and an unknown one is refused with the nearest', async () => {
    const path = write('table.h5', 'a,b\n1,2\n');
    expect((await openSource(path, { format: 'csv' })).rows).toBe(1);
    await expectRefusal(openSource(path, { format: 'csvv' }), 'Unknown data format "csvv". Did you mean csv?');
    const ids = formats.map(({ id }) => id).join(', ');
    await expectRefusal(openSource(path, { format: 'orc' }), `Unknown data format "orc". There are: ${ids}.`);
  });
});
