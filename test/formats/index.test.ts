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
    const path = write('model.h5', 'x');
    const others = formats.slice(0, -1).map(({ title, extensions }) => `${title} (${extensions.join(', ')}); `);
    await expectRefusal(
      openSource(path),
      `${path} is of no known data format. There are: ${others.join('')}` +
        'CSV or TSV table (.csv, .tsv, .tab, .txt, .data, .csv.gz, .tsv.gz). Set the option format when the name misleads.',
    );
  });

  test('a told format is used whatever the name, and an unknown one is refused with the nearest', async () => {
    const path = write('table.h5', 'a,b\n1,2\n');
    expect((await openSource(path, { format: 'csv' })).rows).toBe(1);
    await expectRefusal(openSource(path, { format: 'csvv' }), 'Unknown data format "csvv". Did you mean csv?');
    const ids = formats.map(({ id }) => id).join(', ');
    await expectRefusal(openSource(path, { format: 'parquet' }), `Unknown data format "parquet". There are: ${ids}.`);
  });
});
